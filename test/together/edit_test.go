package together

import (
	"slices"

	machine "github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// edit is one that a program sent and got a yes to: Base is the reading just
// before it, Wanted what it was to be.
type edit struct {
	by       string
	base     model.Image
	wanted   model.Image
	reported bool // the program said that overwritten by another edit it
}

// tries is how often a program puts back what was undone.
const tries = 6

// edits sends an edit, deciding every conflict for itself, and, as often as the
// program reports a loss, sends the edit that it offers to put it back. Where
// that conflicts with what another one has made of it since, it gives way.
func (p *program) edits(base, wanted model.Image, decide string) (done []edit, conflicts int) {
	merges := len(p.snapshot().merges)
	p.post(screen.Review{Base: base, Wanted: wanted})
	for range tries {
		e, ok := p.send(decide)
		all := p.snapshot().merges
		for _, m := range all[merges:] {
			_, found := merge.Merge(m.Base, m.Mine, m.Theirs)
			conflicts += len(found)
		}
		decide, merges = "T", len(all)
		if !ok {
			return done, conflicts
		}
		done = append(done, e)
		if !e.reported {
			p.leave()
			return done, conflicts
		}
		now := p.snapshot()
		reviews := len(now.reviews)
		p.press("r")
		offered := func() bool { return len(p.reviews) > len(now.reviews) || len(p.merges) > len(now.merges) }
		if !p.soon(func() bool { return offered() || !p.shows("overwritten by another edit") }) {
			p.leave() // a look came between the report and the key
			return done, conflicts
		}
		if now := p.snapshot(); len(now.reviews) == reviews && len(now.merges) == merges {
			p.leave() // a later look shows that someone else put it back
			return done, conflicts
		}
		p.restores++
	}
	p.t.Errorf("%s: overwritten %d times", p.name, tries)
	return done, conflicts
}

// leave goes back to the list.
func (p *program) leave() {
	p.press("esc")
	p.until("the list", func() bool { return p.shows("newest first") })
}

// hasReported reports whether the program told that a change of an edit was undone,
// with what puts it back, or that it has another value by now.
func (p *program) hasReported(e edit, lost merge.Change) bool {
	is := func(c merge.Change) bool { return c.Field.Attr == lost.Field.Attr && c.Field.Key == lost.Field.Key }
	return slices.ContainsFunc(p.overwritten, func(u screen.Overwritten) bool {
		return len(merge.Changes(u.Before, e.base)) == 0 && slices.ContainsFunc(merge.Compare(e.base, e.wanted, u.Now).NotApplied, is)
	})
}

// send takes the review, or the merge before it, that is on the screen to its
// end. It is false where there was nothing to send, or nothing was sent.
func (p *program) send(decide string) (e edit, ok bool) {
	p.mu.Lock()
	sends, sent := len(p.sends), p.sent
	p.mu.Unlock()
	for len(p.snapshot().sends) == sends {
		if !p.until("a review or a merge", func() bool {
			return len(p.sends) > sends || p.shows("unresolved", "all resolved", "enter: send", "Nothing to send", "enter: try again")
		}) {
			return e, false
		}
		now := p.snapshot()
		switch {
		case len(now.sends) > sends:
		case p.seesNow("unresolved", "all resolved"):
			p.press(decide, "enter")
			if !p.until("the review after a merge", func() bool { return len(p.reviews) > len(now.reviews) }) {
				return e, false
			}
		case p.seesNow("Nothing to send"):
			p.leave()
			return e, false
		default:
			p.press("enter")
			if !p.until("the reading before sending", func() bool {
				return len(p.sends) > sends || len(p.merges) > len(now.merges) || p.seen > now.seen && !p.shows("enter: send", "Checking the image") ||
					p.seen > now.seen && p.shows("rebased on these changes", "Nothing to send") || p.shows("enter: try again")
			}) {
				return e, false
			}
		}
	}
	if !p.until("the answer", func() bool { return p.sent > sent || p.shows("r try again") }) {
		return e, false
	}
	now := p.snapshot()
	if now.sent == sent {
		p.t.Logf("%s was refused: %s", p.name, now.view)
		p.leave()
		return e, false
	}
	// At once, and twice more: whoever read the image before this edit was
	// written has written by then.
	const looks = 3
	if !p.until("the looks after it", func() bool { return p.seen >= p.seenAtSend+looks }) {
		return e, false
	}
	s := p.snapshot().sends[sends]
	return edit{by: p.name, base: s.Base, wanted: s.Wanted, reported: p.seesNow("overwritten by another edit")}, true
}

// snapshot is what passed by so far.
func (p *program) snapshot() (s struct {
	sends      []machine.Plan
	reviews    []screen.Review
	merges     []screen.Merge
	sent, seen int
	view       string
}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.sends, s.reviews, s.merges = slices.Clone(p.sends), slices.Clone(p.reviews), slices.Clone(p.merges)
	s.sent, s.seen, s.view = p.sent, p.seen, p.view
	return s
}

func (p *program) seesNow(texts ...string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shows(texts...)
}
