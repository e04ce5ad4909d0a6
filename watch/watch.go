package watch

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Viewer is whom the watch watches for: what of the images they have before
// them. It is asked within Step, and must not call it.
type Viewer interface {
	// OpenImage is the ID of the image that is open, "" for none and while its
	// screen reads it by itself.
	OpenImage() string
	// VisibleRows are the images on the screen, the selected one first.
	VisibleRows() []int32
	// Marked says which images the user marked; nil for none.
	Marked() func(at int32) bool
	// HidesImages reports whether the server can have hidden images, as far as known.
	HidesImages() bool
}

// Watch is what is known of a server's images, and what is to be asked when.
// Unlike an edit it is changed in place: it holds very many images.
type Watch struct {
	pace
	viewer Viewer
	every  time.Duration // 0 for no polls
	store  *Store

	now  time.Time // of the present event
	out  []Effect
	tags Tag // the last one

	scan       scan
	scans      int  // that reached the end
	most       int  // images of a scan: see api.MostListed
	continuing bool // a Continue is to come
	// narrow leaves "visibility=all" out: servers before the Image API 2.5
	// reject it with 400.
	narrow   bool
	noHidden bool // the list of hidden images gave others

	poll
}

// New is a watch that polls every so often, and never for 0.
func New(viewer Viewer, every time.Duration, now time.Time) *Watch {
	return &Watch{viewer: viewer, every: every, store: newStore(now), most: api.MostListed}
}

// Step takes an event at a time that is not before the last one, and gives what
// is to be done now, in this order. A response or a Woken that is no longer
// awaited changes nothing.
func (w *Watch) Step(now time.Time, ev Event) []Effect {
	w.now, w.out = now, nil
	switch ev := ev.(type) {
	case Started:
		w.startScan()
	case Responded:
		switch ev.Tag {
		case 0:
		case w.scan.tag:
			w.tookPage(ev)
		case w.request.tag:
			w.tookPoll(ev)
		}
	case Continued:
		w.continuing = false
		w.takeBatch()
	case Woken:
		if ev.Tag == w.wake && ev.Tag != 0 {
			w.wake = 0
			w.startPoll()
		}
	case UserActive:
		w.active()
	case Focused:
		w.focused()
	case Blurred:
		w.lostFocus()
	case Reloaded:
		w.scans, w.failures, w.pageFailures, w.pollErr, w.took, w.notBefore = 0, 0, 0, nil, 0, time.Time{}
		w.startScan()
		w.active()
	case EditSent:
		w.take([]model.Image{ev.After}, ev.Asked, false)
		w.follow(ev.After, now)
		w.hasten()
	case ImageRead:
		w.toldID, w.toldAt = ev.Image.ID, now
		w.take([]model.Image{ev.Image}, ev.Asked, false)
	case ImageDeleted:
		w.drop([]string{ev.ID}, ev.Asked, true)
	}
	return w.out
}

func (w *Watch) emit(e Effect) { w.out = append(w.out, e) }

func (w *Watch) tag() Tag {
	w.tags++
	return w.tags
}

// ask sends a request.
func (w *Watch) ask(r Request) Tag {
	r.Narrow = w.narrow
	tag := w.tag()
	w.emit(Ask{tag, r})
	return tag
}

// take takes in readings of images, and reports whether anything changed.
func (w *Watch) take(images []model.Image, asked Asked, known bool) bool {
	var changes []Change
	for _, img := range images {
		w.observe(img)
		at, did, before := w.store.put(img, asked, w.now, w.generation())
		switch did {
		case late:
			w.check.doubt(img.ID)
		case added, changed:
			changes = append(changes, Change{Index: at, Image: img, New: did == added, Before: before.Status})
		}
	}
	if len(changes) == 0 {
		return false
	}
	w.emit(Learned{changes, known})
	return true
}

// drop takes images away that the server no longer has.
func (w *Watch) drop(ids []string, asked Asked, reported bool) {
	var deleted []int32
	for _, id := range ids {
		if at, ok := w.store.remove(id, asked); ok {
			deleted = append(deleted, at)
			w.unfollow(id)
		}
	}
	if len(deleted) > 0 {
		w.emit(Deleted{deleted, reported})
	}
}

// Store is what is known of the images. It changes with each Step.
func (w *Watch) Store() *Store { return w.store }

// Loading is true while images of the first scan are still to come.
func (w *Watch) Loading() bool { return w.firstScan() && !w.scan.done }

// Err is why the last poll failed, or what keeps the list from being loaded.
func (w *Watch) Err() error {
	if w.pollErr != nil {
		return w.pollErr
	}
	return w.scan.err
}

// Retries reports whether what failed is tried again without being told to. At is
// when, where the server asked for a pause, which can be long.
func (w *Watch) Retries() (at time.Time, again bool) {
	if w.every <= 0 || w.scan.endless {
		return at, false
	}
	if w.notBefore.After(w.last) {
		at = w.due
	}
	return at, true
}

// State is what the watch is at.
type State int

// The states.
const (
	Off     State = iota // nothing is loaded yet, or no polls are wanted
	Waiting              // for the next poll
	Polling              // for a response
	Paused               // until the user is there

	states
)

// State is derived: nothing else keeps it.
func (w *Watch) State() State {
	switch {
	case !w.on || w.every <= 0:
		return Off
	case w.request.tag != 0:
		return Polling
	case w.wake != 0:
		return Waiting
	}
	return Paused
}
