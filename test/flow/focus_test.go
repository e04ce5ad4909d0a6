package flow

import (
	"bytes"
	"testing"
)

// The terminal is asked to tell of its focus, and no longer when the program has
// ended. What it tells is nothing that someone typed.
func TestFocusReports(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	m.WaitFor("STATUS")
	const on, off = "\x1b[?1004h", "\x1b[?1004l"
	if !bytes.Contains(m.Raw(), []byte(on)) {
		t.Error("the terminal is not asked to tell of its focus")
	}
	m.Send("\x1b[O\x1b[I")
	m.Press("/")
	m.Send("\x1b[O\x1b[Ifedora\x1b[O\x1b[I")
	m.WaitFor("/ fedora")
	m.Press("esc", "q")
	if code := m.WaitExit(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	raw := m.Raw()
	if bytes.LastIndex(raw, []byte(off)) < bytes.LastIndex(raw, []byte(on)) {
		t.Error("the terminal goes on telling after the end")
	}
}
