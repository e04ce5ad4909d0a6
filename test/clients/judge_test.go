package clients_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/glance-tui/glance-tui/client/config"
)

// judge runs openstacksdk's own loader.
func judge(t *testing.T, into any, in any, args ...string) {
	t.Helper()
	python := find(t, "GLANCE_TUI_PYTHON", "/usr/bin/python3")
	if out, err := exec.CommandContext(t.Context(), python, "-c", "import openstack").CombinedOutput(); err != nil {
		missing(t, "%s has no openstacksdk: %v\n%s", python, err, out)
	}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), python, append([]string{"judge.py"}, args...)...)
	run.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + t.TempDir(), "LC_ALL=C.UTF-8"}
	run.Stdin, run.Stderr = bytes.NewReader(text), os.Stderr
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// configured is a cloud as files and variables describe it.
type configured struct {
	name          string
	secure        string
	public        string
	env           map[string]string
	cloud, region string
	// ours are settings that are other here.
	ours map[string]string
}

const judged = `
clouds:
  lab:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, project_name: p, user_domain_id: default, project_domain_name: Corp}
    region_name: one
    interface: internal
  older:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, tenant_name: p, domain_id: d}
    endpoint_type: adminURL
    cacert: ~/ca.pem
  both:
    auth: {auth_url: "https://{region_name}.example/v3", username: anna, password: secret, project_id: p}
    regions: [r1, {name: r2, values: {interface: admin, image_endpoint_override: "https://i.example"}}]
    image_interface: internal
  trusting:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, project_id: p}
    verify: false
    cacert: /nowhere.pem
  path:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, project_id: p}
    verify: /ca/path.pem
  paths:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, project_id: p}
    verify: /ca/path.pem
    cacert: /ca/other.pem
  insecure:
    auth: {auth_url: "https://k.example/v3", username: anna, password: secret, project_id: p}
    verify: /ca/path.pem
    insecure: true
  vendor:
    profile: acme
    auth: {username: anna, password: secret, project_id: p}
  elastx:
    profile: elastx
    auth: {username: anna, password: secret, project_id: p}
  city:
    profile: citycloud
    region_name: Sto2
    auth: {username: anna, password: secret, project_id: p}
  robot:
    auth_type: v3applicationcredential
    auth: {auth_url: "https://k.example/v3", application_credential_id: a, application_credential_secret: secret}
    image_region_name: two
    region_name: one
`

