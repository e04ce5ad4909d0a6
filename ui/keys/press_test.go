package keys

import "testing"

func TestPressIsTheInverseOfItsName(t *testing.T) {
	for _, name := range []string{
		"a", "G", "/", "?", ":", "日", "enter", "esc", "tab", "shift+tab", "space", "up", "down",
		"ctrl+s", "ctrl+c", "alt+up", "shift+down", "pgdown", "home", "end", "delete", "backspace", "f1", "+",
	} {
		if got := Press(name).String(); got != name {
			t.Errorf("Press(%q) prints %q", name, got)
		}
	}
}
