package edit

import (
	"slices"
	"strconv"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
)

// Drafts are the drafts of a program: its own, and those that other runs of it
// left on disk for the cloud that it is connected to. It does no I/O: Next says
// what is to be done on the disk, and Took takes what came of it, so all is
// decided in one place and in one order.
type Drafts struct {
	disk  bool // what is written outlives the program
	place api.ServiceID

	local  []*localDraft  // this program's, the one in use last among those of one image
	others []record.Draft // what the disk has beside them, the latest first
	number int            // of the local draft made last

	read      bool     // the disk is to be read
	discarded []string // IDs of others' drafts that were discarded here
	discard   []string // those of them that the disk is to be told of

	awaits Tag // the batch that is being run; 0 for none
	last   Tag
	failed error // why the last writing failed; nil when it did not
}

// localDraft is a draft of this program: as it is now, and what the disk has of it.
type localDraft struct {
	draft   record.Draft  // its ID names it within the program
	file    string        // its ID on disk; "" while it has none
	takes   *record.Draft // another run's draft that it goes on with, while that is not this program's on disk
	dropped bool
	// changed counts the changes; written is the count that the disk has, and
	// failed the one of the last attempt, which is not made again at once.
	changed, written, failed int
}

// NewDrafts begins without any. Without a disk they last as long as the program.
func NewDrafts(disk bool) *Drafts { return &Drafts{disk: disk} }

// Enter begins with the drafts of a place. This program's own of other places
// stay its own.
func (d *Drafts) Enter(p api.ServiceID) {
	d.place, d.others = p, nil
	d.Read()
}

// Read has the disk read again: other programs come and go.
func (d *Drafts) Read() { d.read = d.disk }

// mine is this program's draft of an image of the place; nil when there is none.
func (d *Drafts) mine(image string) *localDraft {
	for _, o := range slices.Backward(d.local) {
		if !o.dropped && o.draft.Base.ID == image && o.draft.Service.Key() == d.place.Key() {
			return o
		}
	}
	return nil
}

// free is the index of another run's latest draft of an image that no one has
// open; -1 when there is none.
func (d *Drafts) free(image string) int {
	return slices.IndexFunc(d.others, func(o record.Draft) bool { return o.Base.ID == image && o.OwnedBy == "" })
}

// Draft gives the draft of an image that can be opened.
func (d *Drafts) Draft(image string) (record.Draft, bool) {
	if o := d.mine(image); o != nil {
		return o.draft, true
	}
	if n := d.free(image); n >= 0 {
		return d.others[n], true
	}
	return record.Draft{}, false
}

// TakeDraft is Draft; what another run left is this program's from now on.
func (d *Drafts) TakeDraft(image string) (record.Draft, bool) {
	draft, found := d.Draft(image)
	if found && d.mine(image) == nil {
		d.take(d.free(image))
	}
	return draft, found
}

// take makes another run's draft this program's own.
func (d *Drafts) take(n int) {
	other := d.others[n]
	d.others = slices.Delete(d.others, n, n+1)
	d.add(other).takes = &other
}

func (d *Drafts) add(draft record.Draft) *localDraft {
	d.number++
	draft.ID = "own " + strconv.Itoa(d.number)
	o := &localDraft{draft: draft}
	d.local = append(d.local, o)
	return o
}

// Choose makes a draft the one that is opened for its image; false when it is no
// longer there, or another program has it open.
func (d *Drafts) Choose(id string) bool {
	if n := d.localNamed(id); n >= 0 {
		o := d.local[n]
		d.local = append(slices.Delete(d.local, n, n+1), o)
		return true
	}
	n := slices.IndexFunc(d.others, func(o record.Draft) bool { return o.ID == id && o.OwnedBy == "" })
	if n >= 0 {
		d.take(n)
	}
	return n >= 0
}

func (d *Drafts) localNamed(id string) int {
	return slices.IndexFunc(d.local, func(o *localDraft) bool { return o.draft.ID == id && !o.dropped })
}

// KeepDraft keeps an edit in place of this program's earlier one of the image.
func (d *Drafts) KeepDraft(draft record.Draft) {
	draft.Service = d.place
	o := d.mine(draft.Base.ID)
	if o == nil {
		o = d.add(draft)
	}
	draft.ID = o.draft.ID
	o.draft = draft
	o.changed++
}

// DropDraft forgets this program's draft of an image.
func (d *Drafts) DropDraft(image string) {
	if o := d.mine(image); o != nil {
		o.drop()
	}
}

func (o *localDraft) drop() {
	o.dropped = true
	o.changed++
}

// Discard forgets any draft that no other program has open.
func (d *Drafts) Discard(id string) {
	if n := d.localNamed(id); n >= 0 {
		d.local[n].drop()
		return
	}
	d.others = slices.DeleteFunc(d.others, func(o record.Draft) bool { return o.ID == id })
	d.discarded, d.discard = append(d.discarded, id), append(d.discard, id)
}

// DiscardApplied forgets the draft of an image that has nothing left to change;
// false where there is none.
func (d *Drafts) DiscardApplied(now model.Image) bool {
	draft, found := d.Draft(now.ID)
	if !found {
		return false
	}
	wanted, _ := merge.Merge(draft.Base, draft.Wanted, now)
	if len(merge.ByClient(merge.Changes(now, wanted))) > 0 {
		return false
	}
	d.Discard(draft.ID)
	return true
}

// Drafts are all of the place that are known, the latest first; those that
// another living program has open say so.
func (d *Drafts) Drafts() []record.Draft {
	all := slices.Clone(d.others)
	for _, o := range d.local {
		if !o.dropped && o.draft.Service.Key() == d.place.Key() {
			all = append(all, o.draft)
		}
	}
	slices.SortStableFunc(all, latestFirst)
	return all
}

func latestFirst(a, b record.Draft) int { return b.Saved.Compare(a.Saved) }

// Own are this program's drafts, of all places.
func (d *Drafts) Own() []record.Draft {
	var all []record.Draft
	for _, o := range d.local {
		if !o.dropped {
			all = append(all, o.draft)
		}
	}
	return all
}

// Lasts reports whether what is kept outlives the program.
func (d *Drafts) Lasts() bool { return d.disk && d.failed == nil }

// Failed is why the last writing failed; nil when it did not.
func (d *Drafts) Failed() error { return d.failed }
