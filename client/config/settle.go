package config

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// settle checks merged settings, keeps those of use with the way of proving
// identity, and completes the cloud.
func (s Sources) settle(c Cloud, l layer) (Cloud, error) {
	if err := s.carriageReturn(l); err != nil {
		return Cloud{}, err
	}
	for key, value := range s.Answers {
		l.set(key, value)
	}
	said := l["auth_type"]
	c.AuthType = l.authType()
	if c.AuthType == "" {
		c.AuthType = Password
	}
	for key := range l {
		if !wanted(c.AuthType, key) {
			delete(l, key)
		}
	}
	if said == "v3totp" { // the code alone, whatever else there is
		delete(l, "password")
	}
	var err error
	if c.Insecure, c.authority, err = s.trust(l); err != nil {
		return Cloud{}, err
	}
	for _, key := range []string{"cacert", "cert", "key"} {
		if l[key] != "" {
			l[key] = expandHome(l[key])
		}
	}
	c.Region = first(l["image_region_name"], l["region_name"])
	if c.Interface, err = normalInterface(first(l["image_interface"], l["interface"])); err != nil {
		return Cloud{}, err
	}
	// Vendors write "https://iam.{region_name}.example.com" (openstacksdk
	// formats auth_url with the cloud's own settings).
	l["auth_url"] = strings.ReplaceAll(l["auth_url"], "{region_name}", l["region_name"])
	c.AuthURL = l["auth_url"]
	c.Endpoint = first(l["image_endpoint_override"], l["endpoint"])
	narrow(c.AuthType, l)
	c.User = first(l["username"], l["user_id"], l["application_credential_name"], l["application_credential_id"])
	c.Project = first(l["project_name"], l["project_id"])
	c.value = func(key string) string { return l[key] }
	missing := complete(c, l, said)
	var needed *api.SecretNeeded
	if missing != nil && !errors.As(missing, &needed) {
		return c, missing
	}
	for key, value := range map[string]string{"auth_url": c.AuthURL, "image_endpoint_override": c.Endpoint} {
		if err := checkURL(c, key, value); err != nil {
			return c, err
		}
	}
	return c, missing // of all that is wrong, a secret can be asked for last
}

// wanted reports whether a setting is of use with a way of proving identity.
func wanted(kind AuthType, key string) bool {
	if !fits(kind, key) {
		return false
	}
	scope := strings.HasPrefix(key, "project_") || key == "system_scope" || key == "trust_id"
	user := strings.HasPrefix(key, "user")
	domain := strings.HasPrefix(key, "domain_")
	switch kind {
	case None, TokenEndpoint:
		return !scope && !user && !domain && key != "auth_url"
	case Token:
		return !user && key != "endpoint"
	case ApplicationCredential: // bound to its project already
		return !scope && key != "endpoint"
	}
	return key != "endpoint"
}

// narrow drops what gophercloud would refuse beside its rival, and fills in
// the domains as the openstack client does: one domain for both user and
// project, and "default" where there is none at all.
func narrow(kind AuthType, l layer) {
	for _, id := range []string{"project_id", "project_domain_id", "user_id", "user_domain_id", "domain_id", "application_credential_id"} {
		if l[id] != "" {
			delete(l, strings.TrimSuffix(id, "_id")+"_name")
		}
	}
	if l["user_id"] != "" {
		delete(l, "username")
		delete(l, "user_domain_id")
		delete(l, "user_domain_name")
	}
	switch kind {
	case ApplicationCredential:
		if l["application_credential_id"] != "" {
			for _, key := range []string{"username", "user_id", "user_domain_id", "user_domain_name", "domain_id", "domain_name"} {
				delete(l, key)
			}
		}
	case None, TokenEndpoint:
		return
	}
	scoped := l["project_name"] != "" || l["project_id"] != ""
	fill := func(of string) {
		if l[of+"_domain_id"] == "" && l[of+"_domain_name"] == "" {
			switch {
			case l["domain_id"] != "":
				l[of+"_domain_id"] = l["domain_id"]
			case l["domain_name"] != "":
				l[of+"_domain_name"] = l["domain_name"]
			default:
				l[of+"_domain_id"] = first(l["default_domain"], "default")
			}
		}
	}
	if l["username"] != "" {
		fill("user")
	}
	if l["project_name"] != "" {
		fill("project")
	}
	if scoped { // otherwise domain_id is the scope itself
		delete(l, "domain_id")
		delete(l, "domain_name")
	}
}

