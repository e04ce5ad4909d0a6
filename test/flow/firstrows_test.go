package flow

import (
	"bytes"
	"fmt"
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
// input (ms), what of it is above the time that the servers took for the token
// and the page (ms-above), and a shell script with curl that makes the same
// requests in turn with it (curl-ms, and the ratio pair by pair). Medians. The
// servers are the embedded one with --demo, one that is far away, and a real
// Keystone and Glance behind a relay; where the token is kept, curl has one too.
func BenchmarkFirstRows(b *testing.B) {
	b.Run("demo", func(b *testing.B) { opening{shows: "Fedora 17", args: []string{"--demo"}}.measure(b) })
	for _, c := range []struct {
		name    string
		latency time.Duration
		keep    bool
	}{
		{"near", 0, false}, {"150 ms away", 150 * time.Millisecond, false}, {"150 ms away, token kept", 150 * time.Millisecond, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := record(b, demo.Options{Still: true, Images: 1000, Latency: c.latency})
			opening{shows: "Fedora 17", keep: c.keep, cloud: r, env: r.env(), image: r.url}.measure(b)
		})
	}
	for name, keep := range map[string]bool{"real": false, "real, token kept": true} {
		b.Run(name, func(b *testing.B) {
			s := realglance.Find(b)
			r, who := relay(b, s), s.Users["admin"]
			opening{shows: "STATUS", keep: keep, cloud: r, image: r.url, env: []string{
				"OS_AUTH_URL=" + r.url + "/v3", "OS_USERNAME=" + who.Name, "OS_PASSWORD=" + who.Password, "OS_PROJECT_NAME=" + who.Project,
				"OS_USER_DOMAIN_NAME=" + who.Domain, "OS_PROJECT_DOMAIN_NAME=" + who.ProjectDomain, "OS_IMAGE_ENDPOINT_OVERRIDE=" + r.url,
			}}.measure(b)
		})
	}
}

// relay is a proxy before a real Keystone and Glance.
func relay(b *testing.B, s *realglance.Server) *recorder {
	b.Helper()
	to := func(address string) http.Handler {
		u, err := url.Parse(strings.TrimSuffix(address, "/v3"))
		if err != nil {
			b.Fatal(err)
		}
		proxy := httputil.NewSingleHostReverseProxy(u)
		proxy.ErrorLog = log.New(io.Discard, "", 0) // who quits waits for no response
		return proxy
	}
	r, keystone, glance := &recorder{}, to(s.KeystoneURL), to(s.Glance["main"])
	r.inFront(b, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasPrefix(req.URL.Path, "/v3") {
			keystone.ServeHTTP(w, req)
			return
		}
		glance.ServeHTTP(w, req)
	}))
	return r
}

// opening is a way to start the program.
type opening struct {
	args, env []string
	keep      bool
	shows     string // is in the output once the rows are
	cloud     *recorder
	image     string // the Image service's URL
}

// rest lets a server finish what no one waits for any more: pages that the
// last program was about to read.
const rest = 300 * time.Millisecond

// ours starts the program in a terminal until the rows are there, and tells
// how long the servers took for what that needs.
func (s opening) ours(b *testing.B, home string) (took, served time.Duration) {
	b.Helper()
	cmd := exec.Command(program, append(s.args, "--refresh", "0", fmt.Sprintf("--keep-token=%t", s.keep))...)
	cmd.Env = append([]string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + home}, s.env...)
	from := 0
	if s.cloud != nil {
		from = len(s.cloud.requests())
	}
	time.Sleep(rest)
	begun := time.Now()
	m := terminal.Start(b, 120, 40, cmd)
	for !bytes.Contains(m.Raw(), []byte(s.shows)) {
		if time.Since(begun) > terminal.Timeout {
			b.Fatalf("no %q:\n%s", s.shows, m.Screen())
		}
		time.Sleep(200 * time.Microsecond)
	}
	took = time.Since(begun)
	if s.cloud != nil {
		served = s.cloud.served(from, s.requests())
	}
	m.Press("q")
	m.WaitExit()
	return took, served
}

// requests are how many come before the rows.
func (s opening) requests() int {
	if s.keep {
		return 1
	}
	return 2
}

// curl makes the same requests, and gives the token for the next time.
func (s opening) curl(b *testing.B, token string) (took time.Duration, _ string) {
	b.Helper()
	const script = `
[ -n "$token" ] || token=$(curl -sSi -H 'Content-Type: application/json' -d "{\"auth\": {\"identity\": {\"methods\": [\"password\"],
  \"password\": {\"user\": {\"name\": \"$OS_USERNAME\", \"password\": \"$OS_PASSWORD\", \"domain\": {\"name\": \"$OS_USER_DOMAIN_NAME\"}}}},
  \"scope\": {\"project\": {\"name\": \"$OS_PROJECT_NAME\", \"domain\": {\"name\": \"$OS_PROJECT_DOMAIN_NAME\"}}}}}" \
  "$OS_AUTH_URL/auth/tokens" | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: *\([^[:space:]]*\).*/\1/p')
curl -sSf -o /dev/null -H "X-Auth-Token: $token" "$image/v2/images?limit=25&sort_dir=desc&sort_key=created_at&visibility=all" && echo "$token"`
	cmd := exec.Command("sh", "-c", script)
	cmd.Env, cmd.Stderr = append([]string{"PATH=" + os.Getenv("PATH"), "image=" + s.image, "token=" + token}, s.env...), os.Stderr
	time.Sleep(rest)
	begun := time.Now()
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("curl: %v", err)
	}
	return time.Since(begun), strings.TrimSpace(string(out))
}

func (s opening) measure(b *testing.B) {
	home, token := b.TempDir(), ""
	_, err := exec.LookPath("curl")
	curl := err == nil && s.cloud != nil
	if curl && s.keep {
		_, token = s.curl(b, "")
	}
	s.ours(b, home) // the first one may have a login to keep
	var all, above, theirs, ratios []float64
	for b.Loop() {
		took, served := s.ours(b, home)
		all, above = append(all, ms(took)), append(above, ms(took-served))
		if curl {
			base, _ := s.curl(b, token)
			theirs, ratios = append(theirs, ms(base)), append(ratios, float64(took)/float64(base))
		}
	}
	b.ReportMetric(median(all), "ms")
	if s.cloud != nil {
		b.ReportMetric(median(above), "ms-above")
	}
	if curl {
		b.ReportMetric(median(theirs), "curl-ms")
		b.ReportMetric(median(ratios), "ratio")
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}
