package config

import "strings"

// Setting is one thing that can be configured: its names on the command line,
// in the environment and in clouds.yaml.
type Setting struct {
	Key    string   // in clouds.yaml, and in Sources.Flags: "auth_url"
	Also   []string // older spellings of Key in clouds.yaml
	Env    []string // variables, the first that is not empty counts
	Auth   bool     // stands under "auth:" in clouds.yaml
	Secret bool     // must never be shown
	Switch bool     // true or false; a flag without a value
	Help   string   // one line for --help
}

// Flag is the setting's flag without dashes, as the openstack client spells
// it: "os-auth-url", but "insecure".
func (s Setting) Flag() string {
	if s.Key == "insecure" {
		return s.Key
	}
	return "os-" + strings.ReplaceAll(s.Key, "_", "-")
}

// Settings lists all that can be configured, in the order for --help. The
// choice of the cloud itself (--os-cloud, OS_CLOUD) is Sources.Cloud.
func Settings() []Setting { return append([]Setting(nil), settings...) }

var settings = []Setting{
	{Key: "auth_type", Also: []string{"auth_plugin"}, Env: []string{"OS_AUTH_TYPE", "OS_AUTH_PLUGIN"}, Help: "password, token, v3applicationcredential, v3totp, v3multifactor, none or admin_token"},
	{Key: "auth_url", Env: []string{"OS_AUTH_URL"}, Auth: true, Help: "URL of the identity service (Keystone)"},
	{Key: "username", Also: []string{"user_name"}, Env: []string{"OS_USERNAME"}, Auth: true, Help: "user's name"},
	{Key: "user_id", Env: []string{"OS_USER_ID", "OS_USERID"}, Auth: true, Help: "user's ID, instead of the name"},
	{Key: "user_domain_name", Env: []string{"OS_USER_DOMAIN_NAME"}, Auth: true, Help: "domain of the user, by name"},
	{Key: "user_domain_id", Env: []string{"OS_USER_DOMAIN_ID"}, Auth: true, Help: "domain of the user, by ID"},
	{Key: "password", Env: []string{"OS_PASSWORD"}, Auth: true, Secret: true, Help: "user's password (prefer OS_PASSWORD or secure.yaml: flags are visible to others)"},
	{Key: "passcode", Env: []string{"OS_PASSCODE"}, Auth: true, Secret: true, Help: "one-time code, beside or instead of the password"},
	{Key: "project_name", Also: []string{"tenant_name"}, Env: []string{"OS_PROJECT_NAME", "OS_TENANT_NAME"}, Auth: true, Help: "project, by name"},
	{Key: "project_id", Also: []string{"tenant_id"}, Env: []string{"OS_PROJECT_ID", "OS_TENANT_ID"}, Auth: true, Help: "project, by ID"},
	{Key: "project_domain_name", Env: []string{"OS_PROJECT_DOMAIN_NAME"}, Auth: true, Help: "domain of the project, by name"},
	{Key: "project_domain_id", Env: []string{"OS_PROJECT_DOMAIN_ID"}, Auth: true, Help: "domain of the project, by ID"},
	{Key: "domain_name", Env: []string{"OS_DOMAIN_NAME"}, Auth: true, Help: "domain scope, or domain of both user and project, by name"},
	{Key: "domain_id", Env: []string{"OS_DOMAIN_ID"}, Auth: true, Help: "domain scope, or domain of both user and project, by ID"},
	{Key: "default_domain", Env: []string{"OS_DEFAULT_DOMAIN"}, Help: "default domain ID"},
	{Key: "system_scope", Env: []string{"OS_SYSTEM_SCOPE"}, Auth: true, Help: `"all": system scope instead of a project`},
	{Key: "trust_id", Env: []string{"OS_TRUST_ID"}, Auth: true, Help: "trust ID"},
	{Key: "token", Also: []string{"auth_token"}, Env: []string{"OS_TOKEN", "OS_AUTH_TOKEN"}, Auth: true, Secret: true, Help: "existing token (prefer OS_TOKEN)"},
	{Key: "application_credential_id", Env: []string{"OS_APPLICATION_CREDENTIAL_ID"}, Auth: true, Help: "application credential, by ID"},
	{Key: "application_credential_name", Env: []string{"OS_APPLICATION_CREDENTIAL_NAME"}, Auth: true, Help: "application credential, by name (with the user)"},
	{Key: "application_credential_secret", Env: []string{"OS_APPLICATION_CREDENTIAL_SECRET"}, Auth: true, Secret: true, Help: "its secret (prefer the variable or secure.yaml)"},
	{Key: "endpoint", Also: []string{"url"}, Env: []string{"OS_ENDPOINT", "OS_URL"}, Auth: true, Help: "URL of the Image service for auth types none and admin_token"},
	{Key: "region_name", Env: []string{"OS_REGION_NAME"}, Help: "region of the cloud"},
	{Key: "interface", Also: []string{"endpoint_type"}, Env: []string{"OS_INTERFACE", "OS_ENDPOINT_TYPE"}, Help: "catalog endpoint to use: public, internal or admin"},
	{Key: "image_region_name", Env: []string{"OS_IMAGE_REGION_NAME"}, Help: "region of the Image service only"},
	{Key: "image_interface", Also: []string{"image_endpoint_type"}, Env: []string{"OS_IMAGE_INTERFACE"}, Help: "interface of the Image service only"},
	{Key: "image_endpoint_override", Also: []string{"image_endpoint"}, Env: []string{"OS_IMAGE_ENDPOINT_OVERRIDE", "OS_IMAGE_ENDPOINT"}, Help: "URL of the Image service, instead of the catalog's"},
	{Key: "cacert", Env: []string{"OS_CACERT"}, Help: "CA bundle (PEM) for verifying certificates"},
	{Key: "cert", Env: []string{"OS_CERT"}, Help: "file with a client certificate (PEM)"},
	{Key: "key", Env: []string{"OS_KEY"}, Help: "file with the client certificate's key (PEM)"},
	{Key: "insecure", Env: []string{"OS_INSECURE"}, Switch: true, Help: "do not verify TLS certificates (unsafe: allows eavesdropping)"},
	{Key: "verify", Env: []string{"OS_VERIFY"}, Switch: true, Help: "verify certificates (the default)"},
}

// byName finds a setting by any of its spellings.
var byName = func() map[string]*Setting {
	m := make(map[string]*Setting)
	for i := range settings {
		s := &settings[i]
		m[s.Key] = s
		for _, a := range s.Also {
			m[a] = s
		}
	}
	return m
}()

// settingNamed takes a key of clouds.yaml or a flag in any usual spelling:
// "auth_url", "project-id", "--os-auth-url".
func settingNamed(name string) (*Setting, bool) {
	name = strings.ReplaceAll(strings.TrimLeft(name, "-"), "-", "_")
	s, ok := byName[strings.TrimPrefix(name, "os_")]
	return s, ok
}

// rivals are settings of which one replaces the others: a project's id given
// on the command line puts the project's name in clouds.yaml out of force.
var rivals = [][]string{
	{"project_id", "project_name", "system_scope", "trust_id"},
	{"project_domain_id", "project_domain_name"},
	{"user_id", "username"},
	{"user_domain_id", "user_domain_name"},
	{"domain_id", "domain_name"},
	{"application_credential_id", "application_credential_name"},
	{"insecure", "verify"},
}

// proofs are the settings that prove who the user is, by the way of proving.
var proofs = map[AuthType][]string{
	Password:              {"password", "passcode"},
	Token:                 {"token"},
	ApplicationCredential: {"application_credential_id", "application_credential_name", "application_credential_secret"},
}
