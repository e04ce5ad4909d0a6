package edit

import (
	"cmp"
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
)

// What Drafts asks of the disk, and what came of it.
type (
	// DraftBatch is what is to be done now, in this order.
	DraftBatch struct {
		Tag   Tag
		Tasks []DraftTask
	}
	// DraftTask is one thing of it.
	DraftTask struct {
		Verb    DraftVerb
		Draft   record.Draft // by its ID on disk, "" for a new one; of ReadDrafts the place
		local   *localDraft  // nil for what is no draft of this program
		version int          // of it
	}
	// DraftResults answer a batch.
	DraftResults struct {
		Tag     Tag
		Results []DraftResult
	}
	// DraftResult answers a task.
	DraftResult struct {
		DraftTask

		Got    record.Draft   // the one that was opened, as it is on disk; of one that was saved the ID
		Drafts []record.Draft // that were read
		Err    error
	}
)

// DraftVerb is what to do with a draft on disk.
type DraftVerb int

// What can be done.
const (
	OpenDraft    DraftVerb = iota // make another run's draft this program's own
	SaveDraft                     // write it
	DiscardDraft                  // remove it
	ReadDrafts                    // read those of the place
)

// DraftNews is what the user has to know of results.
type DraftNews struct {
	What DraftEvent
	Base model.Image // of the draft that it is about
	Err  error
}

// DraftEvent is what happened to drafts.
type DraftEvent int

// What can happen.
const (
	DraftsRead        DraftEvent = iota // all are known; Err where some cannot be read
	DraftTaken                          // another program opened the same one at the same moment
	DraftContinued                      // another program had gone on with it: there are two
	DraftsNotSaved                      // for the reason that Err has
	DraftsSavedAgain                    // after they could not be
	DraftNotDiscarded                   // for the reason that Err has
)

// Next is what is to be done on the disk now; false where that is nothing, and
// while the batch before it is not answered. So an older version never comes after
// a newer one.
func (d *Drafts) Next() (b DraftBatch, more bool) {
	if !d.disk || d.awaits != 0 {
		return b, false
	}
	for _, id := range d.discard {
		b.Tasks = append(b.Tasks, DraftTask{Verb: DiscardDraft, Draft: record.Draft{ID: id}})
	}
	d.discard = nil
	d.local = slices.DeleteFunc(d.local, func(o *localDraft) bool { return o.dropped && o.file == "" && o.takes == nil })
	for _, o := range d.local {
		if t := (DraftTask{local: o, version: o.changed}); o.behind(&t) {
			b.Tasks = append(b.Tasks, t)
		}
	}
	if d.read {
		b.Tasks = append(b.Tasks, DraftTask{Verb: ReadDrafts, Draft: record.Draft{Service: d.place}})
		d.read = false
	}
	if len(b.Tasks) == 0 {
		return b, false
	}
	d.last++
	d.awaits, b.Tag = d.last, d.last
	return b, true
}

// behind reports whether the disk has an older version, and what to do about it.
func (o *localDraft) behind(t *DraftTask) bool {
	t.Draft = o.draft
	t.Draft.ID, t.Draft.OwnedBy = o.file, ""
	switch {
	case o.takes != nil:
		t.Verb, t.Draft = OpenDraft, *o.takes
	case o.changed == o.written, o.changed == o.failed:
		return false
	case o.dropped:
		t.Verb = DiscardDraft
	default:
		t.Verb = SaveDraft
	}
	return true
}

// Idle reports whether nothing is being run.
func (d *Drafts) Idle() bool { return d.awaits == 0 }

// Retry makes what failed worth another attempt.
func (d *Drafts) Retry() {
	for _, o := range d.local {
		o.failed = 0
	}
}

