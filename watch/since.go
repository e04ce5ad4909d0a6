package watch

import (
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

const (
	// atOnce is how many changes one answer brings, and mostAtOnce where more are
	// of one second, past which no question can go on. The latter is the most that
	// servers give.
	atOnce, mostAtOnce = 100, 1000
	// overlap is asked for again: a change can show up later than another one of
	// the same time or after it, since a server takes the time before it writes.
	// After settled nothing of the kind is expected any more.
	overlap, settled = 3 * time.Second, 10 * time.Second
	// fewAgain is how many known images may come again with each question. Where
	// it would be more, the wide question brings what the overlap would have.
	fewAgain = 25
	// skew is how far the clocks of a cloud's API hosts may differ: by so much
	// before the latest change that was seen another one can still show up. Every
	// wideEvery a wide question goes back as far. What is visible does not wait
	// for it, nor for any clock: it is read by its ids.
	skew, wideEvery = 30 * time.Second, time.Minute
	// hot is for how long a second can still get further changes.
	hot = 2 * time.Second
	// ahead is how far in the future a change may be. One that is farther (a
	// clock was wrong, once) says nothing of how far changes are known.
	ahead = time.Minute
)

// since is how far the changes of one list are known. Their times are whole
// seconds of the servers' clocks. The zero value asks for everything.
type since struct {
	from    time.Time // where the next question begins
	done    time.Time // what is before is left to wide questions
	newest  time.Time // the latest change that was seen, and
	first   time.Time // when it was, by our own clock
	wide    time.Time // from where the next wide question asks, and
	wideAt  time.Time // when the last one was asked, by our own clock
	more    bool      // the last answer was cut off: the next question goes on
	limit   int       // of the next question; 0 for the usual
	started window    // of those that go on from one another, the first
}

// window is which changes to ask a server for.
type window struct {
	from  time.Time
	limit int
	sent  time.Time // by our own clock
}

// begin starts with the latest change that there is, asked for at a time that
// is so long behind the reading of the first images.
func (s *since) begin(page api.Page, behind time.Duration, now time.Time) {
	*s = since{}
	if len(page.Images) == 0 {
		return
	}
	at := truncateToSecond(page.Images[0].UpdatedAt)
	if at.After(latest(page)) {
		at = page.Date
	}
	s.newest, s.first = at, now
	s.from = at.Add(-behind - overlap)
	s.wide, s.wideAt = at.Add(-behind-skew), now
}

// ask is the next question.
func (s *since) ask(now time.Time) window {
	if !s.more && !s.newest.IsZero() && now.Sub(s.wideAt) >= wideEvery {
		s.from, s.limit = earlier(s.from, s.wide), mostAtOnce
		// A host whose clock showed newest then shows as much more by now, at least.
		s.wide, s.wideAt = s.newest.Add(now.Sub(s.first)-skew), now
	}
	q := window{from: s.from, limit: max(s.limit, atOnce), sent: now}
	if !s.more {
		s.started = q
	}
	return q
}

// took takes the answer to a question: images with the earliest change first.
// It tells false where more of them are of one second than an answer holds:
// then the list has to be read again.
func (s *since) took(q window, page api.Page, now time.Time) bool {
	var last time.Time // that counts
	count, end := 0, latest(page)
	for _, img := range page.Images {
		if at := truncateToSecond(img.UpdatedAt); !at.After(end) {
			last, count = later(last, at), count+1
		}
	}
	if s.newest.IsZero() && count > 0 {
		s.wide, s.wideAt = truncateToSecond(page.Images[0].UpdatedAt).Add(-skew), now
	}
	if last.After(s.newest) {
		s.newest, s.first = last, now
	}
	s.limit, s.more = 0, false
	if page.Marker == "" || len(page.Images) == 0 || count > 0 && count < len(page.Images) {
		s.end(page, now)
		return true
	}
	s.more = true
	first, last := truncateToSecond(page.Images[0].UpdatedAt), truncateToSecond(page.Images[len(page.Images)-1].UpdatedAt)
	switch {
	case first.Before(last):
		s.from = last // of which more may follow
	case q.limit < mostAtOnce:
		s.from, s.limit = last, mostAtOnce
	default:
		s.from = last.Add(time.Second)
		return false
	}
	return true
}

// end decides where to begin after an answer that left nothing out.
func (s *since) end(page api.Page, now time.Time) {
	if s.newest.IsZero() {
		return // nothing was there yet
	}
	// Since the first of these questions was sent something may have shown up
	// behind where the later ones began.
	late := later(s.done, s.newest.Add(-overlap-now.Sub(s.started.sent)))
	known := 0
	for _, img := range page.Images {
		if at := truncateToSecond(img.UpdatedAt); !at.Before(late) && !at.After(s.newest) {
			known++
		}
	}
	young := now.Sub(s.first) < hot
	if !page.Date.IsZero() {
		young = page.Date.Sub(s.newest) < hot
	}
	switch {
	case s.started.sent.Sub(s.first) >= settled && !s.started.from.After(late), known > fewAgain && !young:
		s.done = s.newest.Add(time.Second)
	case known > fewAgain:
		s.done = later(s.done, s.newest)
	}
	s.from = later(s.done, late)
}

// latest is the time behind which a change of a page is in the future.
func latest(page api.Page) time.Time {
	if page.Date.IsZero() {
		return time.Unix(1<<40, 0) // cannot be told
	}
	return page.Date.Add(ahead)
}

// truncateToSecond is a time without what servers do not tell of it.
func truncateToSecond(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
