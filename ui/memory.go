package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Memory is the edits that were not sent. Screens put every change of one into
// it; the root then asks sync for the command that writes it down, so a draft
// is on disk a moment after the key. It satisfies screen.Memory and is used
// from Update alone, so it needs no lock.
type Memory struct {
	shelf *shelf
	place model.Place // where the program is connected to

	own    []*ownDraft   // this program's, the one in use last among those of one image
	found  []model.Draft // what other runs of the program keep for the place
	number int           // of the own draft made last

	busy   bool  // a command is at work, or pausing after it
	failed error // why the last writing failed; nil when it did not
}

// ownDraft is a draft of this program: as it is now, and how much of that was
// written.
type ownDraft struct {
	number  int // names it to the shelf
	draft   model.Draft
	takes   *model.Draft // another run's draft that it continues, until that is this program's
	dropped bool
	changed int // counts changes; written is the count at the last writing,
	written int // and failed that at the last attempt, so that it is not made at once again
	failed  int
}

// betweenWrites is the pause after a writing: fast typing costs a few writes a
// second, and the last key is on disk well within one.
const betweenWrites = 250 * time.Millisecond

// NewMemory is an empty memory. Without a keeper (nil) it lasts as long as the
// program runs.
func NewMemory(k screen.Keeper) *Memory { return &Memory{shelf: newShelf(k)} }

// mine is this program's draft of an image of the place; nil when there is none.
func (m *Memory) mine(image string) *ownDraft {
	for _, o := range slices.Backward(m.own) {
		if !o.dropped && o.draft.Base.ID == image && o.draft.Place.Key() == m.place.Key() {
			return o
		}
	}
	return nil
}

// free is the place among the found of an image's latest draft that nobody has
// open; -1 when there is none.
func (m *Memory) free(image string) int {
	return slices.IndexFunc(m.found, func(d model.Draft) bool { return d.Base.ID == image && d.HeldBy == "" })
}

// Draft gives the draft of an image that can be taken up.
func (m *Memory) Draft(image string) (model.Draft, bool) {
	if o := m.mine(image); o != nil {
		return o.draft, true
	}
	if n := m.free(image); n >= 0 {
		return m.found[n], true
	}
	return model.Draft{}, false
}

// TakeDraft is Draft; what another run kept is this program's from now on.
func (m *Memory) TakeDraft(image string) (model.Draft, bool) {
	if o := m.mine(image); o != nil {
		return o.draft, true
	}
	n := m.free(image)
	if n < 0 {
		return model.Draft{}, false
	}
	return m.take(n), true
}

// take makes the nth found draft this program's own.
func (m *Memory) take(n int) model.Draft {
	d := m.found[n]
	m.found = slices.Delete(m.found, n, n+1)
	m.add(d).takes = &d
	return d
}

func (m *Memory) add(d model.Draft) *ownDraft {
	m.number++
	d.ID = "own " + strconv.Itoa(m.number)
	o := &ownDraft{number: m.number, draft: d, changed: 1}
	m.own = append(m.own, o)
	return o
}

// Choose makes a draft the one that the form takes up for its image; false when
// it is no longer there, or another program has it open.
func (m *Memory) Choose(id string) bool {
	if n := slices.IndexFunc(m.own, func(o *ownDraft) bool { return o.draft.ID == id && !o.dropped }); n >= 0 {
		o := m.own[n]
		m.own = append(slices.Delete(m.own, n, n+1), o)
		return true
	}
	n := slices.IndexFunc(m.found, func(d model.Draft) bool { return d.ID == id && d.HeldBy == "" })
	if n >= 0 {
		m.take(n)
	}
	return n >= 0
}

// KeepDraft keeps an edit in place of this program's earlier one of the image.
func (m *Memory) KeepDraft(d model.Draft) {
	d.Place = m.place
	o := m.mine(d.Base.ID)
	if o == nil {
		m.add(d)
		return
	}
	d.ID = o.draft.ID
	o.draft = d
	o.changed++
}

// DropDraft forgets this program's draft of an image.
func (m *Memory) DropDraft(image string) {
	if o := m.mine(image); o != nil {
		o.dropped = true
		o.changed++
	}
}

// Discard forgets any draft that no other program has open; the command tells
// when it is off the disk.
func (m *Memory) Discard(id string) tea.Cmd {
	for _, o := range m.own {
		if o.draft.ID == id && !o.dropped {
			o.dropped = true
			o.changed++
			return nil
		}
	}
	m.found = slices.DeleteFunc(m.found, func(d model.Draft) bool { return d.ID == id })
	shelf := m.shelf
	return func() tea.Msg { return draftDiscarded{err: shelf.discard(id)} }
}

// Lasts is whether what is kept outlives the program.
func (m *Memory) Lasts() bool { return m.shelf.keeper != nil && m.failed == nil }

// Drafts are all of the place that are known, the latest first; those that
// another living program has open say so.
func (m *Memory) Drafts() []model.Draft {
	all := slices.Clone(m.found)
	for _, o := range m.own {
		if !o.dropped && o.draft.Place.Key() == m.place.Key() {
			all = append(all, o.draft)
		}
	}
	slices.SortStableFunc(all, func(a, b model.Draft) int { return b.Saved.Compare(a.Saved) })
	return all
}

