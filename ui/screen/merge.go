package screen

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Merge asks the user to decide, field by field, what two sides changed
// differently: Mine began as Base, and so did Theirs, which is how the server
// has the image now. What only one side changed is merged without asking.
type Merge struct {
	Base, Mine, Theirs model.Image
	Rules              rules.Rules
	// Names are what the three are called; an empty one has its usual name.
	Names SideNames
	// Why is a sentence that says how it came to this; "" for the usual one,
	// that someone else changed the image during the edit.
	Why string
	// Holds says which conflicts were decided for Mine before; nil for none.
	Holds func(merge.Conflict) bool
	// Next makes the message that follows once all is decided, by a side for each
	// conflict and the image that they make; nil for a review of what turns Theirs
	// into that image.
	Next func(sides []merge.Side, decided model.Image) tea.Msg
	// Above is as in Review.
	Above bool
}

// SideNames are the sides of a merge in a word or two, as they are beside
// their values: "as it was", "yours", "server now".
type SideNames struct{ Base, Mine, Theirs string }

// Decided is news: how far a merge of an edit is decided. It comes when the
// user goes on, and when they go back with a part of it decided.
type Decided struct {
	Base, Mine, Theirs model.Image      // as in Merge
	Wanted             model.Image      // where nothing was decided mine holds
	Left               []merge.Conflict // those that are not decided
}
