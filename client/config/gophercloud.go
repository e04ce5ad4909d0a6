package config

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/config/clouds"
)

// Options are what gophercloud needs to log in: the merged settings go through
// clouds.Parse as the one cloud of a document that holds nothing else.
//
// The authentication options allow renewal of the token wherever the proof of
// identity can be used again.
func (c Cloud) Options() (gophercloud.AuthOptions, error) {
	given := make(map[string]string)
	for _, s := range settings {
		if v := c.get(s.Key); s.Auth && v != "" {
			given[s.Key] = v
		}
	}
	doc, err := json.Marshal(map[string]any{"clouds": map[string]any{"chosen": map[string]any{"auth": given}}})
	if err != nil {
		return gophercloud.AuthOptions{}, err
	}
	ao, _, _, err := clouds.Parse(
		clouds.WithCloudName("chosen"),
		clouds.WithCloudsYAML(bytes.NewReader(escapeForYAML(doc))),
		// Parse would take these from the process's environment otherwise.
		clouds.WithRegion(c.Region), clouds.WithEndpointType(c.Interface),
		clouds.WithCACertPath(c.get("cacert")), clouds.WithClientCertPath(c.get("cert")), clouds.WithClientKeyPath(c.keyFile()),
		clouds.WithInsecure(c.Insecure),
	)
	if err != nil {
		return gophercloud.AuthOptions{}, fail(fmt.Sprintf("The settings of %s do not fit together", c.Title()), "compare them with an openrc file of the dashboard", nil)
	}
	ao.Passcode = c.get("passcode") // clouds.Parse knows none
	switch c.AuthType {
	case Token:
		// A domain here is the scope, not the user's: gophercloud refuses it
		// beside a token.
		ao.DomainID, ao.DomainName = "", ""
	default:
		ao.AllowReauth = true
	}
	return ao, nil
}

// escapeForYAML escapes the characters that JSON may hold plain and YAML may
// not, in strings, where alone they can occur.
func escapeForYAML(doc []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(doc) {
		if r >= 0x7f && r < 0xa0 || r == 0xfeff || r == 0xfffe || r == 0xffff {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.Bytes()
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
// certificate where one is configured. An error is a *model.Failure that names
// the file.
func (c Cloud) TLS() (*tls.Config, error) {
	conf := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Insecure} //nolint:gosec // asked for by the user, and shown in the header
	if path := c.get("cacert"); path != "" {
		pem, err := pemFile("cacert", path)
		if err != nil {
			return nil, err
		}
		conf.RootCAs = x509.NewCertPool()
		if !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fail(fmt.Sprintf("The cacert file %s holds no certificate", path), "point cacert at a PEM file with the authority's certificate", nil)
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
		return nil, fail(fmt.Sprintf("The client certificate %s and the key %s are no usable pair", cert, c.keyFile()),
			"set cert and key to PEM files that belong together; the key must not be encrypted", nil)
	}
	conf.Certificates = []tls.Certificate{pair}
	return conf, nil
}

func pemFile(key, path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(fmt.Sprintf("The %s file %s does not exist", key, path), "correct "+key+" in clouds.yaml or its variable", fs.ErrNotExist)
	case err != nil:
		return nil, unreadable(path, err)
	}
	return data, nil
}