// Unsaved is what quitting would lose, as an ending of "Quit and …"; "" when
// nothing.
func (m *Memory) Unsaved() string {
	names := m.names()
	switch {
	case m.Lasts() || len(names) == 0:
		return ""
	case len(names) == 1:
		return "drop the unsent edit of " + names[0]
	}
	return "drop the unsent edits of several images"
}

// Kept is a sentence on what this program leaves for its next start; "" when
// that is nothing. It is safe text.
func (m *Memory) Kept() string {
	names := m.names()
	switch {
	case !m.Lasts() || len(names) == 0:
		return ""
	case len(names) == 1:
		return "The unsent edit of " + names[0] + " is kept: start glance-tui again to go on with it."
	}
	return "The unsent edits of " + strings.Join(names, ", ") + " are kept: start glance-tui again to go on with them."
}

func (m *Memory) names() []string {
	var out []string
	for _, o := range m.own {
		if name := draw.Name(o.draft.Base); !o.dropped && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// enter begins with the drafts of a place. This program's own of other places
// stay its own.
func (m *Memory) enter(p model.Place) tea.Cmd {
	m.place, m.found = p, nil
	return m.look()
}

// look asks what other runs of the program keep for the place.
func (m *Memory) look() tea.Cmd {
	if m.shelf.keeper == nil {
		return nil
	}
	shelf, place := m.shelf, m.place
	return func() tea.Msg {
		drafts, err := shelf.drafts(place)
		return draftsFound{place: place, drafts: drafts, err: err}
	}
}

// takeFound takes the answer to look. A draft that this program took up while
// the disk was read is not found any more.
func (m *Memory) takeFound(msg draftsFound) {
	if msg.place != m.place {
		return
	}
	m.found = slices.DeleteFunc(msg.drafts, func(d model.Draft) bool {
		return slices.ContainsFunc(m.own, func(o *ownDraft) bool { return o.takes != nil && o.takes.ID == d.ID })
	})
	slices.SortStableFunc(m.found, func(a, b model.Draft) int { return b.Saved.Compare(a.Saved) })
}

// sync is the command that writes down what changed; nil when nothing did, and
// while one is at work.
func (m *Memory) sync() tea.Cmd {
	if m.busy || m.shelf.keeper == nil {
		return nil
	}
	jobs := m.jobs()
	if len(jobs) == 0 {
		return nil
	}
	m.busy = true
	shelf := m.shelf
	return func() tea.Msg { return draftsWritten{shelf.do(jobs)} }
}

// settle is sync that does not wait its turn: for when the program is to stop.
func (m *Memory) settle() tea.Cmd {
	m.busy = false
	return m.sync()
}

// jobs is what is to be done so that the disk holds what the memory does.
func (m *Memory) jobs() []job {
	var jobs []job
	for _, o := range m.own {
		if o.changed != o.written && o.changed != o.failed {
			jobs = append(jobs, job{number: o.number, takes: o.takes, draft: o.draft, drop: o.dropped, version: o.changed})
		}
	}
	return jobs
}

// wrote takes what a writing came to; the result is what the user has to know.
func (m *Memory) wrote(results []result, width int) (say screen.Flash) {
	var failed error
	tried := false
	for _, r := range results {
		failed = cmp.Or(failed, r.err)
		tried = tried || !r.idle
		n := slices.IndexFunc(m.own, func(o *ownDraft) bool { return o.number == r.number })
		if n < 0 {
			continue
		}
		o := m.own[n]
		switch {
		case r.overtaken:
			say = screen.Flash{Level: screen.Warning, Text: draw.About(width, "another glance-tui took up the draft of ",
				o.draft.Base, " at the same moment; yours is kept beside it")}
		case r.newer:
			say = screen.Flash{Level: screen.Warning, Text: draw.About(width, "another glance-tui went on with the draft of ",
				o.draft.Base, " meanwhile; both are kept: D shows them")}
		}
		if r.err != nil {
			o.failed = r.version
			continue
		}
		o.written, o.takes = max(o.written, r.version), nil
		if o.dropped && o.written == o.changed {
			m.own = slices.Delete(m.own, n, n+1)
		}
	}
	switch {
	case !tried:
		return say
	case failed != nil && m.failed == nil:
		say = screen.Flash{Level: screen.Warning, Text: "drafts last only until you quit: " + failed.Error()}
	case failed == nil && m.failed != nil:
		say = screen.Flash{Level: screen.Success, Text: "drafts are kept on disk again"}
	}
	m.failed = failed
	return say
}

// retry makes what failed worth another attempt.
func (m *Memory) retry() {
	for _, o := range m.own {
		o.failed = 0
	}
}

// Flush writes down at once what no command wrote yet, and ends the writing. It
// is for the end of the program, however that comes about.
func (m *Memory) Flush() {
	if m.shelf.keeper != nil {
		m.retry()
		m.shelf.finish(m.jobs())
	}
}
