package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// LoginName tells this login from every other, for a place where logins are
// kept: 32 hexadecimal digits, a hash of all that decides who logs in where,
// what for, and how the service is found and trusted. No secret goes in: a
// new password is the same login, and a file's name gives none away.
func (c Cloud) LoginName() string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q %q %q %q %q %t\n", c.AuthType, c.AuthURL, c.Endpoint, c.Region, c.Interface, c.Insecure)
	for _, s := range settings {
		if v := c.get(s.Key); v != "" && !s.Secret && s.Key != "auth_type" {
			_, _ = fmt.Fprintf(h, "%s %q\n", s.Key, v)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// IsFor is whether a login of a user for a project, as the identity service
// named them, is the one that the settings ask for. What they leave open (the
// user behind an application credential, the project of a trust) is not compared.
// Some databases do not tell upper from lower case.
func (c Cloud) IsFor(user, project, projectID string) bool {
	if name := c.get("username"); c.AuthType == Password && name != "" && !strings.EqualFold(name, user) {
		return false
	}
	if c.get("trust_id") != "" || c.get("system_scope") != "" || c.AuthType == ApplicationCredential {
		return true
	}
	if id := c.get("project_id"); id != "" {
		return strings.EqualFold(id, projectID)
	}
	name := c.get("project_name")
	return name == "" || strings.EqualFold(name, project)
}