// Took takes the results of a batch. Those of another one than it waits for
// change nothing.
func (d *Drafts) Took(r DraftResults) (news []DraftNews) {
	if r.Tag != d.awaits || r.Tag == 0 {
		return nil
	}
	d.awaits = 0
	var failed error
	wrote := false
	for _, r := range r.Results {
		switch {
		case r.Verb == OpenDraft:
			news = append(news, d.opened(r)...)
		case r.Verb == ReadDrafts && r.Draft.Service == d.place:
			d.found(r.Drafts)
			news = append(news, DraftNews{What: DraftsRead, Err: r.Err})
		case r.local != nil:
			wrote, failed = true, cmp.Or(failed, r.Err)
			d.wrote(r)
		case r.Verb == DiscardDraft && r.Err != nil:
			d.discarded = slices.DeleteFunc(d.discarded, func(id string) bool { return id == r.Draft.ID })
			d.Read()
			news = append(news, DraftNews{What: DraftNotDiscarded, Err: r.Err})
		}
	}
	switch {
	case !wrote:
		return news
	case failed != nil && d.failed == nil:
		news = append(news, DraftNews{What: DraftsNotSaved, Err: failed})
	case failed == nil && d.failed != nil:
		news = append(news, DraftNews{What: DraftsSavedAgain})
	}
	d.failed = failed
	return news
}

// opened takes another run's draft over. Where someone was quicker or went on
// with it since it was read, this program's becomes a second one beside it.
func (d *Drafts) opened(r DraftResult) []DraftNews {
	o := r.local
	o.takes = nil
	news := DraftNews{What: DraftTaken, Base: o.draft.Base}
	switch {
	case r.Err == nil && r.Got.Saved.Equal(r.Draft.Saved):
		o.file = r.Got.ID // as it was: it keeps the time at which it was typed
		return nil
	case r.Err == nil:
		news.What = DraftContinued
	}
	o.changed++
	d.Read()
	if o.dropped {
		return nil
	}
	return []DraftNews{news}
}

// wrote notes what the disk has of a draft: that version, and not what it has
// become since.
func (d *Drafts) wrote(r DraftResult) {
	o := r.local
	if r.Err != nil {
		o.failed = r.version
		return
	}
	o.file, o.written = r.Got.ID, r.version
	if o.dropped && o.written == o.changed {
		d.local = slices.DeleteFunc(d.local, func(l *localDraft) bool { return l == o })
	}
}

// found takes what the disk has. This program's own are no others', nor is what it
// has just taken or discarded.
func (d *Drafts) found(all []record.Draft) {
	d.others = slices.DeleteFunc(slices.Clone(all), func(f record.Draft) bool {
		return slices.Contains(d.discarded, f.ID) || slices.ContainsFunc(d.local, func(o *localDraft) bool {
			return o.file == f.ID || o.takes != nil && o.takes.ID == f.ID
		})
	})
	slices.SortStableFunc(d.others, latestFirst)
}

// DraftFiles are drafts on disk; state.Store satisfies it.
type DraftFiles interface {
	Drafts(api.ServiceID) ([]record.Draft, error)
	TakeDraft(id string) (record.Draft, error)
	KeepDraft(record.Draft) (id string, err error)
	DropDraft(id string) error
}

// DraftRunner runs what Drafts asks for. Its methods may be called by
// several at a time.
type DraftRunner struct {
	Files DraftFiles

	mu    sync.Mutex
	last  DraftResults // of the last Do
	ended bool
}

// Do carries a batch out. After Finish it does nothing: a program does not wait
// for what runs beside it, and an older version must not replace the newest.
func (r *DraftRunner) Do(b DraftBatch) DraftResults {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ended {
		r.last = r.do(b)
	}
	return r.last
}

func (r *DraftRunner) do(b DraftBatch) DraftResults {
	out := DraftResults{Tag: b.Tag}
	for _, t := range b.Tasks {
		one := DraftResult{DraftTask: t}
		switch t.Verb {
		case OpenDraft:
			one.Got, one.Err = r.Files.TakeDraft(t.Draft.ID)
		case SaveDraft:
			one.Got.ID, one.Err = r.Files.KeepDraft(t.Draft)
		case DiscardDraft:
			one.Err = r.Files.DropDraft(t.Draft.ID)
		case ReadDrafts:
			one.Drafts, one.Err = r.Files.Drafts(t.Draft.Service)
		}
		out.Results = append(out.Results, one)
	}
	return out
}

// Finish writes what is not on disk yet, and ends the writing. It is for the end
// of the program, however that comes about: results that no one took are taken,
// and what was not begun is done here.
func (r *DraftRunner) Finish(d *Drafts) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	d.Took(r.last)
	d.awaits, d.read = 0, false
	d.Retry()
	for b, more := d.Next(); more; b, more = d.Next() {
		d.Took(r.do(b))
		d.read = false
	}
}
