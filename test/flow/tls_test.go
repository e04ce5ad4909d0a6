package flow

import (
	"io"
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// TestACertificateThatNoOneVouchesFor: refused by default; with --insecure the
// header says all the time what that means.
func TestACertificateThatNoOneVouchesFor(t *testing.T) {
	t.Parallel()
	behind, err := url.Parse(start(t, demo.Options{Still: true}))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(behind) }})
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the refused handshakes
	server.StartTLS()
	t.Cleanup(server.Close)
	connect := []string{"--os-auth-type", "none", "--os-endpoint", server.URL}

	m := run(t, 80, 24, nil, connect...)
	m.WaitFor("Could not", "not signed by a", "cacert")

	m = run(t, 80, 24, nil, append(connect, "--insecure")...)
	m.WaitFor("TLS NOT VERIFIED", "VISIBILITY")
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("TLS NOT VERIFIED", "Edit Fedora 17")
}
