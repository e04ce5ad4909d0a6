package edit

import (
	"slices"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// InFlight is the images to which a request was sent that is not answered yet.
// Two edits of one image at once undo each other, so a second one is not sent
// before the first is answered, also where no one waits for that any more. The
// zero value is ready; it may be used by several at a time.
type InFlight struct {
	mu    sync.Mutex
	edits []inFlightEdit
}

type inFlightEdit struct {
	image string
	sent  time.Time
}

// errInFlight is what an edit gets instead of an answer. It should have been
// told before that it has to wait.
var errInFlight = &api.Failure{
	Doing: "send the edit", Kind: api.FailedConfigured,
	Means:  "Another edit of this image is still in progress, and two at once can overwrite each other. Nothing was sent.",
	Advice: "wait for the response to the other edit, then send this one",
}

// begin notes that a request is sent, unless another one is in progress; end
// notes that it was answered, or never will be.
func (u *InFlight) begin(id string, now time.Time) (end func(), free bool) {
	if u == nil {
		return func() {}, true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.find(id) >= 0 {
		return nil, false
	}
	u.edits = append(u.edits, inFlightEdit{id, now})
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		n := u.find(id)
		u.edits = slices.Delete(u.edits, n, n+1)
	}, true
}

func (u *InFlight) find(id string) int {
	return slices.IndexFunc(u.edits, func(e inFlightEdit) bool { return e.image == id })
}

// Since is when the request of an image was sent that is in progress.
func (u *InFlight) Since(id string) (sent time.Time, inFlight bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if n := u.find(id); n >= 0 {
		return u.edits[n].sent, true
	}
	return time.Time{}, false
}

// Count is how many requests are not answered yet.
func (u *InFlight) Count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.edits)
}
