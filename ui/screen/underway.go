package screen

import (
	"slices"
	"sync"
	"time"
)

// Underway is the images of which an edit was sent and not answered yet. Two
// edits of one image at once undo each other, so a second one is not sent
// before the first is answered, also where nobody waits for that any more. The
// zero value is ready; it may be used by several at a time.
type Underway struct {
	mu    sync.Mutex
	edits []underwayEdit
}

type underwayEdit struct {
	image string
	sent  time.Time
}

// Begin notes that an edit of an image is sent; the result notes that it was
// answered, or never will be.
func (u *Underway) Begin(id string, now time.Time) (end func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.edits = append(u.edits, underwayEdit{id, now})
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		if n := u.find(id); n >= 0 {
			u.edits = slices.Delete(u.edits, n, n+1)
		}
	}
}

func (u *Underway) find(id string) int {
	return slices.IndexFunc(u.edits, func(e underwayEdit) bool { return e.image == id })
}

// Since is when the edit of an image was sent that is not answered yet.
func (u *Underway) Since(id string) (sent time.Time, underway bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if n := u.find(id); n >= 0 {
		return u.edits[n].sent, true
	}
	return time.Time{}, false
}

// Count is how many edits are not answered yet.
func (u *Underway) Count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.edits)
}
