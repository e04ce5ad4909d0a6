package config

import (
	"strings"
	"testing"
)

// TestLoginNames: whatever decides over a login changes its name, and nothing
// else does; a secret is neither in it nor decides.
func TestLoginNames(t *testing.T) {
	base := map[string]string{
		"OS_AUTH_URL": "https://keystone.example.com/v3", "OS_USERNAME": "anna", "OS_PASSWORD": "first",
		"OS_PROJECT_NAME": "platform", "OS_USER_DOMAIN_NAME": "Corp", "OS_PROJECT_DOMAIN_NAME": "Corp",
	}
	name := func(changes ...string) string {
		t.Helper()
		env := map[string]string{}
		for k, v := range base {
			env[k] = v
		}
		for i := 0; i+1 < len(changes); i += 2 {
			env[changes[i]] = changes[i+1]
		}
		c, err := Load(place{env: env}.sources(t))
		if err != nil {
			t.Fatal(err)
		}
		n := c.LoginName()
		if len(n) != 32 || strings.Trim(n, "0123456789abcdef") != "" {
			t.Errorf("the name is %q", n)
		}
		return n
	}
	first := name()
	if name() != first {
		t.Error("the name changes by itself")
	}
	for _, changes := range [][]string{
		{"OS_PASSWORD", "second"}, {"OS_PASSCODE", "123456"}, {"OS_AUTH_TYPE", "password"}, {"OS_AUTH_TYPE", "v3password"},
	} {
		if name(changes...) != first {
			t.Errorf("%q make another login", changes)
		}
	}
	names := map[string][]string{first: nil}
	for _, changes := range [][]string{
		{"OS_AUTH_URL", "https://keystone.example.org/v3"}, {"OS_USERNAME", "bert"}, {"OS_USER_DOMAIN_NAME", "Other"},
		{"OS_PROJECT_NAME", "other"}, {"OS_PROJECT_DOMAIN_NAME", "Other"}, {"OS_PROJECT_NAME", "", "OS_PROJECT_ID", "p1"},
		{"OS_PROJECT_NAME", "", "OS_PROJECT_DOMAIN_NAME", "", "OS_DOMAIN_NAME", "Corp"}, {"OS_PROJECT_NAME", "", "OS_SYSTEM_SCOPE", "all"},
		{"OS_REGION_NAME", "One"}, {"OS_REGION_NAME", "Two"}, {"OS_INTERFACE", "internal"}, {"OS_IMAGE_ENDPOINT_OVERRIDE", "https://image.example.com"},
		{"OS_INSECURE", "true"}, {"OS_CACERT", "/ca.pem"}, {"OS_TRUST_ID", "t1", "OS_PROJECT_NAME", ""},
		{"OS_APPLICATION_CREDENTIAL_ID", "ac1", "OS_APPLICATION_CREDENTIAL_SECRET", "s", "OS_AUTH_TYPE", "v3applicationcredential"},
		{"OS_APPLICATION_CREDENTIAL_ID", "ac2", "OS_APPLICATION_CREDENTIAL_SECRET", "s", "OS_AUTH_TYPE", "v3applicationcredential"},
	} {
		n := name(changes...)
		if other, known := names[n]; known {
			t.Errorf("%q and %q make the same login", changes, other)
		}
		names[n] = changes
	}
}
