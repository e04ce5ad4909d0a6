package flow

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// faulty is the real program in a real terminal, with the form open on an
// image of a service that can be told to go wrong.
type faulty struct {
	*terminal.Terminal
	t      *testing.T
	server *demo.Server
	url    string
}

func onFaults(t *testing.T, password bool, texts ...string) faulty {
	t.Helper()
	server := demo.New(demo.Options{Still: true})
	running, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = running.Close(ctx)
	})
	f := faulty{t: t, server: server, url: running.URL}
	f.fault(texts...)
	args := []string{"--os-auth-type", "none", "--os-endpoint", running.URL}
	if password {
		args = []string{"--os-auth-url", running.AuthURL, "--os-username", demo.Username, "--os-password", demo.Password,
			"--os-project-name", demo.Project, "--os-user-domain-name", demo.Domain, "--os-project-domain-name", demo.Domain}
	}
	f.Terminal = run(t, 100, 30, nil, args...)
	return f
}

func (f faulty) fault(texts ...string) {
	f.t.Helper()
	var list []faults.Fault
	for _, text := range texts {
		one, err := faults.Parse(text)
		if err != nil {
			f.t.Fatal(err)
		}
		list = append(list, one)
	}
	f.server.Faults().Set(list...)
}

// reviewed opens the form, renames the image and goes on to the review.
func (f faulty) reviewed() {
	f.t.Helper()
	pick(f.Terminal, "Fedora 17")
	f.Press("e")
	f.WaitFor("Edit Fedora 17", "No changes yet")
	f.Type(" Server")
	f.WaitFor("1 operation")
	f.Press("ctrl+s")
	f.WaitFor("Review", "rename")
}

// has: so many edits came, and the service calls the image so.
func (f faulty) has(edits int, name string) {
	f.t.Helper()
	if n := f.server.Faults().Arrived("patch"); n != edits {
		f.t.Errorf("%d edits came to the service, want %d", n, edits)
	}
	f.fault()
	found := find(f.t, f.url, name)
	if found.Status != model.StatusQueued {
		f.t.Errorf("it is %s", found.Status)
	}
}

func TestTheAnswerIsLostAfterTheEditWasApplied(t *testing.T) {
	t.Parallel()
	f := onFaults(t, false)
	f.reviewed()
	f.fault("patch:drop-after")
	f.Press("enter")
	f.WaitFor("no response", "applied nevertheless", "was lost before the response arrived.")
	if screen := f.Screen(); strings.Contains(screen, "may or may not have been") || strings.Contains(screen, "may have been") {
		t.Errorf("what is known is said to be not known:\n%s", screen)
	}
	f.has(1, "Fedora 17 Server")
	f.Press("esc")
	f.WaitFor("NAME", "Fedora 17 Server")
}

func TestTheConnectionIsCutBeforeTheEdit(t *testing.T) {
	t.Parallel()
	f := onFaults(t, false)
	f.reviewed()
	f.fault("patch:drop-before@1")
	f.Press("enter")
	f.WaitFor("no response", "not applied so far", "Your input is kept")
	f.has(1, "Fedora 17")
	f.Press("r")
	f.WaitFor("Review", "rename")
	f.Press("enter")
	f.WaitFor("200 OK")
	f.has(2, "Fedora 17 Server")
}

// The token expires between the fresh read and the edit: a login in between,
// and the edit goes through as if nothing had been.
func TestTheTokenExpiresInTheMiddleOfAnEdit(t *testing.T) {
	t.Parallel()
	f := onFaults(t, true)
	f.reviewed()
	before := f.server.Faults().Arrived("token")
	f.fault("patch:401@1")
	f.Press("enter")
	f.WaitFor("200 OK", "Fedora 17 Server")
	if n := f.server.Faults().Arrived("token") - before; n != 1 {
		t.Errorf("%d logins", n)
	}
	if n := f.server.Faults().CarriedOut("patch"); n != 1 {
		t.Errorf("%d edits were applied", n)
	}
	f.has(2, "Fedora 17 Server")
}

func TestAProxyAnswersTheEdit(t *testing.T) {
	t.Parallel()
	f := onFaults(t, false)
	f.reviewed()
	f.fault("patch:html")
	f.Press("enter")
	f.WaitFor("not applied", "this may not be an Image service", "Welcome to the network")
	f.has(1, "Fedora 17")
	f.Press("esc")
	f.WaitFor("Edit Fedora 17", "Fedora 17 Server", "1 operation")
}

func TestAListWithoutAnEnd(t *testing.T) {
	t.Parallel()
	f := onFaults(t, false, "list:endless")
	f.WaitFor("NAME", "Fedora 17")
	f.reviewed()
	if n := f.server.Faults().Arrived("list"); n > 8 {
		t.Errorf("%d pages were asked for", n)
	}
	f.Press("enter")
	f.WaitFor("200 OK")
	f.has(1, "Fedora 17 Server")
}
