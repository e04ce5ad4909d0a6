package edit

import (
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
)

// A PATCH that takes long writes back an image that it read before, however
// long ago, so an accepted edit can be overwritten long after its last look.
const (
	watched     = 15 * time.Minute // a PATCH can hold an image for minutes
	mostWatched = 100
	mostHistory = 50
)

// LostUpdates watches for accepted edits that another edit overwrites later. It
// remembers them for a while and compares every snapshot of their images with
// them, whoever read it. The zero value is ready.
type LostUpdates struct {
	edits     []acceptedEdit
	snapshots []model.Image // the last ones of images that were read
}

// acceptedEdit is an edit that the server accepted.
type acceptedEdit struct {
	before, after model.Image
	earlier       []model.Image  // snapshots of before
	reported      []merge.Change // what of it was reported as overwritten
	at            time.Time
	order         int // of the response: what was asked for before does not count
}

// LostUpdate is an accepted edit of which a snapshot does not show all any more.
type LostUpdate struct {
	Before, After model.Image
	At            time.Time
	Now           model.Image
	Wanted        model.Image // Now with what was overwritten
	// Lost is what went back to a value that it had once: another edit overwrote
	// it. Superseded is what has a value that this program never saw: mostly
	// someone changed it on purpose, but an edit that began before this one can
	// have written it back as well, and no one here can tell.
	Lost, Superseded []merge.Change
}

// Accepted remembers an edit. Order is the place of its response among the
// requests of the program: a snapshot that was asked for earlier can be older
// than the edit.
func (l *LostUpdates) Accepted(before, after model.Image, order int, now time.Time) {
	l.edits = slices.DeleteFunc(l.edits, func(e acceptedEdit) bool { return now.Sub(e.at) > watched })
	l.edits = append(l.edits, acceptedEdit{before: before, after: after, earlier: slices.Clone(l.snapshots), at: now, order: order})
	l.edits = l.edits[max(0, len(l.edits)-mostWatched):]
}

// Reported says that the user knows already what of an edit a snapshot does not
// show.
func (l *LostUpdates) Reported(before, now model.Image) {
	for n := range l.edits {
		if e := &l.edits[n]; e.before.ID == now.ID && len(merge.Changes(e.before, before)) == 0 {
			e.reported = append(e.reported, merge.Compare(e.before, e.after, now).NotApplied...)
		}
	}
}

// Read takes a snapshot of a single image, which is remembered where a client
// changed something since the one before.
func (l *LostUpdates) Read(img model.Image) {
	for _, last := range slices.Backward(l.snapshots) {
		if last.ID == img.ID {
			if len(merge.ByClient(merge.Changes(last, img))) == 0 {
				return
			}
			break
		}
	}
	l.snapshots = append(l.snapshots, img)
	l.snapshots = l.snapshots[max(0, len(l.snapshots)-mostHistory):]
}

// Listed is Read for an image of a list, of which there are many: only those that
// were read before are remembered.
func (l *LostUpdates) Listed(img model.Image) {
	if slices.ContainsFunc(l.snapshots, func(s model.Image) bool { return s.ID == img.ID }) {
		l.Read(img)
	}
}

// Suspect reports whether a snapshot seems to have lost an edit. A list can be
// older than the edit, so the image is to be read before anything is reported.
func (l *LostUpdates) Suspect(img model.Image, order int) bool {
	return slices.ContainsFunc(l.edits, func(e acceptedEdit) bool {
		lost, superseded := l.missing(e, img)
		return order >= e.order && len(lost)+len(superseded) > 0
	})
}

// Report gives what a snapshot shows to be overwritten, each change once.
func (l *LostUpdates) Report(now model.Image, order int) []LostUpdate {
	var all []LostUpdate
	for n, e := range l.edits {
		lost, superseded := l.missing(e, now)
		if order < e.order || len(lost)+len(superseded) == 0 {
			continue
		}
		l.edits[n].reported = slices.Concat(e.reported, lost, superseded)
		full := now.Recalling(e.after).Recalling(e.before)
		wanted, _ := merge.Merge(e.before, e.after, full)
		all = append(all, LostUpdate{
			Before: e.before, After: e.after, At: e.at, Now: full, Wanted: wanted, Lost: lost, Superseded: superseded,
		})
	}
	return all
}

// missing is what of an edit a snapshot shows not to be there, and was not
// reported.
func (l *LostUpdates) missing(e acceptedEdit, now model.Image) (lost, superseded []merge.Change) {
	if e.before.ID != now.ID {
		return nil, nil
	}
	for _, c := range merge.Compare(e.before, e.after, now).NotApplied {
		hadIt := func(was model.Image) bool {
			return was.ID == now.ID && slices.ContainsFunc(merge.Changes(was, e.after), func(a merge.Change) bool {
				return a.Field == c.Field && a.Before == c.Before
			})
		}
		switch single := c.Field.Attr != "tags" && c.Field.Attr != "locations"; {
		case l.explained(e, c):
		case !single, hadIt(e.before), slices.ContainsFunc(e.earlier, hadIt):
			lost = append(lost, c)
		default:
			superseded = append(superseded, c)
		}
	}
	return lost, superseded
}

// explained reports whether a change was reported, or is the doing of a later
// edit of this program.
func (l *LostUpdates) explained(e acceptedEdit, c merge.Change) bool {
	same := func(o merge.Change) bool { return o.Field.Attr == c.Field.Attr && o.Field.Key == c.Field.Key }
	return slices.ContainsFunc(e.reported, same) || slices.ContainsFunc(l.edits, func(later acceptedEdit) bool {
		return later.before.ID == e.before.ID && later.at.After(e.at) &&
			slices.ContainsFunc(merge.Changes(later.before, later.after), same)
	})
}
