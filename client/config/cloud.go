package config

import (
	"fmt"
	"io"
	"slices"
)

// AuthType is how a user proves who they are.
type AuthType string

// The ways that work here. Any other (OpenID Connect, SAML, Kerberos …) is
// refused with the advice to get a token by the openstack client.
const (
	Password              AuthType = "password"
	Token                 AuthType = "token"
	ApplicationCredential AuthType = "v3applicationcredential"
	// None asks no token service at all; the endpoint is given.
	None AuthType = "none"
	// TokenEndpoint asks none either, and sends a given token.
	TokenEndpoint AuthType = "admin_token"
)

// normalAuthType turns the names of keystoneauth's plugins into ours.
func normalAuthType(said string) AuthType {
	switch said {
	case "password", "v3password", "v2password", "v3totp", "v3multifactor":
		return Password
	case "token", "v3token", "v2token":
		return Token
	case "v3applicationcredential", "application_credential", "v3application_credential":
		return ApplicationCredential
	case "none", "None", "noauth", "no_auth":
		return None
	case "admin_token", "token_endpoint":
		return TokenEndpoint
	}
	return AuthType(said)
}

// Cloud is what was found out about one cloud: all settings, merged. Printing
// it shows no secret.
type Cloud struct {
	// Name in clouds.yaml; "" when all comes from variables and flags.
	Name string
	// From is the file that holds the cloud, or "the OS_* variables" and the like.
	From     string
	AuthType AuthType
	// Endpoint of the Image service where it is given; "" means the catalogue's.
	Endpoint string
	// AuthURL is the token service's; "" where none is asked.
	AuthURL string
	// Region and Interface choose among the catalogue's endpoints. Region may
	// be ""; Interface is "public", "internal" or "admin".
	Region, Interface string
	// User and Project are names (or ids) as configured, for people to read.
	User, Project string
	// Insecure is whether certificates are not verified.
	Insecure bool
	// Ignored are variables that say something else than is used here: the
	// cloud has a value of its own, or they are for another cloud or user.
	Ignored []string

	stranger  bool     // the variables are for another cloud or user
	notes     []string // what else to say
	authority string   // what named the file of authorities: "cacert", a variable …

	// value keeps the settings, secrets among them, in a closure: fmt follows
	// maps and pointers in some verbs, but never looks into a function.
	value func(key string) string
}

// get is a setting's value, "" when not configured.
func (c Cloud) get(key string) string {
	if c.value == nil {
		return ""
	}
	return c.value(key)
}

// Token is the token that was given, for auth types Token and TokenEndpoint.
func (c Cloud) Token() string { return c.get("token") }

// Once is whether the proof of identity can be used only once.
func (c Cloud) Once() bool { return c.get("passcode") != "" }

// Authorities is the file (or folder) with the authorities that sign the cloud's
// certificates, "" for the system's.
func (c Cloud) Authorities() string {
	if c.Insecure {
		return ""
	}
	return c.get("cacert")
}

// Secrets are all values that must never be shown, for a filter of texts.
func (c Cloud) Secrets() []string {
	var found []string
	for _, s := range settings {
		if v := c.get(s.Key); s.Secret && v != "" {
			found = append(found, v)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Format prints the cloud's name and place, whatever the verb.
func (c Cloud) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, c.Title())
}

// Title names the cloud for a sentence: "cloud prod-eu", or where it was
// configured when it has no name.
func (c Cloud) Title() string {
	if c.Name != "" {
		return "cloud " + c.Name
	}
	return "the cloud of " + c.From
}