func judgedClouds() []configured {
	openrc := map[string]string{
		"OS_AUTH_URL": "https://other.example/v3", "OS_USERNAME": "mallory", "OS_PASSWORD": "theirs", "OS_PROJECT_NAME": "theirs",
	}
	bundle := map[string]string{"REQUESTS_CA_BUNDLE": "/ca/requests.pem", "CURL_CA_BUNDLE": "/ca/curl.pem"}
	return []configured{
		{name: "a cloud", cloud: "lab"},
		{name: "older names", cloud: "older"},
		{name: "the first region", cloud: "both"},
		{name: "a region with values", cloud: "both", region: "r2"},
		{name: "not verified, and no such authority", cloud: "trusting"},
		{name: "verify names a file", cloud: "path"},
		{name: "cacert before verify", cloud: "paths"},
		{name: "insecure before both", cloud: "insecure"},
		{name: "the bundle of requests", cloud: "lab", env: bundle},
		{name: "the bundle of curl", cloud: "lab", env: map[string]string{"CURL_CA_BUNDLE": "/ca/curl.pem"}},
		{name: "verify before the bundle", cloud: "path", env: bundle},
		{name: "cacert before the bundle", cloud: "older", env: bundle},
		{name: "no bundle where nothing is verified", cloud: "trusting", env: bundle},
		{name: "a profile of clouds-public.yaml", cloud: "vendor", public: "public-clouds: {acme: {auth: {auth_url: 'https://acme.example'}, regions: [x, y]}}"},
		{name: "a profile that openstacksdk ships", cloud: "elastx"},
		{name: "a shipped profile's address holds the region", cloud: "city"},
		{name: "clouds-public.yaml before a shipped profile", cloud: "elastx", public: "public-clouds: {elastx: {auth: {auth_url: 'https://mine.example'}}}"},
		{name: "secure.yaml", cloud: "lab", secure: "clouds: {lab: {auth: {password: better}}}"},
		{name: "an application credential", cloud: "robot"},
		{name: "another cloud's openrc", cloud: "lab", env: openrc},
		{name: "another user's variables", cloud: "lab", env: map[string]string{"OS_USERNAME": "demo", "OS_PASSWORD": "theirs", "OS_PROJECT_ID": "x"}},
		{name: "OS_CLOUD", env: map[string]string{"OS_CLOUD": "lab", "OS_PROJECT_NAME": "x"}},
		{name: "an openrc alone", env: map[string]string{
			"OS_AUTH_URL": "https://k.example/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_PROJECT_NAME": "t", "OS_USER_DOMAIN_NAME": "UD",
			"OS_PROJECT_DOMAIN_ID": "pd", "OS_REGION_NAME": "r", "OS_INTERFACE": "internalURL", "OS_CACERT": "/ca/mine.pem",
		}},
		{name: "an older openrc", env: map[string]string{
			"OS_AUTH_URL": "https://k.example/v3", "OS_USERNAME": "u", "OS_PASSWORD": "p", "OS_TENANT_ID": "t", "OS_DOMAIN_NAME": "D", "OS_ENDPOINT_TYPE": "adminURL",
		}},
		{name: "an application credential's openrc", env: map[string]string{
			"OS_AUTH_TYPE": "v3applicationcredential", "OS_AUTH_URL": "https://k.example/v3", "OS_APPLICATION_CREDENTIAL_ID": "a", "OS_APPLICATION_CREDENTIAL_SECRET": "s",
		}},
		{name: "a token's variables", env: map[string]string{
			"OS_AUTH_TYPE": "token", "OS_AUTH_URL": "https://k.example/v3", "OS_TOKEN": "t", "OS_PROJECT_NAME": "p", "OS_PROJECT_DOMAIN_NAME": "D",
		}},
		// The openstack client takes these two from variables over the file; the
		// loader, asked by itself, does not.
		{name: "OS_AUTH_TYPE and OS_TOKEN", cloud: "lab", env: map[string]string{"OS_AUTH_TYPE": "token", "OS_TOKEN": "t"},
			ours: map[string]string{"auth_type": "token", "token": "t", "password": "", "username": ""}},
		{name: "OS_REGION_NAME", cloud: "lab", env: map[string]string{"OS_REGION_NAME": "two"}, ours: map[string]string{"region": "two"}},
	}
}

// What a configuration comes to here and for openstacksdk's own loader.
func TestOpenstacksdkReadsACloudAlike(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	type asked struct {
		Files  map[string]string `json:"files"`
		Env    map[string]string `json:"env"`
		Cloud  string            `json:"cloud"`
		Region string            `json:"region"`
	}
	cases := judgedClouds()
	all := make([]asked, len(cases))
	for i, c := range cases {
		files := make(map[string]string)
		for kind, text := range map[string]string{"clouds": judged, "secure": c.secure, "public": c.public} {
			if text == "" {
				continue
			}
			files[kind] = filepath.Join(dir, fmt.Sprint(i), map[string]string{"clouds": "clouds.yaml", "secure": "secure.yaml", "public": "clouds-public.yaml"}[kind])
			if err := os.MkdirAll(filepath.Dir(files[kind]), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(files[kind], []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		env := c.env
		if env == nil {
			env = map[string]string{}
		}
		all[i] = asked{files, env, c.cloud, c.region}
	}
	var theirs []map[string]any
	judge(t, &theirs, all)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if why := theirs[i]["refused"]; why != nil {
				t.Fatalf("openstacksdk refuses it: %v", why)
			}
			flags := map[string]string{"region_name": c.region}
			cloud, err := config.Load(config.Sources{Cloud: c.cloud, Flags: flags, Dirs: []string{filepath.Dir(all[i].Files["clouds"])},
				Getenv: func(name string) string { return c.env[name] }})
			if err != nil {
				t.Fatal(err)
			}
			ours := map[string]string{
				"auth_type": string(cloud.AuthType), "region": cloud.Region, "interface": cloud.Interface, "endpoint": cloud.Endpoint,
				"insecure": fmt.Sprint(cloud.Insecure),
			}
			options, err := cloud.Options()
			if err != nil {
				t.Fatal(err)
			}
			ours["auth_url"], ours["username"], ours["password"], ours["token"] = options.IdentityEndpoint, options.Username, options.Password, options.TokenID
			ours["project_id"], ours["project_name"] = options.TenantID, options.TenantName
			ours["application_credential_id"], ours["application_credential_secret"] = options.ApplicationCredentialID, options.ApplicationCredentialSecret
			// A domain that no one names is the default one here.
			for key, have := range map[string]string{"user_domain_id": options.DomainID, "user_domain_name": options.DomainName} {
				if theirs[i][key] != nil && options.Username != "" {
					ours[key] = have
				}
			}
			if options.Scope != nil && options.Scope.ProjectName != "" {
				for key, have := range map[string]string{"project_domain_id": options.Scope.DomainID, "project_domain_name": options.Scope.DomainName} {
					if theirs[i][key] != nil {
						ours[key] = have
					}
				}
			}
			if !cloud.Insecure {
				ours["cacert"] = cloud.Authorities()
			}
			for key, have := range ours {
				want := ""
				if v := theirs[i][key]; v != nil {
					want = fmt.Sprint(v)
				}
				if other, ok := c.ours[key]; ok {
					want = other
				}
				want = strings.TrimSuffix(want, "URL")
				if key == "cacert" {
					have, want = filepath.Base(have), filepath.Base(want) // each expands ~ to its own home
				}
				if have != want {
					t.Errorf("%s is %q here, and %q for openstacksdk", key, have, want)
				}
			}
		})
	}
}

