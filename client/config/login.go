package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
