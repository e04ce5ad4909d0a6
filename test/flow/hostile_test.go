package flow

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestHostileTextReachesNoTerminal lists, opens, edits, reviews, copies, sends
// and looks back at images whose every text is an attack, in the real program
// and a real terminal, and takes apart every byte that was written there.
func TestHostileTextReachesNoTerminal(t *testing.T) {
	t.Parallel()
	server := newHostileServer(t)
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"160x45", 160, 45}} {
		t.Run(size.name, func(t *testing.T) {
			t.Parallel()
			m := run(t, size.width, size.height, nil, "--os-auth-type", "none", "--os-endpoint", server.url, "--refresh", "0")
			m.WaitFor("NAME", "VISIBILITY", "images")
			for range len(server.names)/(size.height-8) + 2 { // every row is drawn, and beside them the selected image
				m.Press("ctrl+d", "ctrl+d")
			}
			for n := range loaded {
				visit(m, fmt.Sprintf(hostileID, n))
			}
			m.Press("H")
			m.WaitFor("History")
			m.Press("G", "enter", "G", "y", "esc")
			m.Settle()
			m.Press("esc", "D")
			m.WaitFor("Drafts")
			m.Press("G", "g", "?", "esc", ":", "esc", "esc")
			judge(t, m)
			hostile.Summary(t, "%d strings, each as name, tag, property, location and metadata, in a terminal of %s", len(server.names), size.name)
		})
	}
}

// visit does all that can be done with one image.
func visit(m *terminal.Terminal, id string) {
	m.Press("g", "/")
	m.Type(id)
	m.WaitFor("1 of ")
	m.Press("enter", "enter")
	m.WaitFor("Overview", "Properties")
	m.Press("tab", "G", "tab", "G", "tab", "G", "tab")
	m.WaitFor("checksum")
	m.Press("G", "y", "e")
	m.WaitFor("Edit ", "Name")
	m.Type(" x")
	m.WaitFor("1 operation")
	for range 12 {
		m.Press("tab")
	}
	m.Press("ctrl+s")
	m.WaitFor("Review", "rename")
	m.Press("G", "y", "c", "o", "enter")
	m.WaitFor("409")
	m.Press("G", "tab", "G", "y", "esc")
	m.WaitFor("Edit ")
	m.Press("ctrl+d", "esc")
	m.Settle()
	for range 3 {
		if strings.Contains(m.Screen(), "VISIBILITY") {
			break
		}
		m.Press("esc")
	}
	m.WaitFor("VISIBILITY")
	m.Press("esc")
	m.WaitFor("newest first") // an escape that is read together with the next key is another key
}

// judge holds what a program wrote so far against the list of what it may.
func judge(t *testing.T, m *terminal.Terminal) {
	t.Helper()
	raw := m.Raw()
	for _, said := range hostile.Stream(raw) {
		t.Errorf("the terminal got %s", said)
	}
	for _, a := range hostile.Obeyed(raw) {
		t.Errorf("%q is written as it is", a.Text)
	}
	copied := hostile.Clipboard(raw)
	if len(copied) == 0 {
		t.Error("nothing was copied")
	}
	for _, text := range copied {
		for _, said := range hostile.Plain([]byte(text)) {
			t.Errorf("the clipboard got %s in %q", said, text)
		}
	}
}

// TestHostileTextReachesNoOutput: the commands, with what they print and what
// they complain of.
func TestHostileTextReachesNoOutput(t *testing.T) {
	t.Parallel()
	server := newHostileServer(t)
	connect := []string{"--os-auth-type", "none", "--os-endpoint", server.url}
	first := fmt.Sprintf(hostileID, 0)
	commands := [][]string{
		{"list"}, {"list", "--format", "json"}, {"list", "name:~x", "tag:\x1b[31m\u202e"}, {"list", "no\x1b[2Jsuch:\u202efilter"},
		{"show", first}, {"show", first, "--format", "yaml"}, {"show", "no \x1b[2J such\u202e"}, {"show", "00000000-0000-0000-0000-000000000000"},
		{"history"}, {"history", "--format", "json"},
	}
	for n := range loaded {
		commands = append(commands, []string{"show", fmt.Sprintf(hostileID, n)}, []string{"show", fmt.Sprintf(hostileID, n), "-f", "yaml"})
	}
	for _, c := range commands {
		out, errors := command(t, "", append(connect, c...)...)
		for what, text := range map[string][]byte{"output": out, "error": errors} {
			for _, said := range hostile.Plain(text) {
				t.Errorf("%q: its %s has %s", c, what, said)
			}
		}
	}
	before := `{"id": "a", "name": "x", "status": "queued", "tags": [], "locations": []}`
	for _, text := range server.names {
		wanted := fmt.Sprintf(`{"id": "a", "name": %s, "tags": [%s], "locations": [{"url": %s, "metadata": {%s: %s}}], %s: %s}`,
			bare(text), bare(text), bare("http://"+text), bare("m"+text), bare(text), bare("p"+text), bare(text))
		out, errors := command(t, wanted, "diff", "--explain", file(t, before), "-")
		for _, said := range append(hostile.Plain(out), hostile.Plain(errors)...) {
			t.Errorf("diff of %q: %s", text, said)
		}
	}
	hostile.Summary(t, "%d strings through list, show, diff and history", len(server.names))
}

// command runs a command of the program, with no terminal.
func command(t *testing.T, input string, args ...string) (out, errors []byte) {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdin = home, strings.NewReader(input)
	cmd.Env = []string{"HOME=" + home, "XDG_STATE_HOME=" + home}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // some are to fail
	return stdout.Bytes(), stderr.Bytes()
}

// file keeps a text in a file of the test's own.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