// complete says what is missing for connecting. said is the way of proving
// identity as it was written.
func complete(c Cloud, l layer, said string) error {
	missing := func(what, how string) *api.Failure {
		return fail(fmt.Sprintf("%s has no %s", capital(c.Title()), what), how, nil)
	}
	needed := func(key, what string, f *api.Failure) error {
		return &api.SecretNeeded{Key: key, What: what, Of: c.User, Where: c.Title(), AuthURL: c.AuthURL, Failure: f}
	}
	switch c.AuthType {
	case None, TokenEndpoint:
		if c.Endpoint == "" {
			return missing("endpoint for auth type "+string(c.AuthType), "set OS_ENDPOINT (or auth.endpoint in clouds.yaml) to the Image service's URL")
		}
		if c.AuthType == TokenEndpoint && l["token"] == "" {
			return missing("token", "set OS_TOKEN")
		}
		return nil
	case Password, Token, ApplicationCredential:
	default:
		return fail(fmt.Sprintf("%s uses auth type %q, which is not supported", capital(c.Title()), c.AuthType),
			"get a token with `openstack token issue` and use --os-auth-type token with OS_TOKEN", nil)
	}
	if c.AuthURL == "" {
		return missing("auth_url", "set OS_AUTH_URL (or auth.auth_url in clouds.yaml) to the identity service's URL")
	}
	switch {
	case c.AuthType == Token && l["token"] == "":
		return missing("token", "set OS_TOKEN")
	case c.AuthType == Password && c.User == "":
		return missing("user", "set OS_USERNAME (or auth.username in clouds.yaml)")
	case l["system_scope"] != "" && l["system_scope"] != "all":
		return fail(fmt.Sprintf("The system_scope %q is unknown", l["system_scope"]), "the only system scope is: all", nil)
	case c.AuthType == Password && l["password"] == "" && (said == "v3multifactor" || said != "v3totp" && l["passcode"] == ""):
		return needed("password", "password", missing("password", "set OS_PASSWORD, or auth.password in secure.yaml beside clouds.yaml"))
	case l["passcode"] == "" && (said == "v3totp" || said == "v3multifactor"):
		return needed("passcode", "one-time code", missing("one-time code", "set OS_PASSCODE"))
	case c.AuthType == ApplicationCredential && c.User == "":
		return missing("application credential", "set OS_APPLICATION_CREDENTIAL_ID and OS_APPLICATION_CREDENTIAL_SECRET")
	case c.AuthType == ApplicationCredential && l["application_credential_id"] == "" && l["username"] == "" && l["user_id"] == "":
		return missing("user for an application credential given by name", "set OS_USERNAME too, or use OS_APPLICATION_CREDENTIAL_ID")
	case c.AuthType == ApplicationCredential && l["application_credential_secret"] == "":
		return needed("application_credential_secret", "application credential's secret",
			missing("secret of the application credential", "set OS_APPLICATION_CREDENTIAL_SECRET, or auth.application_credential_secret in secure.yaml"))
	}
	return nil
}

// trust decides whether certificates are not verified, and by which authorities
// they are: cacert, else the file that verify names, else the bundle that Python
// clients take from variables (requests, "SSL Cert Verification"). from is what
// named the file that is now l's cacert. "insecure: true" wins over "verify:
// true", as for the openstack client.
func (s Sources) trust(l layer) (insecure bool, from string, err error) {
	from = "cacert"
	if path := l["verify"]; isPath(path) {
		delete(l, "verify")
		if l["cacert"] == "" {
			l["cacert"], from = path, "verify"
		}
	}
	off, err := boolean("insecure", l["insecure"], false)
	if err != nil {
		return false, from, err
	}
	on, err := boolean("verify", l["verify"], true)
	if off || !on || err != nil {
		return off || !on, from, err
	}
	for _, name := range []string{"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		if path := s.env(name); path != "" && l["cacert"] == "" {
			l["cacert"], from = path, name
		}
	}
	return false, from, nil
}

// isPath tells a file's name from yes and no.
func isPath(text string) bool { return strings.ContainsAny(text, "/.~"+string(os.PathSeparator)) }

// boolean reads yes and no in YAML's and Go's spellings.
func boolean(key, text string, absent bool) (bool, error) {
	switch strings.ToLower(text) {
	case "":
		return absent, nil
	case "yes", "on", "y":
		return true, nil
	case "no", "off", "n":
		return false, nil
	}
	b, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		return false, fail(fmt.Sprintf("The setting %s is neither true nor false%s", key, alsoFile(key)), "set it to true or false", nil)
	}
	return b, nil
}

func alsoFile(key string) string {
	if key == "verify" {
		return ", nor the path of a file"
	}
	return ""
}

// normalInterface takes both generations of names.
func normalInterface(text string) (string, error) {
	text, _, _ = strings.Cut(text, ",")
	switch name := strings.TrimSuffix(strings.TrimSpace(text), "URL"); name {
	case "":
		return "public", nil
	case "public", "internal", "admin":
		return name, nil
	}
	return "", fail(fmt.Sprintf("Unknown interface %q", text), "use public, internal or admin", nil)
}

// checkURL refuses what cannot be a service's address before anything is sent.
func checkURL(c Cloud, key, text string) error {
	if text == "" {
		return nil
	}
	var f *api.Failure
	u, err := url.Parse(text)
	switch {
	case err != nil:
		f = fail(fmt.Sprintf("The %s of %s is not a valid URL", key, c.Title()), "write it as https://HOST:PORT/PATH", nil)
	case u.User != nil:
		f = fail(fmt.Sprintf("The %s of %s contains a user or password", key, c.Title()), "remove them from the URL and use the username and password settings", nil)
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		f = fail(fmt.Sprintf("The %s of %s is not an http or https URL%s", key, c.Title(), quoted(text)), "write it as https://HOST:PORT/PATH", nil)
	default:
		return nil
	}
	return f
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
