package watch

import (
	"net/url"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Asked is a place in the order of this program's requests, and tells which of
// two readings of an image is the newer one. The image's own updated_at does
// not: the clocks of a cloud's API hosts differ by seconds, so that a later
// change can have an earlier time.
type Asked int32

// Tag tells which request or pause an event answers. 0 is none.
type Tag int

// Event is something that happened.
type Event interface{ event() }

type (
	// Started begins to load the list.
	Started struct{}
	// Responded is the response to a request. Images of one request lie in Page,
	// whatever was asked for.
	Responded struct {
		Tag   Tag
		Asked Asked // when the request was made
		Page  api.Page
		Err   error
	}
	// Continued comes after [Continue].
	Continued struct{}
	// Woken comes after [Wake].
	Woken struct{ Tag Tag }
	// UserActive says that someone is at the keys.
	UserActive struct{}
	// Focused says that the terminal has the focus.
	Focused struct{}
	// Blurred says that the terminal lost the focus.
	Blurred struct{}
	// Reloaded is the user's wish to read everything again.
	Reloaded struct{}
	// EditSent is an edit of this user's that the server accepted. Asked is when the
	// response came, so that what was requested before does not count as newer.
	EditSent struct {
		After model.Image
		Asked Asked
	}
	// ImageRead is an image that someone else in this program read.
	ImageRead struct {
		Image model.Image
		Asked Asked
	}
	// ImageDeleted is an image that someone else in this program did not find.
	ImageDeleted struct {
		ID    string
		Asked Asked
	}
)

func (Started) event()      {}
func (Responded) event()    {}
func (Continued) event()    {}
func (Woken) event()        {}
func (UserActive) event()   {}
func (Focused) event()      {}
func (Blurred) event()      {}
func (Reloaded) event()     {}
func (EditSent) event()     {}
func (ImageRead) event()    {}
func (ImageDeleted) event() {}

// Effect is something to be done now.
type Effect interface{ effect() }

type (
	// Ask sends a request. One for a page replaces the one before, whose response
	// no one waits for any more.
	Ask struct {
		Tag     Tag
		Request Request
	}
	// Continue asks for a Continued as soon as other events had their turn.
	Continue struct{}
	// Wake asks for a Woken after a pause, instead of one asked for before.
	Wake struct {
		Tag   Tag
		After time.Duration
	}
	// AskNames asks for what need not be known before the first images: the names of
	// projects and the version of the API. No one waits for it.
	AskNames struct{}
	// Learned is what changed in the store. Known says that the images were there
	// before and are only read now.
	Learned struct {
		Changes []Change
		Known   bool
	}
	// Deleted are images that are no longer there. Reported says that the other
	// screens know.
	Deleted struct {
		Images   []int32
		Reported bool
	}
	// Read is one image that was read for itself, for the other screens.
	Read struct {
		Image model.Image
		Asked Asked
	}
	// Changed are images of a list of which some changed, for the other screens.
	Changed struct {
		Images []model.Image
		Asked  Asked
	}
)

func (Ask) effect()      {}
func (Continue) effect() {}
func (Wake) effect()     {}
func (AskNames) effect() {}
func (Learned) effect()  {}
func (Deleted) effect()  {}
func (Read) effect()     {}
func (Changed) effect()  {}

// Change is an image that is new, or another than before.
type Change struct {
	Index  int32 // in the store
	Image  model.Image
	New    bool
	Before model.Status // where it is not new
}

// Kind is what a request asks for.
type Kind int

// The kinds of requests.
const (
	AskPage   Kind = iota // a page of a list: Marker, Limit
	AskLatest             // the image of a list that changed last
	AskSince              // those that changed since a time: Since, Limit
	AskIDs                // those of some images that a list holds: IDs
	AskOne                // one image: IDs
)

// ListKind is one of the server's lists. Hidden images are in no list but their
// own, community images of others only where asked for (measured), so that
// everything takes two lists.
type ListKind int

// The lists.
const (
	Visible ListKind = iota
	Hidden
	lists
)

// other is the other list.
func (k ListKind) other() ListKind { return Visible + Hidden - k }

// Request is what a server is asked for.
type Request struct {
	Kind   Kind
	List   ListKind
	Narrow bool // without "visibility=all", which servers before the Image API 2.5 refuse
	Marker string
	Limit  int
	Since  time.Time
	IDs    []string
}

// Filter are the list's parameters.
func (r Request) Filter() url.Values {
	f := url.Values{}
	if !r.Narrow {
		f.Set("visibility", "all")
	}
	if r.List == Hidden {
		f.Set("os_hidden", "true")
	}
	return f
}
