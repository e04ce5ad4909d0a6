// Package input is a text field of one line that keeps its text byte for byte.
//
// What is typed, pasted or set is never cleaned: control characters and invalid
// UTF-8 stay in the value and are drawn as visible stand-ins (package safe).
// An image's name that no one touched therefore goes back to the server as it
// came. See docs/decisions/0003-own-text-input.md.
package input

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Field is one line of text and the cursor in it. The cursor is between
// characters as the user sees them (grapheme clusters), never inside one.
// Make it with New.
type Field struct {
	// Placeholder shows dim while the text is empty. It is our own text.
	Placeholder string
	Keys        KeyMap
	// Masked draws a sign for each character in place of the text.
	Masked bool

	value   string
	cells   []cell // value's characters; nil means not yet known
	at      int    // the cursor: how many cells are before it
	scroll  int    // the first cell that is drawn
	focused bool
}

// New is an empty field without the focus and with the default keys.
func New() *Field { return &Field{Keys: DefaultKeys()} }

// Value is the text, as it was set and typed.
func (f *Field) Value() string { return f.value }

// SetValue replaces the text and puts the cursor at its end.
func (f *Field) SetValue(s string) {
	f.value, f.cells, f.scroll = s, nil, 0
	f.at = len(f.all())
}

// Characters is how many characters the text has as a server counts them
// (code points); each invalid byte counts as one.
func (f *Field) Characters() int { return utf8.RuneCountInString(f.value) }

// Focus makes the field take keys and show the cursor.
func (f *Field) Focus() { f.focused = true }

// Blur is the end of Focus; the text then shows from its beginning.
func (f *Field) Blur() { f.focused, f.scroll = false, 0 }

// Focused reports whether the field has the focus.
func (f *Field) Focused() bool { return f.focused }

// Position is how many characters (as the user sees them) are before the
// cursor.
func (f *Field) Position() int { return f.at }

// SetPosition moves the cursor; what is too far ends at the text's end.
func (f *Field) SetPosition(n int) { f.at = min(max(n, 0), len(f.all())) }

// AtStart and AtEnd report where the cursor is, for those who use the arrow
// keys to move on from there.
func (f *Field) AtStart() bool { return f.at == 0 }

// AtEnd reports whether nothing is behind the cursor.
func (f *Field) AtEnd() bool { return f.at == len(f.all()) }

// Update takes a key press or a paste and reports whether the text changed. It
// does nothing without the focus. Line breaks in a paste become spaces.
func (f *Field) Update(msg tea.Msg) (changed bool) {
	if !f.focused {
		return false
	}
	before := f.value
	switch m := msg.(type) {
	case tea.PasteMsg:
		text, _ := OneLine(m.Content)
		f.Insert(text)
	case tea.KeyPressMsg:
		f.press(m)
	}
	return f.value != before
}

// Takes reports whether Update would use this key, so that others leave it.
func (f *Field) Takes(m tea.KeyPressMsg) bool {
	return f.focused && (f.Keys.match(m) != doNothing || m.Text != "")
}

func (f *Field) press(m tea.KeyPressMsg) {
	switch f.Keys.match(m) {
	case goLeft:
		f.SetPosition(f.at - 1)
	case goRight:
		f.SetPosition(f.at + 1)
	case goStart:
		f.at = 0
	case goEnd:
		f.at = len(f.all())
	case goWordLeft:
		f.at = f.wordLeft()
	case goWordRight:
		f.at = f.wordRight()
	case cutLeft:
		f.cut(f.at-1, f.at)
	case cutRight:
		f.cut(f.at, f.at+1)
	case cutWordLeft:
		f.cut(f.wordLeft(), f.at)
	case cutWordRight:
		f.cut(f.at, f.wordRight())
	case cutToStart:
		f.cut(0, f.at)
	case cutToEnd:
		f.cut(f.at, len(f.all()))
	default:
		f.Insert(m.Text)
	}
}

// Insert puts text at the cursor, as it is, and the cursor behind it.
func (f *Field) Insert(s string) {
	if s == "" {
		return
	}
	before := f.byteAt(f.at) + len(s)
	f.value = f.value[:f.byteAt(f.at)] + s + f.value[f.byteAt(f.at):]
	f.cells = nil
	f.at = f.cellAt(before)
}

// cut takes the cells from one up to another away.
func (f *Field) cut(from, to int) {
	n := len(f.all())
	from, to = min(max(from, 0), n), min(max(to, 0), n)
	if from >= to {
		return
	}
	start := f.byteAt(from)
	f.value = f.value[:start] + f.value[f.byteAt(to):]
	f.cells = nil
	f.at = f.cellAt(start)
}

// OneLine makes one line of a pasted text: line breaks at its end go, those
// within become spaces, and joined tells that there were such.
func OneLine(s string) (line string, joined bool) {
	s = strings.TrimRight(s, "\r\n")
	if !strings.ContainsAny(s, "\r\n") {
		return s, false
	}
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s), true
}

// KeyMap is what the keys do in a field. An unset binding matches nothing.
type KeyMap struct {
	Left, Right, Start, End, WordLeft, WordRight key.Binding

	CutLeft, CutRight, CutWordLeft, CutWordRight, CutToStart, CutToEnd key.Binding
}

// DefaultKeys are those of a shell's line, but for ctrl+k, which screens use for
// their own: CutToEnd is unset.
func DefaultKeys() KeyMap {
	on := func(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }
	return KeyMap{
		Left: on("left", "ctrl+b"), Right: on("right", "ctrl+f"),
		Start: on("home", "ctrl+a"), End: on("end", "ctrl+e"),
		WordLeft: on("alt+b", "ctrl+left", "alt+left"), WordRight: on("alt+f", "ctrl+right", "alt+right"),
		CutLeft: on("backspace", "ctrl+h", "shift+backspace"), CutRight: on("delete"),
		CutToStart:   on("ctrl+u"),
		CutWordLeft:  on("ctrl+w", "alt+backspace", "ctrl+backspace"),
		CutWordRight: on("alt+d", "ctrl+delete", "alt+delete"),
	}
}

type action int

const (
	doNothing action = iota
	goLeft
	goRight
	goStart
	goEnd
	goWordLeft
	goWordRight
	cutLeft
	cutRight
	cutWordLeft
	cutWordRight
	cutToStart
	cutToEnd
)

func (k *KeyMap) match(m tea.KeyPressMsg) action {
	for _, c := range [...]struct {
		binding key.Binding
		does    action
	}{
		{k.Left, goLeft}, {k.Right, goRight}, {k.Start, goStart}, {k.End, goEnd},
		{k.WordLeft, goWordLeft}, {k.WordRight, goWordRight},
		{k.CutLeft, cutLeft}, {k.CutRight, cutRight},
		{k.CutWordLeft, cutWordLeft}, {k.CutWordRight, cutWordRight},
		{k.CutToStart, cutToStart}, {k.CutToEnd, cutToEnd},
	} {
		if key.Matches(m, c.binding) {
			return c.does
		}
	}
	return doNothing
}
