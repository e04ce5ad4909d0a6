package watch

import (
	"cmp"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// A server lists existing images only. So images are asked for by their IDs: with
// each poll those on the screen, which tells of any change of them as well,
// whatever its time; now and then a few others, those that the user edited or
// marked first, and then all in turn. What a list leaves out may have become
// hidden, or be shown no more; only when it is nowhere is it deleted.

const (
	// checkedAtOnce is how many images a check asks for.
	checkedAtOnce = 25
	// fewRows is how many rows are asked for with each poll; of more it is half of
	// them.
	fewRows = 5
	// hiddenEvery is which of the checks is for hidden images, if there are any.
	hiddenEvery = 4
	// farSearch is how many images are looked at to find the next ones to check.
	farSearch = 2000
	// doubtsAtOnce is how many doubtful images are read with a poll.
	doubtsAtOnce = 3
	// deafFor is how long a server is not asked for several images by their IDs
	// after it has shown that it does not know the question.
	deafFor = 10 * time.Minute
)

// check is the state of the checks.
type check struct {
	n    int          // of them so far
	next [lists]int32 // where each list's turn goes on, by index in the store
	mark int32        // and that of the marked ones
	bad  bool         // the last check found that images are deleted

	// missing are images that a list left out. They are looked for in the other
	// one, then one of them by itself.
	missing []string
	list    ListKind // where they were missed
	single  bool
	some    bool // the lists gave some of what they were asked for
	// works is a server that has given some of many once, and so knows the
	// question. Another one would seem to have lost every image: it is asked for
	// one at a time until then.
	works bool
	deaf  time.Time
	// doubts are images of which a reading came too late to tell whether it is
	// newer than the one that is there.
	doubts []string
}

// doubt has an image read again.
func (c *check) doubt(id string) {
	if !slices.Contains(c.doubts, id) {
		c.doubts = append(c.doubts, id)
	}
}

// checkDue reports whether it is time for a check: now and then, and more often
// while checks find something, since many images are deleted together.
func (w *Watch) checkDue() bool {
	others := cycle
	if w.check.bad {
		others = 2
	}
	return w.sinceCheck >= others && w.now.Sub(w.checkedAt) >= time.Duration(others-1)*w.every
}

// askOnScreen asks for what is on the screen: the image that is open, or the
// rows; not for what was read a moment ago.
func (w *Watch) askOnScreen() {
	if id := w.viewer.OpenImage(); id != "" {
		at, known := w.store.Find(id)
		if deleted := known && w.store.deleted[at]; !deleted && (id != w.toldID || w.now.Sub(w.toldAt) >= time.Second) {
			w.pollFor(Request{Kind: AskOne, IDs: []string{id}})
		}
		return
	}
	// While an edit is followed there are more polls, but no more of these.
	fresh := w.every * 9 / 10
	if w.blind || w.now.Sub(w.rowsAt) < fresh {
		return // blind servers do not know the question
	}
	w.rowsAt = w.now
	rows := w.viewer.VisibleRows()
	if len(rows) == 0 {
		return
	}
	// The selected one each time, then those that were read the longest ago.
	byAge := func(a, b int32) int { return cmp.Compare(w.store.readAt[a], w.store.readAt[b]) }
	list := w.store.list(slices.MinFunc(rows, byAge))
	slices.SortStableFunc(rows[1:], byAge)
	most := max(fewRows, len(rows)/2+1)
	if slices.ContainsFunc(rows, func(at int32) bool { return w.store.list(at) != list }) {
		most = len(rows) // each list has every other poll
	}
	var ids []string
	for _, at := range rows {
		if len(ids) < most && w.store.age(at, w.now) >= fresh {
			ids = w.addTo(ids, at, list)
		}
	}
	w.askListed(ids, list)
}

// addTo adds an image to those that a list is to be asked for, where it should be
// in that list and its ID can be in a question.
func (w *Watch) addTo(ids []string, at int32, list ListKind) []string {
	if id := w.store.ID(at); !w.store.deleted[at] && w.store.list(at) == list && plainID(id) && !slices.Contains(ids, id) {
		return append(ids, id)
	}
	return ids
}

// askOthers checks images out of sight; false when there is nothing to check.
func (w *Watch) askOthers() bool {
	c := &w.check
	c.n++
	list := Visible
	if c.n%hiddenEvery == 0 {
		list = Hidden
	}
	ids := w.toCheck(list)
	if len(ids) == 0 {
		list = list.other()
		ids = w.toCheck(list)
	}
	w.askListed(ids, list)
	return len(ids) > 0
}

// askListed begins a check of images that should be in a list.
func (w *Watch) askListed(ids []string, list ListKind) {
	c := &w.check
	if len(ids) == 0 {
		return
	}
	c.some = false
	if len(ids) == 1 || !c.works && w.now.Before(c.deaf) {
		c.missing, c.single = ids[:1], true
		w.confirm()
		return
	}
	w.pollFor(Request{Kind: AskIDs, List: list, IDs: ids})
}

// confirm looks for what a list left out.
func (w *Watch) confirm() {
	c := &w.check
	if !c.single && len(c.missing) > 1 {
		w.pollFor(Request{Kind: AskIDs, List: c.list.other(), IDs: c.missing})
		return
	}
	c.single = true
	w.pollFor(Request{Kind: AskOne, IDs: c.missing[:1]})
}

func (w *Watch) tookListed(r Responded) {
	c, ids, images := &w.check, w.request.IDs, r.Page.Images
	second := len(c.missing) > 0
	w.tookReadings(r)
	c.some = c.some || len(images) > 0
	c.works = c.works || len(images) > 0 && len(ids) > 1
	c.missing, c.list = w.without(ids, images), w.request.List
	switch {
	case len(c.missing) == 0:
		c.bad = false
	case second && c.some:
		w.deleted(c.missing, r.Asked)
	case second:
		c.single = true // neither list knows any of them: does this server know the question?
	}
}

// tookOne takes the reading of one image: one that is missing, or one that every
// screen is told of.
func (w *Watch) tookOne(r Responded) {
	c, id := &w.check, w.request.IDs[0]
	confirms := len(c.missing) > 0
	switch {
	case r.Err != nil && !confirms:
		w.drop([]string{id}, r.Asked, false)
	case r.Err != nil && c.works:
		w.deleted(c.missing, r.Asked)
	case r.Err != nil:
		w.deleted(c.missing[:1], r.Asked)
	case !confirms:
		w.take(r.Page.Images, r.Asked, false)
		w.emit(Read{r.Page.Images[0], r.Asked})
	default:
		if !c.works && len(c.missing) > 1 {
			c.deaf = w.now.Add(deafFor)
		}
		w.tookReadings(r)
		c.bad = false
	}
	c.missing, c.single = nil, false
}

// tookReadings takes images of a check; most are known.
func (w *Watch) tookReadings(r Responded) {
	if w.take(r.Page.Images, r.Asked, false) {
		w.lastActivity = w.now
		w.emit(Changed{r.Page.Images, r.Asked})
	}
}

// deleted ends a check that found out that images are there no longer.
func (w *Watch) deleted(ids []string, asked Asked) {
	w.check.missing, w.check.bad = nil, true
	w.lastActivity = w.now
	w.drop(ids, asked, false)
}

// without gives the IDs of which no image came and that still count as there.
func (w *Watch) without(ids []string, images []model.Image) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		at, known := w.store.Find(id)
		return !known || w.store.deleted[at] || slices.ContainsFunc(images, func(img model.Image) bool { return img.ID == id })
	})
}

// toCheck chooses what a check of a list asks for: what was not read for a while.
func (w *Watch) toCheck(list ListKind) []string {
	c := &w.check
	var ids []string
	want := func(at int32) {
		if w.store.age(at, w.now) >= cycle*w.every {
			ids = w.addTo(ids, at, list)
		}
	}
	for _, e := range w.edited {
		if at, known := w.store.Find(e.id); known && len(ids) < checkedAtOnce/2 {
			want(at)
		}
	}
	n := int32(w.store.Len())
	around := func(from *int32, most int, choose func(int32) bool) {
		tries := farSearch
		for range n {
			if len(ids) == most || tries == 0 {
				return
			}
			if at := *from; choose(at) {
				tries--
				want(at)
			}
			*from = (*from + 1) % n
		}
	}
	if marked := w.viewer.Marked(); marked != nil {
		around(&c.mark, len(ids)+(checkedAtOnce-len(ids))/2, marked)
	}
	around(&c.next[list], checkedAtOnce, func(int32) bool { return true })
	return ids
}

// plainID reports whether an ID can be in a list of them.
func plainID(id string) bool {
	for _, r := range id {
		if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_') {
			return false
		}
	}
	return id != "" && len(id) <= 64
}
