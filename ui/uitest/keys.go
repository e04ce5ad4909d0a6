package uitest

import (
	"fmt"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/glance-tui/glance-tui/ui/keys"
)

// Key is the press of one key by the name that key.Binding uses: "a", "A",
// "enter", "ctrl+s", "shift+tab", "alt+up", "+". It panics on a name that no
// key has, which is a mistake in the test.
func Key(name string) tea.KeyPressMsg {
	k := keys.Press(name)
	if k.String() != name {
		panic(fmt.Sprintf("uitest: no key is named %q", name))
	}
	return k
}

// Keys is a row of key presses, for Run.
func Keys(names ...string) []tea.Msg {
	msgs := make([]tea.Msg, len(names))
	for i, n := range names {
		msgs[i] = Key(n)
	}
	return msgs
}

// Times is the same key n times.
func Times(n int, name string) []tea.Msg {
	msgs := make([]tea.Msg, n)
	for i := range msgs {
		msgs[i] = Key(name)
	}
	return msgs
}

// Type is the key presses that make a text, one for each character that a
// user sees (a letter with its marks comes as one). Line breaks are enter,
// tabs are tab.
func Type(text string) []tea.Msg {
	var msgs []tea.Msg
	g := graphemes.FromString(text)
	for g.Next() {
		switch c := g.Value(); c {
		case "\n", "\r\n":
			msgs = append(msgs, Key("enter"))
		case "\t":
			msgs = append(msgs, Key("tab"))
		case " ":
			msgs = append(msgs, Key("space"))
		default:
			if utf8.RuneCountInString(c) == 1 {
				msgs = append(msgs, Key(c))
				continue
			}
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyExtended, Text: c})
		}
	}
	return msgs
}

// Paste is a bracketed paste.
func Paste(text string) tea.Msg { return tea.PasteMsg{Content: text} }
