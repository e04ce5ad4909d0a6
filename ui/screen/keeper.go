package screen

import (
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// Keeper is what outlives the program: drafts, and the history of what was
// sent. state.Store satisfies it. It does I/O, so only commands call it; it may
// be called by several at a time. An error is one sentence that says what is
// wrong and what to do; nothing is lost by it that was kept before.
type Keeper interface {
	// Drafts are all drafts of a place, the latest first, those that another
	// living program holds among them (HeldBy). Those that can be read come even
	// with an error, which is about the others.
	Drafts(api.ServiceID) ([]record.Draft, error)
	// TakeDraft makes a draft of an ended program this program's own and gives
	// it as it is kept now. It fails when another program was quicker.
	TakeDraft(id string) (record.Draft, error)
	// KeepDraft keeps a draft and gives its ID: the one that it has, or a new one
	// where it has none. A draft that this program holds is replaced, and the last
	// call to come counts. Saved is set to now.
	KeepDraft(record.Draft) (id string, err error)
	// DropDraft forgets a draft that this program holds or that no one does.
	DropDraft(id string) error

	// Begin writes an entry down, to stable storage, before it is sent, and gives
	// its ID.
	Begin(record.Entry) (id string, err error)
	// End writes down what came of an entry. It may come again when more is known.
	End(id string, e record.Result) error
	// Entries are the latest entries of a place, the latest first, at most limit.
	// One whose outcome is open is held by the program that began it while that
	// lives, this one too.
	Entries(p api.ServiceID, limit int) ([]record.Entry, error)
}
