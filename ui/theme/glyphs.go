package theme

import "github.com/glance-tui/glance-tui/model"

// Glyphs are the signs of the screens, each one column wide. None is
// alone for a meaning: a word or a place always goes with it.
type Glyphs struct {
	Plain      bool // the ASCII set
	Cursor     string
	Mark       string
	Warn       string
	OK         string
	Fail       string
	Dot        string // a changed field
	Arrow      string // from → to
	Breadcrumb string
	Rule       string // one cell of a horizontal line
	Bar        string // one cell of the status bar
	Up         string
	Down       string
	Dash       string // nothing there
	More       string
	Track      string // one cell of a timeline
	Head       string // its end
	Radio      string // the chosen one of several
	Lock       string
	Draft      string // an edit that was not sent

	// Spinner frames, all one column.
	Spinner []string

	status map[model.Status]string
}

// Status is a status' sign; "?" for those we do not know.
func (g Glyphs) Status(s model.Status) string {
	if v, ok := g.status[s]; ok {
		return v
	}
	return "?"
}

var fine = Glyphs{
	Cursor: "▸", Mark: "◆", Warn: "▲", OK: "✓", Fail: "✗", Dot: "•", Arrow: "→", Breadcrumb: "›",
	Rule: "─", Bar: "━", Up: "↑", Down: "↓", Dash: "–", More: "…", Track: "━", Head: "▶", Radio: "◉", Lock: "⊘", Draft: "✎",
	Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
	status: map[model.Status]string{
		model.StatusQueued: "◌", model.StatusSaving: "↑", model.StatusUploading: "↑", model.StatusImporting: "⇣",
		model.StatusActive: "●", model.StatusDeactivated: "◍", model.StatusPendingDelete: "◒",
		model.StatusDeleted: "○", model.StatusKilled: "✗",
	},
}

var ascii = Glyphs{
	Plain: true, Cursor: ">", Mark: "*", Warn: "!", OK: "+", Fail: "x", Dot: "*", Arrow: "->", Breadcrumb: ">",
	Rule: "-", Bar: "=", Up: "^", Down: "v", Dash: "-", More: "~", Track: "=", Head: ">", Radio: "x", Lock: "#", Draft: "%",
	Spinner: []string{"|", "/", "-", "\\"},
	status: map[model.Status]string{
		model.StatusQueued: "o", model.StatusSaving: "^", model.StatusUploading: "^", model.StatusImporting: "v",
		model.StatusActive: "@", model.StatusDeactivated: "=", model.StatusPendingDelete: "%",
		model.StatusDeleted: ".", model.StatusKilled: "x",
	},
}
