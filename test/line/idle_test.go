package line

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestIdleIsSilent looks at every screen on which someone may rest: while
// nothing changes, the program asks the service again and again, and the
// terminal gets not one byte.
func TestIdleIsSilent(t *testing.T) {
	t.Parallel()
	m, service, _ := still(t, 100, 120, "1s")
	rests := func(name string) {
		t.Helper()
		m.Silence(long)
		from, looks := len(m.Raw()), arrived(service)
		waitFor(t, name+": two looks at the service", func() bool { return arrived(service) >= looks+2 })
		if got := m.Raw()[from:]; len(got) > 0 {
			t.Errorf("%s: %d bytes while nothing happens: %q", name, len(got), got)
		}
	}
	// Ages of minutes would go on; these are years.
	m.Press("/")
	m.Type("created:>1y updated:>1y status:active")
	rests("the filter line")
	m.Press("enter")
	rests("the list")
	m.Press("enter")
	m.WaitFor("Overview")
	rests("an image")
	m.Press("e")
	m.WaitFor("Edit ")
	rests("the form")
	m.Type("x")
	m.WaitFor("1 operation")
	rests("an edit")
	m.Press("ctrl+s")
	m.WaitFor("Review ")
	rests("the review")
	reads := service.Faults().Arrived("get")
	m.Press("enter")
	m.WaitFor("200 OK")
	// The image is read before, at once and twice more.
	waitFor(t, "the later looks at the image", func() bool { return service.Faults().Arrived("get") >= reads+4 })
	rests("the response")
}

func arrived(s *demo.Server) int { return s.Faults().Arrived("watch") }

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * terminal.Timeout); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: did not come", what)
		}
	}
}
