package cli

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFaultHelp(t *testing.T) {
	run("", "demo-server", "--fault", "help").expect(t, 0, "drop-after", "")
	run("", "demo-server", "--fault", "drop").expect(t, 2, "", `"drop" is no fault; there are delay,`)
	run("", "demo-server", "--fault", "patch:503,retry-after=soon").expect(t, 2, "", "retry-after takes whole seconds")
	for _, line := range strings.Split(aboutFaults(), "\n") {
		if len(line) > helpWidth {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}

// The faults of the command line strike, and each strike is told.
func TestFaultsOfTheDemoServer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, lines := io.Pipe()
	errs := &lockedText{}
	c := &demoServerCommand{options: newOptions(), streams: &streams{out: lines, err: errs}, listen: "127.0.0.1:0"}
	for _, f := range []string{"versions:500@2", "list:html"} {
		if err := c.faults.Set(f); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- c.run(ctx, nil) }()
	said := make([]byte, 4096)
	n, err := out.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(said[:n]), "# Image service: ")
	url := strings.Fields(rest)[0]
	codes := ""
	for range 3 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/versions", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		codes += res.Status[:1]
	}
	if codes != "252" {
		t.Errorf("answers %s", codes)
	}
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Minute):
		t.Fatal("it does not end")
	}
	if !strings.Contains(errs.String(), "GET /versions: versions:500@2\n") || strings.Count(errs.String(), "/versions") != 1 {
		t.Errorf("said %q", errs.String())
	}
}

// lockedText takes what several goroutines write.
type lockedText struct {
	mu sync.Mutex
	strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Builder.Write(p)
}
