package client

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
)

// authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Authority"}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{cert: cert, key: key, file: filepath.Join(t.TempDir(), "ca.pem")}
	writePEM(t, a.file, "CERTIFICATE", der)
	return a
}

func writePEM(t *testing.T, path, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// issue signs a certificate for a host, or for a client where host is "".
func (a *authority) issue(t *testing.T, host string, from, to time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "anna"}, NotBefore: from, NotAfter: to}
	tmpl.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if host != "" {
		tmpl.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		if ip := net.ParseIP(host); ip != nil {
			tmpl.IPAddresses = []net.IP{ip}
		} else {
			tmpl.DNSNames = []string{host}
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func (a *authority) valid(t *testing.T, host string) tls.Certificate {
	t.Helper()
	return a.issue(t, host, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
}

// files writes a certificate and its key.
func files(t *testing.T, c tls.Certificate) (cert, key string) {
	t.Helper()
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	writePEM(t, cert, "CERTIFICATE", c.Certificate[0])
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, key, "PRIVATE KEY", der)
	return cert, key
}

// encrypted starts an https server that answers with an image.
func encrypted(t *testing.T, conf *tls.Config) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 200, imageJSON("a")) }))
	s.TLS = conf
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// noAuth connects to a plain endpoint by the settings given, as a user would.
func noAuth(t *testing.T, endpoint string, settings map[string]string) *Client {
	t.Helper()
	flags := map[string]string{"os-auth-type": "none", "os-endpoint": endpoint}
	for k, v := range settings {
		flags[k] = v
	}
	c, err := Connect(background(), Options{Flags: flags, Sources: nowhere, patience: &impatient})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// nowhere is a configuration without files and variables.
var nowhere = config.Sources{Getenv: func(string) string { return "" }, Dirs: []string{}}

func TestCertificates(t *testing.T) {
	ca, other := newAuthority(t), newAuthority(t)
	ours := ca.valid(t, "127.0.0.1")
	past := ca.issue(t, "127.0.0.1", time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	future := ca.issue(t, "127.0.0.1", time.Now().Add(24*time.Hour), time.Now().Add(48*time.Hour))
	wrong := ca.valid(t, "cloud.example.com")
	me := ca.valid(t, "")
	meCert, meKey := files(t, me)
	stranger := other.valid(t, "")
	strangerCert, strangerKey := files(t, stranger)
	clients := x509.NewCertPool()
	clients.AddCert(ca.cert)
	open := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	closed := func(version uint16) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{ours}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MaxVersion: version}
	}
	tests := []struct {
		name     string
		server   *tls.Config
		settings map[string]string
		means    string // "" when it works
	}{
		{"trusted", open(ours), map[string]string{"os-cacert": ca.file}, ""},
		{"unknown authority", open(ours), nil, "not signed by a trusted CA"},
		{"another authority", open(ours), map[string]string{"os-cacert": other.file}, "not signed by a trusted CA"},
		{"not verified", open(ours), map[string]string{"insecure": "true"}, ""},
		{"expired", open(past), map[string]string{"os-cacert": ca.file}, "expired on"},
		{"not yet valid", open(future), map[string]string{"os-cacert": ca.file}, "not valid before"},
		{"another name", open(wrong), map[string]string{"os-cacert": ca.file}, "is for other names: cloud.example.com"},
		{"client certificate", closed(0), map[string]string{"os-cacert": ca.file, "os-cert": meCert, "os-key": meKey}, ""},
		{"client certificate missing", closed(tls.VersionTLS13), map[string]string{"os-cacert": ca.file}, "requires a client certificate"},
		{"client certificate missing, TLS 1.2", closed(tls.VersionTLS12), map[string]string{"os-cacert": ca.file}, "client certificate"},
		{"client certificate of a stranger", closed(0), map[string]string{"os-cacert": ca.file, "os-cert": strangerCert, "os-key": strangerKey}, "client certificate"},
		{"outdated", &tls.Config{Certificates: []tls.Certificate{ours}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, map[string]string{"os-cacert": ca.file}, "outdated versions of TLS"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := noAuth(t, encrypted(t, tt.server), tt.settings)
			_, err := c.Get(background(), "a")
			if tt.means == "" {
				if err != nil {
					t.Fatal(err)
				}
				if c.Session().Insecure != (tt.settings["insecure"] == "true") {
					t.Error("the session does not say whether certificates are verified")
				}
				return
			}
			f := failureOf(t, err, api.FailedNetwork, tt.means)
			_, _, err = c.Patch(background(), "a", rename)
			failed(t, err, f.Kind, tt.means)
		})
	}
}

func TestSchemeMixedUp(t *testing.T) {
	ca := newAuthority(t)
	url := encrypted(t, &tls.Config{Certificates: []tls.Certificate{ca.valid(t, "127.0.0.1")}})
	_, err := noAuth(t, strings.Replace(url, "https", "http", 1), nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "expects https")

	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, err = noAuth(t, strings.Replace(plain.URL, "http", "https", 1), nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "speaks http, not https")

	l := speaks(t, "<!DOCTYPE HTML><p>Bad request")
	_, err = noAuth(t, "https://"+l, nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "speaks http, not https")
	l = speaks(t, "SSH-2.0-OpenSSH_9.9\r\n")
	_, err = noAuth(t, "https://"+l, nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "does not speak https")

	// A server that only says an alert, as most others than Go's do.
	l = speaks(t, "\x15\x03\x01\x00\x02\x02\x46")
	_, err = noAuth(t, "http://"+l, nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "expects https, not http")

	l = speaks(t, "SSH-2.0-OpenSSH_9.9\r\n")
	_, err = noAuth(t, "http://"+l, nil).Get(background(), "a")
	failed(t, err, api.FailedConfigured, "does not respond with HTTP")
}

// speaks listens, says a text to whoever comes, and gives its address.
func speaks(t *testing.T, text string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(5 * time.Minute))
				_, _ = conn.Read(make([]byte, 4096))
				_, _ = io.WriteString(conn, text)
			}()
		}
	}()
	return l.Addr().String()
}

func TestUnknownHosts(t *testing.T) {
	c := noAuth(t, "http://no-such-host.invalid:9292", nil)
	ctx, cancel := context.WithTimeout(background(), 5*time.Minute)
	defer cancel()
	_, err := c.Get(ctx, "a")
	f := failureOf(t, err, api.FailedNetwork, "no-such-host.invalid")
	t.Log(f.Means, f.Advice)
}
