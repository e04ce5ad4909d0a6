package flow

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// kept is the text of all drafts of a home.
func kept(t *testing.T, home string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(home, "state", "glance-tui", "drafts", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		text, _ := os.ReadFile(f) // it may go away while it is looked for
		all.Write(text)
	}
	return all.String()
}

// waitKept waits until a text is on disk.
func waitKept(t *testing.T, home, text string) {
	t.Helper()
	for deadline := time.Now().Add(terminal.Timeout); !strings.Contains(kept(t, home), text); {
		if time.Now().After(deadline) {
			t.Fatalf("%q is not on disk:\n%s", text, kept(t, home))
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestADraftSurvives is the same story with every end that a program can come
// to: what was typed is offered at the next start, and can be sent.
func TestADraftSurvives(t *testing.T) {
	t.Parallel()
	for _, end := range []struct {
		name string
		end  func(*terminal.Terminal)
	}{
		{"kill -9", func(m *terminal.Terminal) { m.Kill(syscall.SIGKILL); m.WaitExit() }},
		{"SIGTERM", func(m *terminal.Terminal) { m.Kill(syscall.SIGTERM); m.WaitExit() }},
		{"SIGHUP, a dropped connection", func(m *terminal.Terminal) { m.Kill(syscall.SIGHUP); m.WaitExit() }},
		{"the terminal closed", (*terminal.Terminal).Close},
		{"ctrl+c", func(m *terminal.Terminal) {
			m.Press("ctrl+c")
			if code := m.WaitExit(); code != 0 {
				t.Errorf("exit status %d", code)
			}
			if said := string(m.Raw()); !strings.Contains(said, "Draft of Fedora 17 saved") {
				t.Errorf("the end says nothing of it")
			}
		}},
	} {
		t.Run(end.name, func(t *testing.T) {
			home, server := t.TempDir(), start(t, demo.Options{Still: true})
			args := []string{"--os-auth-type", "none", "--os-endpoint", server}
			m := runIn(t, home, 80, 24, nil, args...)
			pick(m, "Fedora 17")
			m.Press("e")
			m.WaitFor("Edit Fedora 17")
			m.Type(" Server")
			m.WaitFor("1 operation")
			m.Press("tab")
			m.Send("half")
			waitKept(t, home, `"tag_text":"half"`)
			end.end(m)

			m = runIn(t, home, 80, 24, nil, args...)
			m.WaitFor("NAME", "Draft of Fedora 17 saved")
			m.Press("D")
			m.WaitFor("Drafts", `"Fedora 17 Server"`, "unchanged")
			m.Press("enter")
			m.WaitFor("Edit Fedora 17", "Fedora 17 Server", "half", "2 operations")
			m.Press("ctrl+s")
			m.WaitFor("Review")
			m.Press("enter")
			m.WaitFor("200 OK")
			m.Press("esc")
			m.WaitFor("NAME")
			m.Press("q")
			m.WaitExit()
			if got := find(t, server, "Fedora 17 Server"); !strings.Contains(strings.Join(got.Tags, " "), "half") {
				t.Errorf("the tags are %q", got.Tags)
			}
			if left, _ := filepath.Glob(filepath.Join(home, "state", "glance-tui", "drafts", "*", "*.json")); len(left) > 0 {
				t.Errorf("left over: %v", left)
			}
		})
	}
}

// TestTwoProgramsOnOneDraft: neither overwrites the other's, and each is there
// after both were killed.
func TestTwoProgramsOnOneDraft(t *testing.T) {
	t.Parallel()
	home, server := t.TempDir(), start(t, demo.Options{Still: true})
	args := []string{"--os-auth-type", "none", "--os-endpoint", server}
	edit := func(text string) *terminal.Terminal {
		m := runIn(t, home, 100, 30, nil, args...)
		pick(m, "Fedora 17")
		m.Press("e")
		m.WaitFor("Edit Fedora 17")
		m.Send(text)
		waitKept(t, home, "Fedora 17"+text)
		return m
	}
	first := edit(" one")
	second := edit(" two")
	second.WaitFor("Another glance-tui has a draft of this image open: process")
	first.Send("!")
	waitKept(t, home, "Fedora 17 one!")
	for _, m := range []*terminal.Terminal{first, second} {
		m.Kill(syscall.SIGKILL)
		m.WaitExit()
	}
	m := runIn(t, home, 100, 30, nil, args...)
	m.WaitFor("2 drafts saved")
	m.Press("D")
	m.WaitFor(`"Fedora 17 one!"`)
	m.Press("j")
	m.WaitFor(`"Fedora 17 two"`)
}

// TestAFullDiskStopsNoOne: it is said once, and the edit is sent all the same.
func TestAFullDiskStopsNoOne(t *testing.T) {
	t.Parallel()
	home, server := t.TempDir(), start(t, demo.Options{Still: true})
	// /dev/full takes no byte, and no directory can be made in it: the same to us.
	m := runIn(t, home, 100, 30, []string{"XDG_STATE_HOME=/dev/full"}, "--os-auth-type", "none", "--os-endpoint", server)
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" Server")
	m.WaitFor("Drafts cannot be saved and will be lost when you quit", "1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review")
	m.Press("enter")
	m.WaitFor("200 OK", "This edit could not be recorded in the history")
	find(t, server, "Fedora 17 Server")
	m.Press("esc", "e")
	m.Type("!")
	m.WaitFor("Drafts and history cannot be saved and will be lost when you quit") // it is there for as long as that is so
}