// What other versions of openstacksdk say of a profile than our table, which is
// of 4.22.0: facts by profile, as 0.101.0 (Debian 12) or 4.22.0 has them.
var otherProfiles = map[string]map[string]string{
	"betacloud":   {"status": ""},
	"citycloud":   {"regions": "[Buf1 Fra1 Lon1 Sto2 Kna1 dx1 tky1]"},
	"fuga":        {"status": ""},
	"ibmcloud":    {"status": ""},
	"internap":    {"status": "", "auth_url": "https://identity.api.cloud.iweb.com"},
	"otc-swiss":   {"auth_url": "iam-pub.eu-ch2.sc.otc.t-systems.com/v3"}, // no URL
	"ovh":         {"profile": "https://ovhcloud.com", "auth_url": "", "user_domain_name": "", "project_domain_name": "", "regions": ""},
	"ovh-us":      {"regions": "[US-EAST-VA-1]"},
	"ultimum":     {"status": ""},
	"unitedstack": {"status": ""},
	"binero":      nil, // later than 0.101.0
	"switchcloud": nil,
}

// The table of profiles is what openstacksdk ships.
func TestProfilesAreThoseOfOpenstacksdk(t *testing.T) {
	t.Parallel()
	var shipped struct {
		Version  string
		Profiles map[string]map[string]any
	}
	judge(t, &shipped, nil, "vendors")
	facts := func(p map[string]any) map[string]string {
		auth, _ := p["auth"].(map[string]any)
		text := func(v any) string {
			if v == nil {
				return ""
			}
			return fmt.Sprint(v)
		}
		region := p["region_name"]
		if region == nil {
			region = p["region-name"]
		}
		regions, _ := p["regions"].([]any)
		for i, r := range regions {
			if with, ok := r.(map[string]any); ok {
				regions[i] = with["name"]
			}
		}
		f := map[string]string{
			"auth_url": text(auth["auth_url"]), "user_domain_name": text(auth["user_domain_name"]), "project_domain_name": text(auth["project_domain_name"]),
			"region_name": text(region), "interface": text(p["interface"]), "profile": text(p["profile"]), "status": text(p["status"]),
		}
		if regions != nil {
			f["regions"] = fmt.Sprint(regions)
		}
		return f
	}
	table, err := os.ReadFile("../../client/config/vendors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var ours struct {
		Profiles map[string]map[string]any `yaml:"public-clouds"`
	}
	if err := yaml.Unmarshal(table, &ours); err != nil {
		t.Fatal(err)
	}
	for name, p := range shipped.Profiles {
		if ours.Profiles[name] == nil {
			t.Errorf("openstacksdk %s ships the profile %s, which the table does not hold: %v", shipped.Version, name, facts(p))
			continue
		}
		known := facts(ours.Profiles[name])
		for fact, theirs := range facts(p) {
			other, differs := otherProfiles[name][fact]
			if known[fact] != theirs && (!differs || other != theirs) {
				t.Errorf("%s of profile %s is %q, and in openstacksdk %s %q", fact, name, known[fact], shipped.Version, theirs)
			}
		}
	}
	for name := range ours.Profiles {
		_, later := otherProfiles[name]
		if shipped.Profiles[name] == nil && !later {
			t.Errorf("openstacksdk %s does not know the profile %s", shipped.Version, name)
		}
	}
}
