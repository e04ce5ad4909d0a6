// Package screen is the contract between the root model and the screens: the
// interface of a screen, the context they share, and the messages by which a
// screen says what it wants. A screen never reaches for its neighbors.
package screen

import (
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Screen is one place that the user visits. The root model owns a stack of
// them, draws header and footer around the topmost, gives keys to it alone and
// every other message to all of them; a screen drops what is not its own.
type Screen interface {
	// Init gives the first command, when the screen is put on the stack.
	Init() tea.Cmd
	// Update takes a message and changes the screen in place. I/O happens in
	// the command it returns and nowhere else.
	Update(tea.Msg) tea.Cmd
	// SetSize is the room for View, in cells; called before the first View and
	// whenever the window changes. Anything from 1x1 up can come.
	SetSize(width, height int)
	// View draws the body: at most height lines of at most width columns.
	View() string
	// Cursor is where a text is being typed, relative to the body; nil when
	// nothing is.
	Cursor() *tea.Cursor
	// Title is the breadcrumb for the header (safe text), such as "Edit Fedora 17".
	Title() string
	// Aside is the right end of the header (styled, safe), such as the counts
	// by status, at most width columns; "" for none.
	Aside(width int) string
	// Keys are what can be pressed now.
	Keys() keys.Help
	// Typing is true while letters go into a text field, so that the root
	// leaves ?, : and q to the screen. Such a screen handles esc itself, too.
	Typing() bool
	// Unsaved is what would be lost by quitting now, as an ending of "Quit
	// and …": "discard the draft of Fedora 17"; "" when nothing.
	Unsaved() string
	// TakeActions is what the screen asked the root for; see Actions, which a
	// screen embeds.
	TakeActions() []tea.Msg
}

// Revealer is a screen that wants to know when it is on top again, after the
// one above it went away.
type Revealer interface {
	Reveal() tea.Cmd
}

// Waiter is a screen that may be waiting for an answer before it can go on. Keys
// and pastes that come meanwhile are kept; esc and ctrl+c are handled at once.
type Waiter interface{ Waits() Waiting }

// Waiting is what a screen waits for.
type Waiting int

// What a screen may wait for.
const (
	// WaitsForNothing: keys are handled as they come.
	WaitsForNothing Waiting = iota
	// WaitsForContent: the screen does not show yet what keys would act on. It
	// gets them then.
	WaitsForContent
	// WaitsForNext: another screen was asked for, which gets the keys. Where it
	// does not open they are dropped, since what is on the screen then was not
	// there when they were typed.
	WaitsForNext
)

// Shower is a screen that shows one image, which is then read at every look.
// Shows is its id; "" for none, and while the screen reads it by itself.
type Shower interface{ Shows() string }

// Subject is a screen that is about one image, whoever reads it. About is its id.
type Subject interface{ About() string }

// Context is what all screens share. The root owns it and changes Theme only
// when the terminal tells its background; screens read it and keep no copies
// of its parts.
type Context struct {
	Service Service
	Memory  Memory
	Keeper  Keeper  // nil where nothing outlives the program
	Outside Outside // nil where there is nothing but the terminal
	Theme   *theme.Theme
	Options Options
	// InFlight are the edits that are not answered yet.
	InFlight edit.InFlight
	// Tick makes a message after a pause between two looks at an edit; nil for
	// tea.Tick, or for never where Options.Still says so. Tests look by themselves.
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	// OnScreen is the id of the image that the topmost screen shows, "" where it
	// shows none. The root sets it; see Shower.
	OnScreen string
	// Now is the clock; tests hold it still.
	Now func() time.Time

	asked atomic.Int32 // the last one; see Ask
}

// Options are the user's choices on the command line.
type Options struct {
	ReadOnly bool
	DryRun   bool
	// Refresh is how often the list asks for changes; 0 means never.
	Refresh time.Duration
	Plain   bool // ASCII glyphs
	// Still keeps what happens by itself (spinners, looks now and then) from
	// happening, for tests and recordings of single screens.
	Still bool
}
