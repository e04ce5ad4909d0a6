package watch

import (
	"errors"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

const (
	// firstPage is small: a server makes it in a fraction of the time of a full
	// one, and it fills most terminals.
	firstPage = 25
	// pageSize is how many images the second page has. Later ones grow up to
	// mostPage, as long as they take no longer than longPage: a request costs the
	// server something however few images it asks for, but an edit waits for the
	// page that is in flight.
	pageSize, mostPage = 100, 500
	longPage           = 500 * time.Millisecond
	// batchSize is how many images are taken in between two keys.
	batchSize = 100
)

// scan reads all pages: the first one fills the list, later ones find what was
// deleted.
type scan struct {
	n       int // counts scans
	list    ListKind
	marker  string
	tag     Tag // of the page that is in flight
	done    bool
	size    int     // of the next page
	batches []batch // of pages that came and are not taken in yet
	// endless is a list that was given up with err: it has more than
	// api.MostListed images, or the server does not go on in it.
	endless bool
	began   time.Time
	ended   time.Time
	earlier []string // IDs before the marker, to go on from where it is rejected
	got     int
	asked   Asked // the last page
	err     error
}

// batch is a part of a page.
type batch struct {
	images     []model.Image
	asked      Asked
	generation int32
}

// startScan begins with the first page.
func (w *Watch) startScan() {
	w.scan = scan{n: w.scan.n + 1, began: w.now}
	w.nextPage()
}

// failed reports whether a page is missing without which the rest cannot be read.
func (s *scan) failed() bool { return s.done && s.err != nil && !s.endless }

// generation is what the store remembers of an image that is met now: which scan
// and, in pages, also which list. It only grows.
func (w *Watch) generation() int32 { return int32(w.scan.n * int(lists+1)) }

func (w *Watch) pageGeneration() int32 { return w.generation() + 1 + int32(w.scan.list) }

// nextPage asks for the next page, unless one is in flight or there is none, or
// the server asked for a pause: the next poll goes on then.
func (w *Watch) nextPage() {
	s := &w.scan
	if s.tag != 0 || s.done || s.list == lists || w.now.Before(w.notBefore) {
		return
	}
	s.size = max(s.size, pageSize)
	if w.nothingYet() {
		s.size = firstPage
	}
	s.tag = w.ask(Request{Kind: AskPage, List: s.list, Marker: s.marker, Limit: s.size})
}

// retryPage asks again for the page that failed, or from another image on where
// the server rejects the marker, since it is deleted.
func (w *Watch) retryPage() {
	s := &w.scan
	f := new(api.Failure)
	if rejected := errors.As(s.err, &f) && f.Exchange.Code >= 400 && f.Exchange.Code < 500; rejected && s.marker != "" {
		if len(s.earlier) == 0 {
			w.startScan()
			return
		}
		last := len(s.earlier) - 1
		s.marker, s.earlier = s.earlier[last], s.earlier[:last]
	}
	s.done = false
	w.nextPage()
}

// grow sets the size of the next page by how long this one took.
func (s *scan) grow(page api.Page) {
	if len(page.Images) < s.size {
		return // the last one of its list tells little
	}
	most := mostPage
	if page.Took > 0 {
		most = int(time.Duration(s.size) * longPage / page.Took)
	}
	s.size = max(pageSize, min(2*s.size, most, mostPage))
}

// tookPage takes in the first part of a page. While the first scan is in progress
// pages follow each other at once; later ones go on with the polls.
func (w *Watch) tookPage(r Responded) {
	s := &w.scan
	s.tag = 0
	if f := new(api.Failure); r.Err != nil {
		if errors.As(r.Err, &f) && f.Kind == api.FailedBadRequest && !w.narrow && s.marker == "" {
			w.narrow = true
			w.nextPage()
			return
		}
		s.err, s.done = r.Err, true
		w.pageFailures++
		w.wait(f, w.now)
		w.last = w.now
		w.start()
		w.schedule()
		return
	}
	if w.nothingYet() {
		w.emit(AskNames{})
	}
	w.pageFailures = 0
	if !s.endless {
		s.err = nil
	}
	images, generation, fresh := r.Page.Images, w.pageGeneration(), 0
	for _, img := range images {
		if w.store.meet(img.ID, generation) {
			fresh++
		}
	}
	s.got += fresh
	s.asked = r.Asked
	s.grow(r.Page)
	s.turnPage(r.Page)
	if s.list == Hidden && slices.ContainsFunc(images, notHidden) {
		w.noHidden, s.marker = true, "" // the server ignores the filter: these are all images once more
	}
	over := s.marker == ""
	switch {
	case !over && fresh == 0:
		s.err, s.endless, over = api.ListRepeats(s.got), true, true
	case !over && s.got > w.most:
		s.err, s.endless, over = api.ListEndless(s.got), true, true
		s.list = Hidden // and no more of it
	}
	if over {
		s.list, s.marker, s.earlier = s.list+1, "", nil
	}
	if s.list == Hidden && !w.hidesImages() {
		s.list++
	}
	for some := range slices.Chunk(images, batchSize) {
		s.batches = append(s.batches, batch{some, r.Asked, generation})
	}
	w.takeBatch()
	w.start()
	if w.firstScan() {
		w.nextPage()
	}
}

// turnPage notes from where the next page goes on.
func (s *scan) turnPage(page api.Page) {
	if n := len(page.Images); n > 1 {
		s.earlier = s.earlier[:0]
		for _, img := range page.Images[max(0, n-5) : n-1] {
			s.earlier = append(s.earlier, img.ID)
		}
	}
	s.marker = page.Marker
}

// takeBatch takes in a part of a page, and the rest when keys had their turn. A
// scan of which all is taken in ends.
func (w *Watch) takeBatch() {
	s := &w.scan
	if len(s.batches) > 0 {
		b := s.batches[0]
		s.batches = s.batches[1:]
		w.take(b.images, b.asked, w.firstScan())
		for _, img := range b.images {
			w.store.meet(img.ID, b.generation)
		}
	}
	if len(s.batches) > 0 {
		if !w.continuing {
			w.continuing = true
			w.emit(Continue{})
		}
		return
	}
	if s.list == lists && !s.done {
		w.endScan()
	}
}

func notHidden(i model.Image) bool { return !i.Hidden && i.Knows("os_hidden") }

// hidesImages reports whether the server can have hidden images. Without them no list
// of them is asked for.
func (w *Watch) hidesImages() bool { return !w.noHidden && w.viewer.HidesImages() }

// endScan drops what no page held. Of a list that was given up, what was not read
// is not deleted.
func (w *Watch) endScan() {
	s := &w.scan
	s.done, s.ended = true, w.now
	first := w.firstScan()
	w.scans++
	if s.endless || first && s.n == 1 {
		return // nothing was there before
	}
	w.drop(w.store.unmet(w.generation()), s.asked, false)
}

// nothingYet is true until the first page of the first scan is there.
func (w *Watch) nothingYet() bool {
	return w.firstScan() && w.scan.list == Visible && w.scan.marker == ""
}

// firstScan is true until the list was read once in full.
func (w *Watch) firstScan() bool { return w.scans == 0 }
