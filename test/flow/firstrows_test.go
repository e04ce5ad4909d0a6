package flow

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	realglance "github.com/glance-tui/glance-tui/test/real"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// BenchmarkFirstRows is from the command to the first rows in the terminal's
// input: all of it (ms), and what is left above the time that the servers took
// for the token and the page (ms-above). Medians. The servers are the embedded
// one with --demo, one that is far away, and a real Keystone and Glance behind
// a relay; with a kept token the second start is measured.
func BenchmarkFirstRows(b *testing.B) {
	b.Run("demo", func(b *testing.B) { firstRows(b, nil, 0, "Fedora 17", "--demo") })
	for _, c := range []struct {
		name    string
		latency time.Duration
		keep    []string
	}{
		{"near", 0, nil}, {"150 ms away", 150 * time.Millisecond, nil}, {"150 ms away, token kept", 150 * time.Millisecond, []string{"--keep-token"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := record(b, demo.Options{Still: true, Images: 1000, Latency: c.latency})
			firstRows(b, r, 2-len(c.keep), "Fedora 17", c.keep...)
		})
	}
	for name, keep := range map[string][]string{"real": nil, "real, token kept": {"--keep-token"}} {
		b.Run(name, func(b *testing.B) {
			s := realglance.Find(b)
			r := relay(b, s)
			firstRows(b, r, 2-len(keep), "STATUS", append(keep, "--os-auth-url", r.url+"/v3", "--os-username", s.Users["admin"].Name, "--os-password", s.Users["admin"].Password,
				"--os-project-name", s.Users["admin"].Project, "--os-user-domain-name", "Default", "--os-project-domain-name", "Default", "--os-image-endpoint-override", r.url)...)
		})
	}
}

// relay stands before a real Keystone and Glance.
func relay(b *testing.B, s *realglance.Server) *recorder {
	b.Helper()
	to := func(address string) http.Handler {
		u, err := url.Parse(strings.TrimSuffix(address, "/v3"))
		if err != nil {
			b.Fatal(err)
		}
		proxy := httputil.NewSingleHostReverseProxy(u)
		proxy.ErrorLog = log.New(io.Discard, "", 0) // who quits waits for no answer
		return proxy
	}
	r, keystone, glance := &recorder{}, to(s.KeystoneURL), to(s.Glance["main"])
	r.stand(b, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasPrefix(req.URL.Path, "/v3") {
			keystone.ServeHTTP(w, req)
			return
		}
		glance.ServeHTTP(w, req)
	}))
	return r
}

// firstRows starts the program again and again, until a text is in its output.
// The servers' time is that of the first n requests.
func firstRows(b *testing.B, r *recorder, n int, shows string, args ...string) {
	home := b.TempDir()
	var all, above []float64
	start := func() (took, served time.Duration) {
		cmd := exec.Command(program, append(args, "--refresh", "0")...)
		cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + home}
		from := 0
		if r != nil {
			from = len(r.requests())
			if r.server != nil {
				cmd.Env = append(cmd.Env, r.env()...)
			}
		}
		begun := time.Now()
		m := terminal.Start(b, 120, 40, cmd)
		for !bytes.Contains(m.Raw(), []byte(shows)) {
			if time.Since(begun) > terminal.Patience {
				b.Fatalf("no %q:\n%s", shows, m.Screen())
			}
			time.Sleep(200 * time.Microsecond)
		}
		took = time.Since(begun)
		if r != nil {
			served = r.served(from, n)
		}
		m.Press("q")
		m.WaitExit()
		return took, served
	}
	start() // keeps the token
	for b.Loop() {
		took, served := start()
		all, above = append(all, float64(took.Microseconds())/1000), append(above, float64((took-served).Microseconds())/1000)
	}
	slices.Sort(all)
	slices.Sort(above)
	b.ReportMetric(all[len(all)/2], "ms")
	b.ReportMetric(above[len(above)/2], "ms-above")
}
