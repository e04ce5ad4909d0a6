// Package keys declares every key of glance-tui once. The same value is
// matched in Update, shown in the footer, listed in help and offered in the
// command palette.
package keys

import "charm.land/bubbles/v2/key"

// Group is a headed set of keys in the help of a screen.
type Group struct {
	Name string
	Keys []key.Binding
	// Wide groups explain more than keys: they are below the others, over
	// the whole width.
	Wide bool
}

// Help is what a screen tells of its keys: Footer in order of importance (the
// footer shows as many as fit), Groups in full for the help.
type Help struct {
	Footer []key.Binding
	Groups []Group
}

func bind(help, desc string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
}

// Keys that mean the same on every screen.
var (
	Back   = bind("esc", "back", "esc")
	Quit   = bind("q", "quit", "q", "ctrl+c")
	Abort  = bind("ctrl+c", "quit", "ctrl+c")
	Manual = bind("?", "help", "?", "f1")
	// HelpTyping is Manual where letters are text.
	HelpTyping = bind("f1", "help", "f1")
	Palette    = bind(":", "commands", ":")
	Refresh    = bind("ctrl+r", "refresh", "ctrl+r")
	Up         = bind("↑/k", "up", "up", "k")
	Down       = bind("↓/j", "down", "down", "j")
	PgUp       = bind("ctrl+u", "half a page up", "ctrl+u", "pgup")
	PgDown     = bind("ctrl+d", "half a page down", "ctrl+d", "pgdown")
	ClearLine  = bind("ctrl+u", "clear", "ctrl+u")
	Top        = bind("g", "first", "g", "home")
	Bottom     = bind("G", "last", "G", "end")
	Yes        = bind("y", "yes", "y", "enter")
	No         = bind("n", "no", "n", "esc")
	Redraw     = bind("ctrl+l", "draw the screen again", "ctrl+l")
	Suspend    = bind("ctrl+z", "suspend", "ctrl+z")
	Log        = bind("L", "program log", "L")
)

// Keys of the list of images.
var (
	Open      = bind("enter", "open", "enter")
	Edit      = bind("e", "edit", "e")
	Filter    = bind("/", "filter", "/")
	Sort      = bind("s", "sort by next column", "s")
	SortBack  = bind("S", "reverse the order", "S")
	Mark      = bind("space", "mark", "space")
	MarkAll   = bind("ctrl+a", "mark all shown", "ctrl+a")
	OnlyMarks = bind("m", "show only marked", "m")
	CopyID    = bind("y", "copy the id", "y")
	Drafts    = bind("D", "unsent edits", "D")
	History   = bind("H", "history", "H")

	KeepFilter = bind("enter", "keep the filter", "enter")
	DropFilter = bind("esc", "clear the filter", "esc")
	MoveInRows = bind("↑/↓", "move among the rows", "up", "down")
	Complete   = bind("tab", "complete", "tab")
	ShowAll    = bind("esc", "show all", "esc")
)

// Keys of the question for a secret.
var (
	LogIn = bind("enter", "log in", "enter")
)

// Keys of one image.
var (
	NextTab = bind("tab", "next part", "tab", "right", "l")
	PrevTab = bind("shift+tab", "part before", "shift+tab", "left", "h")
	RawJSON = bind("J", "raw JSON", "J")
)

// Keys of the form.
var (
	NextField  = bind("tab", "next field", "tab", "down")
	PrevField  = bind("shift+tab", "field before", "shift+tab", "up")
	ReviewEdit = bind("ctrl+s", "review and send", "ctrl+s")
	ResetField = bind("ctrl+r", "reset field", "ctrl+r")
	ResetAll   = bind("ctrl+x", "reset all", "ctrl+x")
	Undo       = bind("ctrl+z", "undo", "ctrl+z")
	Redo       = bind("ctrl+y", "redo", "ctrl+y")
	KeepDraft  = bind("esc", "keep draft and leave", "esc")
	Choose     = bind("←/→", "choose", "left", "right")
	Toggle     = bind("space", "yes or no", "space")
	Add        = bind("enter", "add", "enter")
	InLines    = bind("ctrl+o", "edit in lines", "ctrl+o")
	EditItem   = bind("enter", "edit", "enter")
	Remove     = bind("ctrl+k", "remove", "ctrl+k", "delete")
	MoveUp     = bind("alt+↑", "move up", "alt+up", "shift+up")
	MoveDown   = bind("alt+↓", "move down", "alt+down", "shift+down")
	EditAnyway = bind("ctrl+e", "edit anyway", "ctrl+e")
	TogglePane = bind("ctrl+p", "patch pane", "ctrl+p")
	PaneDown   = bind("ctrl+d", "scroll the patch", "ctrl+d", "pgdown")
	PaneUp     = bind("pgup", "scroll the patch back", "pgup") // ctrl+u is ClearLine
)

// Keys of review and response.
var (
	Send          = bind("enter", "send", "enter")
	BackToForm    = bind("esc", "back to the form", "esc")
	CopyJSON      = bind("y", "copy JSON", "y")
	CopyCurl      = bind("c", "copy curl", "c")
	CopyOpenStack = bind("o", "copy openstack command", "o")
	ShowBody      = bind("tab", "the exchange", "tab")
	TryAgain      = bind("r", "try again", "r")
	RestoreTheirs = bind("t", "put theirs back", "t")
	EditAgain     = bind("e", "edit again", "e")
	ToList        = bind("esc", "to the list", "esc")
	CopyExchange  = bind("y", "copy the exchange", "y")
	OtherKeys     = bind("tab", "other keys", "tab")
	DryRun        = bind("D", "dry run", "D")
	Requests      = bind("1", "in one request", "1")
	Cancel        = bind("esc", "cancel", "esc")
	StopWaiting   = bind("esc", "stop waiting", "esc")
)

// Keys of texts that are looked at.
var (
	View    = bind("v", "view as text", "v")
	Copy    = bind("y", "copy", "y")
	Save    = bind("w", "save to a file", "w")
	SaveAs  = bind("enter", "save", "enter")
	InPager = bind("p", "open in $PAGER", "p")
)

// Keys of the drafts and of the history.
var (
	GoOn     = bind("enter", "go on with it", "enter", "e")
	Discard  = bind("x", "discard", "x", "delete")
	TakeBack = bind("u", "undo it", "u")
	PartDown = bind("ctrl+d", "scroll what is below", "ctrl+d", "pgdown")
	PartUp   = bind("ctrl+u", "scroll it back", "ctrl+u", "pgup")
)

// Keys of a merge.
var (
	TakeMine   = bind("m", "yours", "m", "right", "l")
	TakeTheirs = bind("t", "theirs", "t", "left", "h")
	TakeBase   = bind("b", "as it was", "b")
	AllMine    = bind("M", "all of mine", "M")
	AllTheirs  = bind("T", "all of theirs", "T")
	InFull     = bind("v", "in full", "v")
	Proceed    = bind("enter", "go on", "enter")
)

// Keys of the first screen.
var (
	OpenDemo = bind("d", "open the demo", "d")
)
