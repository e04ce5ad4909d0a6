//go:build unix

package flow

import (
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestTerminalsThatCannotDraw are told so in one sentence, and get no sequence.
func TestTerminalsThatCannotDraw(t *testing.T) {
	t.Parallel()
	m, _ := inShell(t, terminal.Line{}, []string{"sh", "-c", `
		TERM=dumb "$PROGRAM" --demo; echo "dumb: $?"
		TERM= "$PROGRAM" --demo; echo "empty: $?"
		unset TERM; "$PROGRAM" --demo; echo "none: $?"
		stty cols 65535 rows 65535; TERM=xterm "$PROGRAM" --demo; echo "huge: $?"; read x`})
	m.WaitFor("dumb: 1", "empty: 1", "none: 1", "huge: 1", "glance-tui list works here", "(TERM=dumb)", "a window of 65535 columns")
	if raw := string(m.Raw()); strings.Contains(raw, "\x1b") {
		t.Errorf("a sequence was written: %q", raw)
	}
}

// TestFunctionKeysOfTheTextConsole: Linux's console sends ESC [ [ A for F1. It is
// help, and none of the others is a letter in a field.
func TestFunctionKeysOfTheTextConsole(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17", "No changes yet")
	for _, key := range []string{"\x1b[[B", "\x1b[[C", "\x1b[[D", "\x1b[[E", "\x1b[[Z", "\x1b[99;99;99;99X"} {
		m.Send(key)
	}
	m.Send("\x1b[[A")
	m.WaitFor("Keys")
	m.Press("esc")
	m.WaitGone("press any key to close")
	m.WaitFor("No changes yet")
}

// TestASequenceThatIsCutIsOneKey, in the real program over a line that holds the
// second half back: an arrow neither leaves the form nor types a letter.
func TestASequenceThatIsCutIsOneKey(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17", "No changes yet")
	for _, cut := range []struct {
		first, second string
		pause         time.Duration
	}{{"\x1b", "[D", 60 * time.Millisecond}, {"\x1b[1;", "5D", 120 * time.Millisecond}, {"\x1b[", "D", 120 * time.Millisecond}} {
		m.Send(cut.first)
		time.Sleep(cut.pause)
		m.Send(cut.second)
	}
	m.Type("-")
	m.WaitFor("Edit Fedora 17", `"Fedora- 17"`)
}

// The keys ctrl+s and ctrl+c as terminals send them on other layouts, in every form
// of the protocols.
var onOtherLayouts = []struct{ name, review, quit string }{
	{"control characters, whatever the layout", "\x13", "\x03"},
	{"kitty, Latin", "\x1b[115;5u", "\x1b[99;5u"},
	{"kitty, Russian, with places", "\x1b[1099::115;5u", "\x1b[1089::99;5u"},
	{"kitty, Russian, without", "\x1b[1099;5u", "\x1b[1089;5u"},
	{"kitty, Greek, with places", "\x1b[963::115;5u", "\x1b[968::99;5u"},
	{"kitty, Greek, without", "\x1b[963;5u", "\x1b[968;5u"},
	{"kitty, Hebrew, with places", "\x1b[1491::115;5u", "\x1b[1489::99;5u"},
	{"kitty, Hebrew, without", "\x1b[1491;5u", "\x1b[1489;5u"},
	{"kitty, Russian, with num lock and caps lock", "\x1b[1099::115;197u", "\x1b[1089::99;197u"},
	{"xterm, Russian", "\x1b[27;5;1099~", "\x1b[27;5;1089~"},
	{"xterm, Greek", "\x1b[27;5;963~", "\x1b[27;5;968~"},
	{"kitty, French: by the letter", "\x1b[115::115;5u", "\x1b[99::99;5u"},
}

func TestBindingsWorkOnEveryLayout(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	pick(m, "Fedora 17")
	for _, c := range onOtherLayouts {
		m.Press("e")
		m.WaitFor("Edit Fedora 17")
		m.Type("ы") // text stays text
		m.WaitFor(`"Fedora 17ы"`)
		m.Send(c.review)
		m.WaitFor("Review Fedora 17")
		m.Press("esc")
		m.WaitFor("Edit Fedora 17")
		m.Press("ctrl+x", "esc")
		m.WaitFor("1 of ")
	}
	for _, c := range onOtherLayouts {
		m := run(t, 100, 30, nil, "--demo")
		m.WaitFor("NAME")
		m.Send(c.quit)
		m.WaitExit()
	}
}

// TestLettersGoByTheirPlaceWhereTheTerminalTellsIt: on the list they are commands,
// in a field text. The terminal is asked to tell only where it can.
func TestLettersGoByTheirPlaceWhereTheTerminalTellsIt(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	m.WaitFor("NAME", "newest first")
	if strings.Contains(string(m.Raw()), "\x1b[=29;1u") {
		t.Error("a terminal that tells nothing is asked for more")
	}
	m.Send("\x1b[?5u") // it tells places
	m.Until("to be asked for places", func(string) bool { return strings.Contains(string(m.Raw()), "\x1b[=29;1u") })
	m.Send("\x1b[57441;2u")         // a shift key alone is nothing
	m.Send("\x1b[1099::115;;1099u") // ы is where s is: sort
	m.WaitFor("by name")
	m.Send("\x1b[1099:1067:115;2;1067u") // and with shift
	m.WaitFor("by name, ")
	m.Send("\x1b[47;;47u")
	m.WaitFor("enter keep the filter")
	m.Until("to be asked for text", func(string) bool { return strings.HasSuffix(flags(m), "=5;1u") })
	m.Send("\x1b[1099::115;;1099uы")
	m.WaitFor("ыы")
}

// flags is the last form of keys that the terminal was asked for.
func flags(m *terminal.Terminal) string {
	raw := string(m.Raw())
	at := strings.LastIndex(raw, "\x1b[=")
	if at < 0 {
		return ""
	}
	end := strings.IndexByte(raw[at:], 'u')
	return raw[at : at+end+1]
}

// TestEscapeAndAKeyInOnePacket are two keys, though they look like one with alt.
func TestEscapeAndAKeyInOnePacket(t *testing.T) {
	t.Parallel()
	m := run(t, 100, 30, nil, "--demo")
	pick(m, "Fedora 17")
	m.Press("enter")
	m.WaitFor("Overview")
	m.Send("\x1be")
	m.WaitFor("Edit Fedora 17")
	m.Type(" x")
	m.WaitFor(`"Fedora 17 x"`)
	m.Send("\x1b\x1be") // and a third one, which comes before the list is drawn
	m.WaitFor("Edit Fedora 17")
	m.Send("\x1bb-") // alt+b still goes back a word
	m.WaitFor(`"Fedora 17 -x"`)
}
