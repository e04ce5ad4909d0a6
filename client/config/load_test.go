package config

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// place is a configuration made for a test: files by name, and variables.
type place struct {
	files map[string]string
	env   map[string]string
	cloud string
	flags map[string]string
}

func (p place) sources(t *testing.T) Sources {
	t.Helper()
	dir := t.TempDir()
	for name, text := range p.files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Sources{
		Cloud: p.cloud, Flags: p.flags,
		Getenv: func(name string) string { return strings.ReplaceAll(p.env[name], "DIR", dir) },
		Dirs:   []string{filepath.Join(dir, "cwd"), filepath.Join(dir, "home"), filepath.Join(dir, "etc")},
	}
}

const twoClouds = `
defaults: &defaults
  region_name: RegionOne
  interface: internal
clouds:
  prod-eu:
    <<: *defaults
    auth:
      auth_url: https://keystone.example.com/v3
      username: anna
      password: 00123
      project_name: platform
      user_domain_name: Corp
      project_domain_name: Corp
  robot:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://keystone.example.com/v3
      application_credential_id: ac1
      application_credential_secret: robotsecret
    verify: no
`

func TestLoad(t *testing.T) {
	home := map[string]string{"home/clouds.yaml": twoClouds}
	tests := []struct {
		name string
		place
		want map[string]string // settings, and Region, Interface, Endpoint, AuthType, From, Name
	}{
		{"a cloud by its flag", place{files: home, cloud: "prod-eu"}, map[string]string{
			"Name": "prod-eu", "AuthType": "password", "auth_url": "https://keystone.example.com/v3", "username": "anna",
			"password": "00123", "project_name": "platform", "user_domain_name": "Corp", "Region": "RegionOne", "Interface": "internal",
		}},
		{"a cloud by OS_CLOUD", place{files: home, env: map[string]string{"OS_CLOUD": "robot"}}, map[string]string{
			"Name": "robot", "AuthType": "v3applicationcredential", "application_credential_id": "ac1", "Interface": "public", "Insecure": "true",
		}},
		{"the flag wins over OS_CLOUD", place{files: home, cloud: "prod-eu", env: map[string]string{"OS_CLOUD": "robot"}}, map[string]string{"Name": "prod-eu"}},
		{"the only cloud needs no name", place{files: map[string]string{"etc/clouds.yml": "clouds: {a: {auth: {auth_url: http://h/, token: t}}}"}}, map[string]string{
			"Name": "a", "AuthType": "token",
		}},
		{"the working directory comes first", place{files: map[string]string{
			"cwd/clouds.json": `{"clouds": {"a": {"auth": {"auth_url": "http://cwd/", "token": "t"}}}}`,
			"etc/clouds.yaml": "clouds: {a: {auth: {auth_url: http://etc/, token: t}}}",
		}, cloud: "a"}, map[string]string{"auth_url": "http://cwd/"}},
		{"OS_CLIENT_CONFIG_FILE comes before all", place{files: map[string]string{
			"cwd/clouds.yaml": "clouds: {a: {auth: {auth_url: http://cwd/, token: t}}}",
			"mine.yaml":       "clouds: {a: {auth: {auth_url: http://mine/, token: t}}}",
		}, cloud: "a", env: map[string]string{"OS_CLIENT_CONFIG_FILE": "DIR/mine.yaml"}}, map[string]string{"auth_url": "http://mine/"}},
		{"secure.yaml beside it adds the password", place{files: map[string]string{
			"home/clouds.yaml": "clouds: {a: {auth: {auth_url: http://h/, username: u}}}",
			"home/secure.yaml": "clouds: {a: {auth: {password: fromsecure}}, b: {auth: {password: other}}}",
			"etc/secure.yaml":  "clouds: {a: {auth: {password: fromlater}}}",
		}, cloud: "a"}, map[string]string{"password": "fromsecure", "username": "u"}},
		{"secure.yaml wins over clouds.yaml", place{files: map[string]string{
			"home/clouds.yaml": "clouds: {a: {auth: {auth_url: http://h/, username: u, password: old}}}",
			"etc/secure.yaml":  "clouds: {a: {auth: {password: new}}}",
		}, cloud: "a"}, map[string]string{"password": "new"}},
		{"a profile of clouds-public.yaml", place{files: map[string]string{
			"home/clouds.yaml":       "clouds: {a: {profile: vendor, auth: {username: u, password: p}, interface: public}}",
			"etc/clouds-public.yaml": "public-clouds: {vendor: {auth: {auth_url: 'https://iam.{region_name}.example.com/v3'}, interface: admin, region_name: eu-1}}",
		}, cloud: "a"}, map[string]string{"auth_url": "https://iam.eu-1.example.com/v3", "Interface": "public", "Region": "eu-1"}},
		{"the older spelling of profile", place{files: map[string]string{
			"home/clouds.yaml":        "clouds: {a: {cloud: vendor, auth: {username: u, password: p}}}",
			"home/clouds-public.yaml": "public-clouds: {vendor: {auth: {auth_url: 'http://v/'}, regions: [r1, {name: r2, values: {interface: admin}}]}}",
		}, cloud: "a", flags: map[string]string{"region_name": "r2"}}, map[string]string{"auth_url": "http://v/", "Interface": "admin", "Region": "r2"}},
		{"an unknown profile does not hurt a complete cloud", place{files: map[string]string{
			"home/clouds.yaml": "clouds: {a: {profile: nobody, auth: {auth_url: http://h/, username: u, password: p}}}",
		}, cloud: "a"}, map[string]string{"auth_url": "http://h/"}},
		{"the first of several regions, with its values", place{files: map[string]string{
			"home/clouds.yaml": "clouds: {a: {auth: {auth_url: http://h/, username: u, password: p}, regions: [{name: r1, values: {auth: {project_name: one}}}, r2]}}",
		}, cloud: "a"}, map[string]string{"Region": "r1", "project_name": "one"}},
		{"an own region among several", place{files: map[string]string{
			"home/clouds.yaml": "clouds: {a: {auth: {auth_url: http://h/, username: u, password: p}, region_name: r2, regions: [r1, {name: r2, values: {interface: adminURL}}]}}",
		}, cloud: "a"}, map[string]string{"Region": "r2", "Interface": "admin"}},
		{"flags win", place{files: home, cloud: "prod-eu", flags: map[string]string{
			"os-project-id": "p9", "--os-region-name": "RegionTwo", "interface": "adminURL", "os-username": "bert",
		}}, map[string]string{"project_id": "p9", "project_name": "", "Region": "RegionTwo", "Interface": "admin", "username": "bert", "password": "00123"}},
		{"a token on the command line beats the file's password", place{files: home, cloud: "prod-eu", flags: map[string]string{"token": "tok"}},
			map[string]string{"AuthType": "token", "token": "tok", "password": "", "username": "", "project_name": "platform"}},
		{"variables choose region, interface and authority", place{files: home, cloud: "prod-eu", env: map[string]string{
			"OS_REGION_NAME": "R3", "OS_INTERFACE": "publicURL", "OS_CACERT": "/ca.pem",
		}}, map[string]string{"Region": "R3", "Interface": "public", "cacert": "/ca.pem"}},
		{"variables fill in the password", place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {auth: {auth_url: http://h/, username: u}}}"},
			cloud: "a", env: map[string]string{"OS_PASSWORD": "fromenv"}}, map[string]string{"password": "fromenv", "username": "u"}},
		{"another openrc stays without effect", place{files: home, cloud: "prod-eu", env: map[string]string{
			"OS_AUTH_URL": "http://evil/", "OS_USERNAME": "mallory", "OS_PASSWORD": "x", "OS_PROJECT_ID": "px", "OS_TOKEN": "tx", "OS_AUTH_TYPE": "token",
			"OS_USER_DOMAIN_ID": "dx", "OS_ENDPOINT": "http://evil/", "OS_IMAGE_ENDPOINT_OVERRIDE": "http://evil/", "OS_APPLICATION_CREDENTIAL_ID": "acx",
		}}, map[string]string{
			"AuthType": "password", "auth_url": "https://keystone.example.com/v3", "username": "anna", "password": "00123", "project_name": "platform",
			"project_id": "", "token": "", "user_domain_id": "", "user_domain_name": "Corp", "Endpoint": "", "application_credential_id": "",
		}},
		{"a flag for a token takes it from a variable", place{files: home, cloud: "prod-eu", flags: map[string]string{"auth_type": "token"}, env: map[string]string{"OS_TOKEN": "tok"}},
			map[string]string{"AuthType": "token", "token": "tok", "password": "", "username": "", "project_name": "platform"}},
		{"a variable for a token takes it from a variable", place{files: home, cloud: "robot", env: map[string]string{"OS_AUTH_TYPE": "token", "OS_TOKEN": "tok"}},
			map[string]string{"AuthType": "token", "token": "tok", "application_credential_id": ""}},
		{"a token over a way that is not spoken here", place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {auth_type: v3websso, identity_provider: x, auth: {auth_url: http://h/, project_id: p}}}"},
			cloud: "a", flags: map[string]string{"auth_type": "v3token"}, env: map[string]string{"OS_TOKEN": "tok", "OS_USERNAME": "u"}},
			map[string]string{"AuthType": "token", "token": "tok", "project_id": "p"}},
		{"a flag for a password takes user and password from variables", place{files: home, cloud: "robot", flags: map[string]string{"auth_type": "password"}, env: map[string]string{"OS_USERNAME": "u", "OS_PASSWORD": "p"}},
			map[string]string{"AuthType": "password", "username": "u", "password": "p", "application_credential_secret": ""}},
		{"a flag for a credential takes its secret from a variable", place{files: home, cloud: "prod-eu", flags: map[string]string{"application_credential_id": "ac9", "auth_type": "v3applicationcredential"}, env: map[string]string{"OS_APPLICATION_CREDENTIAL_SECRET": "s9"}},
			map[string]string{"AuthType": "v3applicationcredential", "application_credential_id": "ac9", "application_credential_secret": "s9", "password": ""}},
		{"a flag for a credential is enough", place{files: home, cloud: "prod-eu", flags: map[string]string{"application_credential_id": "ac9"}, env: map[string]string{"OS_APPLICATION_CREDENTIAL_SECRET": "s9"}},
			map[string]string{"AuthType": "v3applicationcredential", "application_credential_id": "ac9", "application_credential_secret": "s9", "password": ""}},
		{"a flag for a one-time code takes it from a variable", place{files: home, cloud: "prod-eu", flags: map[string]string{"auth_type": "v3totp"}, env: map[string]string{"OS_PASSCODE": "123456"}},
			map[string]string{"AuthType": "password", "passcode": "123456", "password": "", "username": "anna"}},
		{"the null device is an empty file", place{files: home, env: map[string]string{"OS_CLIENT_CONFIG_FILE": os.DevNull, "OS_AUTH_URL": "http://h", "OS_USERNAME": "u", "OS_PASSWORD": "p"}},
			map[string]string{"username": "u"}},
		{"a flag for the other way finds the file's secret again", place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {auth_type: token, auth: {auth_url: http://h/, token: filetoken}}}"},
			cloud: "a", flags: map[string]string{"auth_type": "admin_token", "endpoint": "http://i/"}}, map[string]string{"AuthType": "admin_token", "token": "filetoken"}},
		{"another user by a flag, with the variable's password", place{files: home, cloud: "prod-eu", flags: map[string]string{"username": "bert"}, env: map[string]string{"OS_PASSWORD": "berts"}},
			map[string]string{"username": "bert", "password": "berts"}},
		{"another user by a flag, with the password of a third", place{files: home, cloud: "prod-eu", flags: map[string]string{"username": "bert"}, env: map[string]string{"OS_USERNAME": "mallory", "OS_PASSWORD": "x"}},
			map[string]string{"username": "bert", "password": "00123"}},
		{"variables from Windows that have no effect", place{files: home, cloud: "prod-eu", env: map[string]string{"OS_USERNAME": "mallory\r", "OS_PASSWORD": "x\r"}},
			map[string]string{"username": "anna"}},
		{"another cloud's OS_AUTH_TYPE stays without effect", place{files: home, cloud: "prod-eu", env: map[string]string{"OS_AUTH_URL": "http://evil/", "OS_AUTH_TYPE": "token", "OS_TOKEN": "tx"}},
			map[string]string{"AuthType": "password", "token": ""}},
		{"a profile that openstacksdk ships", place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {profile: ovh, region_name: GRA, auth: {username: u, password: p}}}"}, cloud: "a"},
			map[string]string{"auth_url": "https://auth.cloud.ovh.net/", "user_domain_name": "Default", "Region": "GRA"}},
		{"a profile that openstacksdk fetches, in a complete cloud", place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {profile: vexxhost, auth: {auth_url: http://h/, username: u, password: p}}}"}, cloud: "a"},
			map[string]string{"auth_url": "http://h/"}},
		{"all from an openrc", place{files: home, env: map[string]string{
			"OS_AUTH_URL": "http://k:5000/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_TENANT_NAME": "t", "OS_DEFAULT_DOMAIN": "dd", "OS_ENDPOINT_TYPE": "internalURL",
		}}, map[string]string{
			"Name": "", "From": "the OS_* variables", "project_name": "t", "user_domain_id": "dd", "project_domain_id": "dd", "Interface": "internal",
		}},
		{"one domain for both", place{env: map[string]string{
			"OS_AUTH_URL": "http://k:5000/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_PROJECT_NAME": "t", "OS_DOMAIN_NAME": "D",
		}}, map[string]string{"user_domain_name": "D", "project_domain_name": "D", "domain_name": ""}},
		{"no-auth by variables", place{files: home, env: map[string]string{"OS_AUTH_TYPE": "none", "OS_ENDPOINT": "http://127.0.0.1:9292/", "OS_USERNAME": "u"}},
			map[string]string{"AuthType": "none", "Endpoint": "http://127.0.0.1:9292/", "Name": ""}},
		{"no-auth in clouds.yaml", place{files: map[string]string{"etc/clouds.yaml": "clouds: {s: {auth_type: none, auth: {endpoint: http://h:9292}}}"}},
			map[string]string{"AuthType": "none", "Endpoint": "http://h:9292", "Name": "s"}},
		{"an override is enough for no-auth", place{files: map[string]string{"etc/clouds.yaml": "clouds: {s: {auth_type: None, image_endpoint_override: http://h/image/v2}}"}},
			map[string]string{"AuthType": "none", "Endpoint": "http://h/image/v2"}},
		{"a plain endpoint means no-auth", place{flags: map[string]string{"os-endpoint": "http://h:1"}}, map[string]string{"AuthType": "none", "From": "the command line"}},
		{"token and endpoint without a token service", place{env: map[string]string{"OS_TOKEN": "t", "OS_URL": "http://h:1"}}, map[string]string{"AuthType": "admin_token", "token": "t"}},
		{"older names at the top level", place{files: map[string]string{"etc/clouds.yaml": `
clouds:
  old:
    auth_plugin: password
    auth_url: http://h/v2.0
    username: u
    password: 'p'
    tenant-name: t
    endpoint_type: internalURL
    insecure: "True"
`}}, map[string]string{"project_name": "t", "Interface": "internal", "Insecure": "true", "auth_url": "http://h/v2.0"}},
		{"id and name together: the id counts", place{env: map[string]string{
			"OS_AUTH_URL": "http://k/", "OS_USER_ID": "uid", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_PROJECT_ID": "pid", "OS_PROJECT_NAME": "t", "OS_PROJECT_DOMAIN_ID": "default",
		}}, map[string]string{"user_id": "uid", "username": "", "project_id": "pid", "project_name": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Load(tt.place.sources(t))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{"Name": c.Name, "From": c.From, "AuthType": string(c.AuthType), "Region": c.Region, "Interface": c.Interface, "Endpoint": c.Endpoint}
			if c.Insecure {
				got["Insecure"] = "true"
			}
			for key, want := range tt.want {
				have, special := got[key]
				if !special {
					have = c.get(key)
				}
				if have != want {
					t.Errorf("%s is %q, want %q", key, have, want)
				}
			}
			if c.AuthType != None && c.AuthType != TokenEndpoint && c.get("cacert") == "" {
				if _, err := c.Options(); err != nil {
					t.Errorf("gophercloud does not take it: %v", err)
				}
			}
		})
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	home := map[string]string{"home/clouds.yaml": twoClouds}
	one := func(text string) map[string]string { return map[string]string{"home/clouds.yaml": text} }
	tests := []struct {
		name string
		place
		means, advice string // parts of the texts
	}{
		{"unknown cloud", place{files: home, cloud: "prod"}, `Unknown cloud "prod"`, "prod-eu, robot"},
		{"no file at all", place{cloud: "prod"}, `no clouds.yaml`, "clouds.yaml"},
		{"missing file", place{cloud: "a", env: map[string]string{"OS_CLIENT_CONFIG_FILE": "DIR/none.yaml"}}, "OS_CLIENT_CONFIG_FILE names", "Correct or unset"},
		{"broken YAML", place{files: one("clouds:\n  a:\n    auth: {password: hunter2\n  b: 1\n"), cloud: "a"}, "clouds.yaml, line 4", "line"},
		{"a tab", place{files: one("clouds:\n\ta:\n"), cloud: "a"}, "line 2", "tab"},
		{"an open quote", place{files: one("clouds:\n  a:\n    auth: {password: 'hunter2}\n\n\n"), cloud: "a"}, "line 3", "unquoted"},
		{"clouds is a list", place{files: one("clouds:\n- a\n"), cloud: "a"}, "line 2", ""},
		{"the top is a list", place{files: one("- a\n"), cloud: "a"}, "line 1", ""},
		{"a cloud is a text", place{files: one("clouds:\n  a: hunter2\n"), cloud: "a"}, "line 2", ""},
		{"auth is a text", place{files: one("clouds:\n  a:\n    auth: hunter2\n"), cloud: "a"}, "line 3", ""},
		{"a value is a mapping", place{files: one("clouds:\n  a:\n    auth:\n      password: {hunter2: hunter2}\n"), cloud: "a"}, "line 4", ""},
		{"an alias of itself", place{files: one("clouds: &c\n  a: {auth: *c}\n"), cloud: "a"}, "line", ""},
		{"secure.yaml broken", place{files: map[string]string{"home/clouds.yaml": twoClouds, "home/secure.yaml": "clouds: [hunter2"}, cloud: "robot"}, "secure.yaml, line 1", ""},
		{"unknown profile", place{files: one("clouds: {a: {profile: nobody, auth: {username: u, password: hunter2}}}"), cloud: "a"}, `profile "nobody"`, "clouds-public.yaml"},
		{"a profile that is a URL", place{files: one("clouds: {a: {profile: vexxhost, auth: {username: u, password: hunter2}}}"), cloud: "a"}, `a profile that is a URL, https://vexxhost.com`, "auth.auth_url"},
		{"a URL as a profile", place{files: one("clouds: {a: {profile: 'https://cloud.example', auth: {username: u, password: hunter2}}}"), cloud: "a"}, `a profile that is a URL, https://cloud.example`, "auth.auth_url"},
		{"a profile of a cloud that is gone", place{files: one("clouds: {a: {profile: ultimum, auth: {username: u, password: hunter2}}}"), cloud: "a"}, `no longer exists: ultimum-cloud.com`, "another cloud"},
		{"the password of a user known by id", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u}}}"), cloud: "a", env: map[string]string{"OS_USER_ID": "77", "OS_PASSWORD": "hunter2"}}, "no password", "OS_PASSWORD"},
		{"the password of a namesake in another domain", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u, user_domain_id: default}}}"), cloud: "a", env: map[string]string{"OS_USERNAME": "u", "OS_USER_DOMAIN_NAME": "Other", "OS_PASSWORD": "hunter2"}}, "no password", "OS_PASSWORD"},
		{"another user's password", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u}}}"), cloud: "a", env: map[string]string{"OS_USERNAME": "mallory", "OS_PASSWORD": "hunter2"}}, "no password", "OS_PASSWORD"},
		{"another cloud's password", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u}}}"), cloud: "a", env: map[string]string{"OS_AUTH_URL": "http://evil/", "OS_PASSWORD": "hunter2"}}, "no password", "OS_PASSWORD"},
		{"an openrc from Windows", place{env: map[string]string{"OS_AUTH_URL": "http://h/v3\r", "OS_USERNAME": "u\r", "OS_PASSWORD": "hunter2\r", "OS_TENANT_NAME": "p\r", "OS_REGION_NAME": "One"}},
			`OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_TENANT_NAME end with a carriage return (\r).`, "dos2unix"},
		{"a password from Windows", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u}}}"), cloud: "a", env: map[string]string{"OS_USERNAME": "u\r", "OS_PASSWORD": "hunter2\r"}}, `OS_PASSWORD ends with a carriage return`, "sed -i"},
		{"a cloud's name from Windows", place{files: home, env: map[string]string{"OS_CLOUD": "robot\r"}}, `OS_CLOUD ends with a carriage return`, "dos2unix"},
		{"a flag from Windows", place{files: home, cloud: "robot", flags: map[string]string{"region_name": "One\r"}}, `--os-region-name ends with a carriage return`, "Take it out"},
		{"unknown region", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u, password: hunter2}, regions: [r1, r2]}}"), cloud: "a", flags: map[string]string{"region-name": "r3"}}, `no region "r3"`, "r1, r2"},
		{"no password", place{files: one("clouds: {a: {auth: {auth_url: http://h/, username: u}}}"), cloud: "a"}, "no password", "OS_PASSWORD"},
		{"half an openrc", place{env: map[string]string{"OS_USERNAME": "u", "OS_PASSWORD": "hunter2"}}, "no auth_url", "OS_AUTH_URL"},
		{"no user", place{env: map[string]string{"OS_AUTH_URL": "http://h", "OS_PASSWORD": "hunter2"}}, "no user", "OS_USERNAME"},
		{"no endpoint", place{env: map[string]string{"OS_AUTH_TYPE": "none", "OS_AUTH_URL": "http://h"}}, "no endpoint", "OS_ENDPOINT"},
		{"foreign auth type", place{files: one("clouds: {a: {auth_type: v3oidcpassword, auth: {auth_url: http://h/}}}"), cloud: "a"}, "v3oidcpassword", "token issue"},
		{"not a URL", place{env: map[string]string{"OS_AUTH_URL": "keystone:5000", "OS_USERNAME": "u", "OS_PASSWORD": "hunter2"}}, "not an http or https URL", "https://"},
		{"a password in what is not a URL", place{env: map[string]string{"OS_AUTH_URL": "u:hunter2@h", "OS_USERNAME": "u", "OS_PASSWORD": "hunter2"}}, "not an http or https URL", ""},
		{"a password in the URL", place{env: map[string]string{"OS_AUTH_URL": "http://u:hunter2@h/", "OS_USERNAME": "u", "OS_PASSWORD": "hunter2"}}, "contains a user or password", ""},
		{"unknown interface", place{files: home, cloud: "robot", flags: map[string]string{"interface": "secret"}}, "Unknown interface", "public"},
		{"verify is neither", place{files: home, cloud: "robot", flags: map[string]string{"verify": "maybe"}}, "verify is neither", ""},
		{"unknown setting", place{files: home, cloud: "robot", flags: map[string]string{"os-colour": "red"}}, `"os-colour"`, "--help"},
		{"credential by name without a user", place{env: map[string]string{"OS_AUTH_URL": "http://h", "OS_APPLICATION_CREDENTIAL_NAME": "n", "OS_APPLICATION_CREDENTIAL_SECRET": "hunter2"}}, "no user", "OS_USERNAME"},
		{"credential without its secret", place{env: map[string]string{"OS_AUTH_URL": "http://h", "OS_APPLICATION_CREDENTIAL_ID": "n"}}, "no secret", "OS_APPLICATION_CREDENTIAL_SECRET"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(tt.place.sources(t))
			var f *api.Failure
			if !errors.As(err, &f) {
				t.Fatalf("got %v, want a failure", err)
			}
			if f.Kind != api.FailedConfigured || !strings.Contains(f.Means, tt.means) || !strings.Contains(f.Advice, tt.advice) {
				t.Errorf("%s: %s / %s\nwant %q / %q", f.Kind, f.Means, f.Advice, tt.means, tt.advice)
			}
			if !strings.HasSuffix(f.Means, ".") || f.Means[:1] != strings.ToUpper(f.Means[:1]) {
				t.Errorf("not a sentence: %s", f.Means)
			}
			if all := f.Error() + f.Advice + f.Detail; strings.Contains(all, "hunter2") {
				t.Errorf("a secret shows: %s", all)
			}
		})
	}
}

