package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// What goes over the wire to Keystone, for each way of logging in (Identity
// API v3 reference, "Authentication and token management").
func TestOptionsMakeTheRightLogin(t *testing.T) {
	tests := []struct {
		name  string
		env   map[string]string
		login string // the auth object
		scope string
		renew bool
	}{
		{"password in a project", map[string]string{"OS_USERNAME": "u", "OS_PASSWORD": `p"ä\<>&` + "\u007f\u0085", "OS_PROJECT_NAME": "t", "OS_USER_DOMAIN_NAME": "UD", "OS_PROJECT_DOMAIN_ID": "pd"},
			`{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"UD"},"name":"u","password":"p\"ä\\\u003c\u003e\u0026` + "\u007f\u0085" + `"}}}}`,
			`{"project":{"domain":{"id":"pd"},"name":"t"}}`, true},
		{"user id and project id", map[string]string{"OS_USER_ID": "uid", "OS_PASSWORD": "p", "OS_PROJECT_ID": "pid", "OS_USER_DOMAIN_NAME": "UD", "OS_PROJECT_DOMAIN_ID": "pd"},
			`{"identity":{"methods":["password"],"password":{"user":{"id":"uid","password":"p"}}}}`, `{"project":{"id":"pid"}}`, true},
		{"whole system", map[string]string{"OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_SYSTEM_SCOPE": "all"},
			`{"identity":{"methods":["password"],"password":{"user":{"domain":{"id":"default"},"name":"u","password":"p"}}}}`, `{"system":{"all":true}}`, true},
		{"a domain", map[string]string{"OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_USER_DOMAIN_ID": "ud", "OS_DOMAIN_ID": "d"},
			`{"identity":{"methods":["password"],"password":{"user":{"domain":{"id":"ud"},"name":"u","password":"p"}}}}`, `{"domain":{"id":"d"}}`, true},
		{"application credential", map[string]string{"OS_APPLICATION_CREDENTIAL_ID": "ac", "OS_APPLICATION_CREDENTIAL_SECRET": "s", "OS_PROJECT_ID": "pid", "OS_USERNAME": "u"},
			`{"identity":{"application_credential":{"id":"ac","secret":"s"},"methods":["application_credential"]}}`, `null`, true},
		{"application credential by name", map[string]string{"OS_APPLICATION_CREDENTIAL_NAME": "ac", "OS_APPLICATION_CREDENTIAL_SECRET": "s", "OS_USERNAME": "u", "OS_USER_DOMAIN_NAME": "UD"},
			`{"identity":{"application_credential":{"name":"ac","secret":"s","user":{"domain":{"name":"UD"},"name":"u"}},"methods":["application_credential"]}}`, `null`, true},
		{"token for another project", map[string]string{"OS_TOKEN": "tok", "OS_PROJECT_NAME": "t", "OS_USERNAME": "u", "OS_USER_DOMAIN_NAME": "UD"},
			`{"identity":{"methods":["token"],"token":{"id":"tok"}}}`, `{"project":{"domain":{"id":"default"},"name":"t"}}`, false},
		{"token for a domain", map[string]string{"OS_TOKEN": "tok", "OS_DOMAIN_NAME": "D"},
			`{"identity":{"methods":["token"],"token":{"id":"tok"}}}`, `{"domain":{"name":"D"}}`, false},
		{"password and passcode", map[string]string{"OS_AUTH_TYPE": "v3multifactor", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_PASSCODE": "123", "OS_USER_DOMAIN_ID": "ud"},
			`{"identity":{"methods":["password","totp"],"password":{"user":{"domain":{"id":"ud"},"name":"u","password":"p"}},"totp":{"user":{"domain":{"id":"ud"},"name":"u","passcode":"123"}}}}`, `null`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.env["OS_AUTH_URL"] = "http://k:5000/v3"
			c, err := Load(place{env: tt.env}.sources(t))
			if err != nil {
				t.Fatal(err)
			}
			ao, err := c.Options()
			if err != nil {
				t.Fatal(err)
			}
			if ao.IdentityEndpoint != "http://k:5000/v3" || ao.CanReauth() != tt.renew {
				t.Errorf("endpoint %q, renewal %v", ao.IdentityEndpoint, ao.CanReauth())
			}
			scope, err := ao.ToTokenV3ScopeMap()
			if err != nil {
				t.Fatal(err)
			}
			login, err := ao.ToTokenV3CreateMap(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := encode(t, login["auth"]); got != tt.login {
				t.Errorf("logs in with\n%s\nwant\n%s", got, tt.login)
			}
			if scope == nil {
				return
			}
			if got := encode(t, scope); got != tt.scope {
				t.Errorf("scope %s, want %s", got, tt.scope)
			}
		})
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// pair writes a self-signed certificate and its key.
func pair(t *testing.T, dir, name string) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, name+".crt"), filepath.Join(dir, name+".key")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: keyDER}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestTLS(t *testing.T) {
	dir := t.TempDir()
	cert, key := pair(t, dir, "a")
	_, otherKey := pair(t, dir, "b")
	both := filepath.Join(dir, "both.pem")
	c, _ := os.ReadFile(cert)
	k, _ := os.ReadFile(key)
	if err := os.WriteFile(both, append(c, k...), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, huge := filepath.Join(t.TempDir(), "pipe"), filepath.Join(t.TempDir(), "huge")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(huge, make([]byte, maxPEM+1), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name                   string
		flags                  map[string]string
		roots, client, trustme bool
		trouble                string
	}{
		{"the system's authorities", nil, false, false, false, ""},
		{"an own authority", map[string]string{"cacert": cert}, true, false, false, ""},
		{"a client certificate", map[string]string{"cert": cert, "key": key}, false, true, false, ""},
		{"certificate and key in one file", map[string]string{"cert": both}, false, true, false, ""},
		{"not verified", map[string]string{"insecure": "true", "verify": "true"}, false, false, true, ""},
		{"not verified, in the other spelling", map[string]string{"verify": "false"}, false, false, true, ""},
		{"no such authority", map[string]string{"cacert": dir + "/none.pem"}, false, false, false, "does not exist"},
		{"an authority that is none", map[string]string{"cacert": key}, false, false, false, "holds no certificate"},
		{"a folder of authorities", map[string]string{"cacert": dir}, true, false, false, ""},
		{"a folder without one", map[string]string{"cacert": t.TempDir()}, false, false, false, "holds no certificate"},
		{"a folder as a certificate", map[string]string{"cert": dir}, false, false, false, "cannot be read"},
		{"a device that never ends", map[string]string{"cacert": "/dev/zero"}, false, false, false, "is not a regular file"},
		{"a pipe", map[string]string{"cacert": pipe}, false, false, false, "is not a regular file"},
		{"more than all authorities there are", map[string]string{"cacert": huge}, false, false, false, "is larger than 16 MiB"},
		{"verify names the authority", map[string]string{"verify": cert}, true, false, false, ""},
		{"verify names none", map[string]string{"verify": dir + "/none.pem"}, false, false, false, "The verify file"},
		{"not verified, and no such authority", map[string]string{"cacert": dir + "/none.pem", "insecure": "true"}, false, false, true, ""},
		{"a key that does not fit", map[string]string{"cert": cert, "key": otherKey}, false, false, false, "do not form a valid pair"},
		{"a key alone", map[string]string{"key": key}, false, false, false, "without its certificate"},
		{"no such key", map[string]string{"cert": cert, "key": dir + "/none"}, false, false, false, "key file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Load(place{flags: tt.flags, env: map[string]string{"OS_AUTH_URL": "https://k", "OS_USERNAME": "u", "OS_PASSWORD": "p"}}.sources(t))
			if err != nil {
				t.Fatal(err)
			}
			conf, err := c.TLS()
			if tt.trouble != "" {
				var f *api.Failure
				if !errors.As(err, &f) || !strings.Contains(f.Means, tt.trouble) || f.Advice == "" {
					t.Fatalf("got %v, want %q", err, tt.trouble)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if (conf.RootCAs != nil) != tt.roots || (len(conf.Certificates) == 1) != tt.client || conf.InsecureSkipVerify != tt.trustme || c.Insecure != tt.trustme || conf.MinVersion != tls.VersionTLS12 {
				t.Errorf("got %+v", conf)
			}
			if _, err := c.Options(); err != nil {
				t.Error(err)
			}
		})
	}
}

// The bundle of Python's clients counts last, and is named when it is wrong.
func TestTheBundleOfPythonClients(t *testing.T) {
	dir := t.TempDir()
	cert, _ := pair(t, dir, "a")
	load := func(env, flags map[string]string) (*tls.Config, error) {
		t.Helper()
		all := map[string]string{"OS_AUTH_URL": "https://k", "OS_USERNAME": "u", "OS_PASSWORD": "p"}
		maps.Copy(all, env)
		c, err := Load(place{flags: flags, env: all}.sources(t))
		if err != nil {
			t.Fatal(err)
		}
		return c.TLS()
	}
	none := dir + "/none.pem"
	for _, name := range []string{"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		if conf, err := load(map[string]string{name: cert}, nil); err != nil || conf.RootCAs == nil {
			t.Errorf("%s: %v, %+v", name, err, conf)
		}
		_, err := load(map[string]string{name: none}, nil)
		var f *api.Failure
		if !errors.As(err, &f) || !strings.Contains(f.Means, "The "+name+" file") || !strings.Contains(f.Advice, "unset "+name) {
			t.Errorf("%s names none: %v", name, err)
		}
		if _, err := load(map[string]string{name: none}, map[string]string{"cacert": cert}); err != nil {
			t.Errorf("cacert does not come before %s: %v", name, err)
		}
		if _, err := load(map[string]string{name: none, "OS_INSECURE": "true"}, nil); err != nil {
			t.Errorf("%s counts where nothing is verified: %v", name, err)
		}
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	c, err := Load(place{files: map[string]string{"etc/clouds.yaml": twoClouds}, cloud: "robot"}.sources(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Secrets(), " "); got != "robotsecret" {
		t.Errorf("secrets: %q", got)
	}
	type holder struct {
		C Cloud
		c Cloud
		p *Cloud
	}
	for _, v := range []any{c, &c, holder{c, c, &c}, &holder{c, c, &c}, []Cloud{c}, map[string]Cloud{"a": c}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, "robotsecret") || strings.Contains(got, fmt.Sprintf("%x", "robotsecret")) {
				t.Errorf("%s of %T shows it: %s", verb, v, got)
			}
		}
	}
}
