package uitest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// named are the keys that have a name instead of a character.
var named = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "esc": tea.KeyEscape,
	"space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"delete": tea.KeyDelete, "insert": tea.KeyInsert,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}

var modifiers = map[string]tea.KeyMod{
	"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift,
}

// Key is the press of one key by the name that key.Binding uses: "a", "A",
// "enter", "ctrl+s", "shift+tab", "alt+up", "+". It panics on a name that no
// key has, which is a mistake in the test.
func Key(name string) tea.KeyPressMsg {
	var k tea.Key
	rest := name
	for {
		before, after, ok := strings.Cut(rest, "+")
		mod, known := modifiers[before]
		if !ok || !known || after == "" {
			break
		}
		k.Mod |= mod
		rest = after
	}
	if code, ok := named[rest]; ok {
		k.Code = code
		if code == tea.KeySpace && k.Mod == 0 {
			k.Text = " "
		}
		return tea.KeyPressMsg(k)
	}
	r, size := utf8.DecodeRuneInString(rest)
	if size != len(rest) || rest == "" {
		panic(fmt.Sprintf("uitest: no key is named %q", name))
	}
	if rest == " " {
		panic(`uitest: name the space bar "space"`)
	}
	k.Code = r
	if k.Mod&^tea.ModShift == 0 {
		k.Text = rest
	}
	if unicode.IsUpper(r) {
		k.Code, k.ShiftedCode = unicode.ToLower(r), r
		k.Mod |= tea.ModShift
	}
	return tea.KeyPressMsg(k)
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
// person sees (a letter with its marks comes as one). Line breaks are enter,
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
