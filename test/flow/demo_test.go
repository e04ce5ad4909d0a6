package flow

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestReadmeStory is the main job on the embedded service: find the queued
// image, add a tag, rename it, add a location, see three operations in words,
// send, see it become active.
func TestReadmeStory(t *testing.T) {
	t.Parallel()
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"160x45", 160, 45}} {
		t.Run(size.name, func(t *testing.T) {
			m := run(t, size.width, size.height, nil, "--demo")
			story(t, m, "Fedora 17", "http://mirror.example.org/fedora/f17-server.qcow2")
		})
	}
}

// story plays the README's scenario on a queued image whose formats are set.
func story(t *testing.T, m *terminal.Terminal, image, location string) {
	t.Helper()
	m.WaitFor("NAME", "STATUS")
	m.Press("/")
	m.Type("status:queued " + image)
	m.WaitFor(image, "1 of ")
	m.Press("enter", "e")

	m.WaitFor("Edit "+image, "Name", "No changes yet")
	m.Type(" Server")
	m.WaitFor("1 operation")
	m.Press("tab")
	m.Type("lts,")
	m.WaitFor("2 operations")
	focusOn(m, "add a location")
	m.Type(location)
	m.WaitFor("3 operations")

	m.Press("ctrl+s")
	m.WaitFor("Review", "rename", "tags", "location", location, "active")
	m.Press("enter")
	m.WaitFor("200 OK", "active", "as predicted")
	m.Press("esc")
	m.WaitFor("NAME", image+" Server", "● active")
	m.Press("q")
	if code := m.WaitExit(); code != 0 {
		t.Errorf("exit status %d", code)
	}
}

// focusOn walks with the tab key until the line with the cursor holds a text.
func focusOn(m *terminal.Terminal, text string) {
	for range 100 {
		m.Settle()
		for line := range strings.Lines(m.Screen()) {
			if strings.Contains(line, "▸") && strings.Contains(line, text) {
				return
			}
		}
		m.Press("tab")
	}
	m.WaitFor("the focus on " + text) // which fails, and shows the screen
}
