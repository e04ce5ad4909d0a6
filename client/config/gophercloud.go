package config

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gophercloud/gophercloud/v2"
)

// Options are what gophercloud needs to log in. They allow renewal of the
// token wherever the proof of identity can be used again.
//
// gophercloud's own reader of clouds.yaml would do this too; it brings a second
// YAML library and knows neither passcodes nor where a setting came from.
func (c Cloud) Options() (gophercloud.AuthOptions, error) {
	scope, err := c.scope()
	if err != nil {
		return gophercloud.AuthOptions{}, err
	}
	ao := gophercloud.AuthOptions{
		IdentityEndpoint: c.get("auth_url"),
		Username:         c.get("username"),
		UserID:           c.get("user_id"),
		Password:         c.get("password"),
		Passcode:         c.get("passcode"),
		DomainID:         cmp.Or(c.get("user_domain_id"), c.get("domain_id")),
		DomainName:       cmp.Or(c.get("user_domain_name"), c.get("domain_name")),
		// Keystone v2.0 takes the project from here.
		TenantID:                    c.get("project_id"),
		TenantName:                  c.get("project_name"),
		TokenID:                     c.get("token"),
		Scope:                       scope,
		ApplicationCredentialID:     c.get("application_credential_id"),
		ApplicationCredentialName:   c.get("application_credential_name"),
		ApplicationCredentialSecret: c.get("application_credential_secret"),
		AllowReauth:                 c.AuthType != Token,
	}
	if c.AuthType == Token {
		// A domain here is the scope, not the user's: gophercloud refuses it
		// beside a token.
		ao.DomainID, ao.DomainName = "", ""
	}
	return ao, nil
}

// scope is what the token is to be good for; nil leaves it to Keystone. The
// narrowest setting counts: a trust, the system, a project, a domain.
func (c Cloud) scope() (*gophercloud.AuthScope, error) {
	system := c.get("system_scope")
	switch {
	case c.get("trust_id") != "":
		return &gophercloud.AuthScope{TrustID: c.get("trust_id")}, nil
	case system != "" && system != "all":
		return nil, fail(fmt.Sprintf("system_scope of %s is not \"all\"", c.Title()), "the only supported value is all", nil)
	case system != "":
		return &gophercloud.AuthScope{System: true}, nil
	case c.get("project_id") != "":
		return &gophercloud.AuthScope{ProjectID: c.get("project_id")}, nil
	case c.get("project_name") != "":
		return &gophercloud.AuthScope{
			ProjectName: c.get("project_name"),
			DomainID:    cmp.Or(c.get("project_domain_id"), c.get("domain_id")),
			DomainName:  cmp.Or(c.get("project_domain_name"), c.get("domain_name")),
		}, nil
	case c.get("domain_id") != "":
		return &gophercloud.AuthScope{DomainID: c.get("domain_id")}, nil
	case c.get("domain_name") != "":
		return &gophercloud.AuthScope{DomainName: c.get("domain_name")}, nil
	}
	return nil, nil
}

// keyFile is the client certificate's key; one file may hold both.
func (c Cloud) keyFile() string {
	if key := c.get("key"); key != "" {
		return key
	}
	return c.get("cert")
}

// TLS is how to talk to the cloud's services: TLS 1.2 or later, verified by
// the system's authorities or by those of cacert alone, with the client
// certificate where one is configured. An error is a *api.Failure that names
// the file.
func (c Cloud) TLS() (*tls.Config, error) {
	conf := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Insecure} //nolint:gosec // asked for by the user, and shown in the header
	if path := c.Authorities(); path != "" {
		pem, err := authorities(c.authority, path)
		if err != nil {
			return nil, err
		}
		conf.RootCAs = x509.NewCertPool()
		if !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fail(fmt.Sprintf("The %s file %s holds no certificate", c.authority, path), "point "+c.authority+" at a PEM file with the authority's certificate", nil)
		}
	}
	cert := c.get("cert")
	if cert == "" {
		if key := c.get("key"); key != "" {
			return nil, fail("A client key is configured without its certificate", "set cert (OS_CERT) too", nil)
		}
		return conf, nil
	}
	certPEM, err := pemFile("cert", cert)
	if err != nil {
		return nil, err
	}
	keyPEM, err := pemFile("key", c.keyFile())
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return nil, fail(fmt.Sprintf("The client certificate %s and the key %s do not form a valid pair", cert, c.keyFile()),
			"set cert and key to PEM files that belong together; the key must not be encrypted", nil)
	}
	conf.Certificates = []tls.Certificate{pair}
	return conf, nil
}

// authorities reads a PEM file, or all files of a folder as c_rehash makes it.
// key is what named it.
func authorities(key, path string) ([]byte, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return pemFile(key, path)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	var all []byte
	for _, e := range entries {
		text, err := readRegular(filepath.Join(path, e.Name()), maxPEM)
		if err != nil {
			continue // a folder in it, a link that leads nowhere
		}
		if all = append(append(all, text...), '\n'); len(all) > maxPEM {
			return nil, tooLarge(path, maxPEM, "authorities")
		}
	}
	return all, nil
}

func pemFile(key, path string) ([]byte, error) {
	data, err := readRegular(path, maxPEM)
	remedy := "correct " + key + " in clouds.yaml or its variable"
	if strings.HasSuffix(key, "_CA_BUNDLE") {
		remedy = "correct or unset " + key
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(fmt.Sprintf("The %s file %s does not exist", key, path), remedy, fs.ErrNotExist)
	case errors.Is(err, errTooLarge):
		return nil, tooLarge(path, maxPEM, "certificates")
	case errors.Is(err, errNotRegular):
		return nil, fail(fmt.Sprintf("The %s file %s is not a regular file", key, path), remedy, err)
	case err != nil:
		return nil, unreadable(path, err)
	}
	return data, nil
}