func TestNothingConfigured(t *testing.T) {
	_, err := Load(place{}.sources(t))
	var nothing *NothingConfigured
	if !errors.As(err, &nothing) || len(nothing.Clouds) != 0 || len(nothing.Looked) != 4 {
		t.Fatalf("got %#v", err)
	}
	_, err = Load(place{files: map[string]string{"etc/clouds.yaml": twoClouds}, env: map[string]string{"OS_PASSWORD": "x"}}.sources(t))
	if !errors.As(err, &nothing) || strings.Join(nothing.Clouds, " ") != "prod-eu robot" {
		t.Fatalf("got %#v", err)
	}
	_, err = Load(place{files: map[string]string{"etc/clouds.yaml": twoClouds}, env: map[string]string{"OS_CLIENT_CONFIG_FILE": os.DevNull}}.sources(t))
	if !errors.As(err, &nothing) || len(nothing.Clouds) != 0 {
		t.Fatalf("with the null device: %#v", err)
	}
	_, err = Load(place{files: map[string]string{"etc/clouds.yaml": "clouds:\n"}}.sources(t))
	if !errors.As(err, &nothing) || len(nothing.Clouds) != 0 {
		t.Fatalf("got %#v", err)
	}
}

func TestUnreadableFilesArePassedOver(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	src := place{files: map[string]string{"home/clouds.yaml": "x", "etc/clouds.yaml": twoClouds}, cloud: "robot"}.sources(t)
	locked := filepath.Join(src.Dirs[1], "clouds.yaml")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(src); err != nil || c.Name != "robot" {
		t.Fatalf("%v %v", c, err)
	}
	if err := os.Remove(filepath.Join(src.Dirs[2], "clouds.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(src); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Fatalf("got %v", err)
	}
}

// What is no regular file is refused unread: a pipe or a device would hold the
// program up. A folder of that name is passed over.
func TestOddFiles(t *testing.T) {
	src := place{files: map[string]string{"etc/clouds.yaml": twoClouds, "home/clouds.yaml/x": ""}, cloud: "robot"}.sources(t)
	if c, err := Load(src); err != nil || c.Name != "robot" {
		t.Errorf("a folder: %v, %v", c, err)
	}
	pipe := filepath.Join(t.TempDir(), "clouds.yaml")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, "/dev/zero"} {
		src.Getenv = func(name string) string {
			if name == "OS_CLIENT_CONFIG_FILE" {
				return path
			}
			return ""
		}
		var f *api.Failure
		if _, err := Load(src); !errors.As(err, &f) || !strings.Contains(f.Means, path+" is not a regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestList(t *testing.T) {
	src := place{files: map[string]string{"etc/clouds.yaml": twoClouds + "  half: {auth: {auth_url: http://h/, username: u}}\n"}}.sources(t)
	list, err := List(src)
	if err != nil || len(list) != 3 {
		t.Fatalf("%v %v", list, err)
	}
	if e := list[0]; e.Name != "half" || e.AuthURL != "http://h/" || !strings.Contains(e.Trouble, "no password") {
		t.Errorf("%+v", e)
	}
	if e := list[1]; e.Name != "prod-eu" || e.User != "anna" || e.Project != "platform" || e.Region != "RegionOne" || e.Trouble != "" {
		t.Errorf("%+v", e)
	}
	if e := list[2]; e.Name != "robot" || e.User != "ac1" {
		t.Errorf("%+v", e)
	}
	if list, err := List(place{}.sources(t)); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

// TestIgnoredVariablesAreNamed: whoever sets variables beside a named cloud is
// told which of them have no effect, and nobody else is told anything.
func TestIgnoredVariablesAreNamed(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cloud string
		env   string
		flags map[string]string
		want  string // of the note
	}{
		{"nothing", "prod-eu", "", nil, ""},
		{"an own user", "prod-eu", "OS_USERNAME=demo OS_PASSWORD=x OS_PROJECT_NAME=demo", nil, "Ignored beside cloud prod-eu: OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME. They are for another cloud or user."},
		{"an own identity service", "prod-eu", "OS_AUTH_URL=http://evil/", nil, ": OS_AUTH_URL. They are for another cloud or user."},
		{"an own project", "prod-eu", "OS_PROJECT_ID=p1 OS_REGION_NAME=r OS_CACERT=/ca.pem", nil, ": OS_PROJECT_ID. The cloud has its own settings."},
		{"an older name", "prod-eu", "OS_TENANT_NAME=p1", nil, ": OS_TENANT_NAME."},
		{"the password of the same user", "prod-eu", "OS_USERNAME=anna OS_PASSWORD=other", nil, ": OS_PASSWORD."},
		{"a user beside an application credential", "robot", "OS_USERNAME=demo OS_PASSWORD=x OS_PROJECT_NAME=demo", nil, ": OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME."},
		{"the same openrc", "prod-eu", "OS_AUTH_URL=https://keystone.example.com OS_USERNAME=anna OS_PASSWORD=00123 OS_PROJECT_NAME=platform OS_USER_DOMAIN_NAME=corp", nil, ""},
		{"a token that is used", "prod-eu", "OS_AUTH_TYPE=token OS_TOKEN=t OS_USERNAME=anna", nil, ""},
		{"a flag says it", "prod-eu", "OS_PROJECT_NAME=demo", map[string]string{"project_id": "x"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			env := make(map[string]string)
			for _, pair := range strings.Fields(tt.env) {
				name, value, _ := strings.Cut(pair, "=")
				env[name] = value
			}
			c, err := Load(place{files: map[string]string{"home/clouds.yaml": twoClouds}, cloud: tt.cloud, env: env, flags: tt.flags}.sources(t))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(c.Notes(), " "); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("said %q, want %q", got, tt.want)
			}
		})
	}
	c, err := Load(place{env: map[string]string{"OS_AUTH_URL": "http://h", "OS_USERNAME": "u", "OS_PASSWORD": "p"}}.sources(t))
	if err != nil || c.Notes() != nil {
		t.Errorf("without a named cloud: %v, %q", err, c.Notes())
	}
}

// TestWhatIsNeededCanBeAnswered: which secret is missing is told as a value, and
// with the answers the cloud is complete.
func TestWhatIsNeededCanBeAnswered(t *testing.T) {
	base := "auth_url: http://h/v3, username: u"
	for _, tt := range []struct {
		name, cloud string
		env         map[string]string
		keys        string // what is asked for, one after the other
		login       string // the methods then
	}{
		{"a password", "auth: {" + base + "}", nil, "password", `"password"`},
		{"a code alone", "auth_type: v3totp, auth: {" + base + "}", nil, "passcode", `"totp"`},
		{"a code alone, whatever password there is", "auth_type: v3totp, auth: {" + base + ", password: p}", nil, "passcode", `"totp"`},
		{"a code beside the password", "auth_type: v3multifactor, auth_methods: [v3password, v3totp], auth: {" + base + ", password: p}", nil, "passcode", `"password","totp"`},
		{"both", "auth_type: v3multifactor, auth: {" + base + "}", nil, "password passcode", `"password","totp"`},
		{"a code from a variable", "auth_type: v3multifactor, auth: {" + base + "}", map[string]string{"OS_PASSCODE": "1"}, "password", `"password","totp"`},
		{"a credential's secret", "auth_type: v3applicationcredential, auth: {auth_url: http://h/v3, application_credential_id: a}", nil, "application_credential_secret", `"application_credential"`},
		{"nothing", "auth: {" + base + ", password: p}", nil, "", `"password"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {" + tt.cloud + "}}"}, cloud: "a", env: tt.env}.sources(t)
			src.Answers = make(map[string]string)
			var asked []string
			c, err := Load(src)
			for ; err != nil; c, err = Load(src) {
				var needed *api.SecretNeeded
				var failure *api.Failure
				if !errors.As(err, &needed) || !errors.As(err, &failure) || len(asked) > 2 {
					t.Fatal(err)
				}
				if needed.Where != "cloud a" || needed.Of == "" || needed.AuthURL != "http://h/v3" || failure.Advice == "" {
					t.Errorf("%+v", needed)
				}
				asked = append(asked, needed.Key)
				src.Answers[needed.Key] = "typed-" + needed.Key
			}
			if got := strings.Join(asked, " "); got != tt.keys {
				t.Errorf("asks for %q, want %q", got, tt.keys)
			}
			ao, err := c.Options()
			if err != nil {
				t.Fatal(err)
			}
			login, err := ao.ToTokenV3CreateMap(nil)
			if text := encode(t, login); err != nil || !strings.Contains(text, `"methods":[`+tt.login+`]`) {
				t.Errorf("logs in with %s, %v", text, err)
			}
			for _, key := range asked { // for the filter of texts
				if !slices.Contains(c.Secrets(), "typed-"+key) {
					t.Errorf("%s is not among the secrets", key)
				}
			}
		})
	}
	// What else is wrong is said before anything is asked for.
	src := place{files: map[string]string{"etc/clouds.yaml": "clouds: {a: {auth: {auth_url: 'k:5000', username: u}}}"}, cloud: "a"}.sources(t)
	var needed *api.SecretNeeded
	if _, err := Load(src); errors.As(err, &needed) || !strings.Contains(err.Error(), "not an http or https URL") {
		t.Errorf("got %v", err)
	}
}
