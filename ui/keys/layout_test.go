package keys

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

func TestOnLayout(t *testing.T) {
	press := func(code, base rune, mod tea.KeyMod, text string) tea.KeyPressMsg {
		return tea.KeyPressMsg{Code: code, BaseCode: base, Mod: mod, Text: text}
	}
	for _, c := range []struct {
		name             string
		key              tea.KeyPressMsg
		command, textual string // what it is where letters are commands, and where they are text
	}{
		{"Latin", press('s', 's', 0, "s"), "s", "s"},
		{"Latin with shift", press('s', 's', tea.ModShift, "S"), "S", "S"},
		{"German, ctrl+z, where QWERTY has y", press('z', 'y', tea.ModCtrl, ""), "ctrl+z", "ctrl+z"},
		{"French, a, where QWERTY has q", press('a', 'q', 0, "a"), "a", "a"},
		{"French, é, where QWERTY has 2", press('é', '2', 0, "é"), "é", "é"},
		{"German, ö, where QWERTY has ;", press('ö', ';', 0, "ö"), "ö", "ö"},
		{"Russian", press('ы', 's', 0, "ы"), "s", "ы"},
		{"Russian with shift", press('ы', 's', tea.ModShift, "Ы"), "S", "Ы"},
		{"Russian, place not told", press('ы', 0, 0, "ы"), "ы", "ы"},
		{"Russian with caps lock", press('ы', 's', tea.ModCapsLock, "Ы"), "S", "Ы"},
		{"Russian, ctrl", press('ы', 's', tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Russian, ctrl, place not told", press('ы', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Russian, ctrl, upper case", press('Ы', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Russian, alt", press('а', 0, tea.ModAlt, ""), "alt+f", "alt+f"},
		{"Ukrainian, ctrl, place not told", press('і', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Greek, ctrl, place not told", press('σ', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Hebrew, ctrl, place not told", press('ד', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Hebrew, ctrl+w, whose letter is a quote", press('\'', 'w', tea.ModCtrl, ""), "ctrl+w", "ctrl+w"},
		{"Hebrew, q, whose letter is a slash", press('/', 'q', 0, "/"), "/", "/"},
		{"Arabic, ctrl, place not told", press('س', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Thai, ctrl, place not told", press('ห', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"Korean, ctrl, place not told", press('ㄴ', 0, tea.ModCtrl, ""), "ctrl+s", "ctrl+s"},
		{"an arrow with num lock", press(tea.KeyUp, 0, tea.ModNumLock|tea.ModAlt, ""), "alt+up", "alt+up"},
		{"enter of the keypad", press(tea.KeyKpEnter, 0, 0, ""), "enter", "enter"},
		{"an arrow of the keypad", press(tea.KeyKpUp, 0, tea.ModNumLock, ""), "up", "up"},
		{"a digit of the keypad", press(tea.KeyKp5, 0, tea.ModNumLock, "5"), "5", "5"},
		{"text of several letters", press(tea.KeyExtended, 0, 0, "e\u0301"), "e\u0301", "e\u0301"},
		{"space", press(tea.KeySpace, tea.KeySpace, 0, " "), "space", "space"},
	} {
		if got := OnLayout(c.key, false).String(); got != c.command {
			t.Errorf("%s: %q, not %q", c.name, got, c.command)
		}
		if got := OnLayout(c.key, true).String(); got != c.textual {
			t.Errorf("%s, as text: %q, not %q", c.name, got, c.textual)
		}
	}
}

// Each layout has one letter for a place.
func TestPlacesAreComplete(t *testing.T) {
	for _, l := range places {
		if a, b := len(l.latin), len([]rune(l.letters)); a != b {
			t.Errorf("%s has %d letters for %d places", l.letters, b, a)
		}
	}
}

// A key behind an escape in one packet looks like one with alt. Where alt means
// nothing it is two keys.
func TestEscapeThen(t *testing.T) {
	var d uv.EventDecoder
	for sent, wanted := range map[string][2]string{ // on a list, and where text is typed
		"\x1bj": {"j", "j"}, "\x1bG": {"G", "G"}, "\x1b/": {"/", "/"}, "\x1b\r": {"enter", "enter"}, "\x1b\t": {"tab", "tab"},
		"\x1b ": {"space", "space"}, "\x1b\x13": {"ctrl+s", "ctrl+s"}, "\x1bы": {"ы", "ы"}, "\x1b日": {"日", "日"},
		"\x1bb": {"b", ""}, "\x1bf": {"f", ""}, "\x1bd": {"d", ""}, "\x1b\x7f": {"", ""}, "\x1b\x1b[A": {"", ""}, "\x1b[1;3A": {"", ""},
		"\x1b[3;3~": {"", ""}, "j": {"", ""}, "\x13": {"", ""},
	} {
		_, event := d.Decode([]byte(sent))
		for n, typing := range []bool{false, true} {
			then, two := EscapeThen(tea.KeyPressMsg(event.(uv.KeyPressEvent)), typing)
			if two != (wanted[n] != "") || two && then.String() != wanted[n] {
				t.Errorf("%q, typing %v: %q, %v", sent, typing, then.String(), two)
			}
		}
	}
}
