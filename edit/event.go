package edit

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
)

// Tag ties an answer to the effect that it answers. Tags of one edit are never
// used twice; the zero Tag is none.
type Tag int

// Event is something that happened: the user did something, or an effect was
// run.
type Event interface {
	kind() kind
	// answers is the tag of the effect that this answers; 0 where it answers none.
	answers() Tag
}

// kind is what the table of transitions knows of an event.
type kind int

const (
	onAgree kind = iota
	onLook
	onOneRequest
	onDecide
	onBack
	onStop
	onHeard
	onRead
	onReadFailed
	onJournaled
	onAnswered
	onWoken
	onEnded

	kinds // how many there are
)

// What the user does.
type (
	// Agree confirms the plan as it is now. Words are those that were typed
	// for its dangers.
	Agree struct{ Words []string }
	// Look reads the image now: before a yes to see whether the plan still holds,
	// which sends nothing; later to see what became of the edit.
	Look struct{}
	// OneRequest says whether what would be sent as two requests, to be safe, goes
	// as one.
	OneRequest struct{ Yes bool }
	// Decide says whose value holds where two changed the same: a side for each
	// of Conflicts.
	Decide struct{ Sides []merge.Side }
	// Back gives up the reading before sending: the review goes on.
	Back struct{}
	// Stop goes no further: nothing is sent that was not sent yet, and what was
	// sent is not waited for. A second one ends the looking, too.
	Stop struct{}
)

// Heard is a reading of the image that someone else in the program made, later
// than the last one that the edit has; or that the image is gone.
type Heard struct {
	Image model.Image
	Gone  bool
}

// What came of an effect.
type (
	// Read answers ReadImage.
	Read struct {
		Tag   Tag
		Image model.Image
	}
	// ReadFailed answers ReadImage, too.
	ReadFailed struct {
		Tag Tag
		Err error
	}
	// Journaled answers BeginEntry. Err is why the history does not have it;
	// ID is empty where there is no history.
	Journaled struct {
		Tag Tag
		ID  string
		Err error
	}
	// Answered answers Send. Image is the one in the answer, where there is one.
	Answered struct {
		Tag      Tag
		Image    model.Image
		Exchange api.Exchange
		Err      error
	}
	// Woken answers Wake.
	Woken struct{ Tag Tag }
	// Ended answers EndEntry.
	Ended struct {
		Tag Tag
		Err error
	}
)

func (Agree) kind() kind      { return onAgree }
func (Look) kind() kind       { return onLook }
func (OneRequest) kind() kind { return onOneRequest }
func (Decide) kind() kind     { return onDecide }
func (Back) kind() kind       { return onBack }
func (Stop) kind() kind       { return onStop }
func (Heard) kind() kind      { return onHeard }
func (Read) kind() kind       { return onRead }
func (ReadFailed) kind() kind { return onReadFailed }
func (Journaled) kind() kind  { return onJournaled }
func (Answered) kind() kind   { return onAnswered }
func (Woken) kind() kind      { return onWoken }
func (Ended) kind() kind      { return onEnded }

func (Agree) answers() Tag        { return 0 }
func (Look) answers() Tag         { return 0 }
func (OneRequest) answers() Tag   { return 0 }
func (Decide) answers() Tag       { return 0 }
func (Back) answers() Tag         { return 0 }
func (Stop) answers() Tag         { return 0 }
func (Heard) answers() Tag        { return 0 }
func (e Read) answers() Tag       { return e.Tag }
func (e ReadFailed) answers() Tag { return e.Tag }
func (e Journaled) answers() Tag  { return e.Tag }
func (e Answered) answers() Tag   { return e.Tag }
func (e Woken) answers() Tag      { return e.Tag }
func (e Ended) answers() Tag      { return e.Tag }

// Effect is something that the edit asks for. Each is run once and
// answered once, also where no one waits for the answer any more.
type Effect interface{ effect() }

// What an edit asks for.
type (
	// ReadImage asks for the image as it is now.
	ReadImage struct {
		Tag Tag
		ID  string
	}
	// BeginEntry asks for the entry to be on stable storage. Its place and its
	// time are added by who runs it.
	BeginEntry struct {
		Tag   Tag
		Entry record.Entry
	}
	// EndEntry asks for what came of the entry to be written down, all that is
	// known.
	EndEntry struct {
		Tag    Tag
		ID     string
		Ending record.Result
	}
	// Send asks for a request to be sent, once: a call for a location where the
	// request has one, else a PATCH.
	Send struct {
		Tag     Tag
		ID      string // of the image
		N       int    // which of the requests, from 0
		Request Request
	}
	// Wake asks to be woken after a while.
	Wake struct {
		Tag   Tag
		After time.Duration
	}
)

func (ReadImage) effect()  {}
func (BeginEntry) effect() {}
func (EndEntry) effect()   {}
func (Send) effect()       {}
func (Wake) effect()       {}
