package form

import (
	"bytes"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// takeDraft opens an edit that was not sent, on top of what the server says
// now: as it was typed on its own base first, then as after any news.
func (f *Form) takeDraft() {
	d, found := f.ctx.Memory.TakeDraft(f.base.ID)
	if !found {
		return
	}
	now := f.base.Recalling(d.Base)
	f.base, f.start = d.Base, stateOf(d.Base, d.Base, nil)
	typed, err := stateFrom(d.Typed, d.Base, d.Wanted)
	if err != nil { // kept by another release, or damaged: the wanted image is right all the same
		typed = stateOf(d.Base, d.Wanted, nil)
	}
	f.state = typed
	f.recompute()
	f.began = d.Base
	merged, conflicts := merge.Merge(f.base, f.edit.wanted.image, now)
	f.rebase(now, merged, conflicts)
	if !f.edit.changed {
		return
	}
	base := f.base
	say := screen.Flash{Level: screen.Info, Text: "Draft restored.", Image: &base}
	if ago := draw.Ago(d.Saved, f.ctx.Now()); ago != "" && ago != "now" {
		say.Text = "Draft from " + ago + " restored."
	}
	if names := draw.Settable(newsIn(d.Base, d.Wanted, now)); len(names) > 0 {
		say.Text += " Changed on the server since: " + draw.Listed(names)
		say.Level = screen.Warning
	}
	f.opening = append(f.opening, say)
}

// takeTheirs takes a fresh reading as the new base. What someone else changed
// is taken over where the user did not change the same.
func (f *Form) takeTheirs(theirs model.Image) tea.Cmd {
	f.gone = false
	theirs = theirs.Recalling(f.base)
	changes := merge.Changes(f.base, theirs)
	if len(changes) == 0 && theirs.LocationsShown == f.base.LocationsShown && theirs.LocationsWithheld == f.base.LocationsWithheld {
		f.base = theirs // as at nearly every look
		return nil
	}
	names := draw.Settable(changes)
	if len(names) == 0 && theirs.LocationsShown == f.base.LocationsShown && len(theirs.Locations) == len(f.base.Locations) {
		f.base = theirs
		f.recompute()
		f.focus = f.near(f.focus)
		f.load()
		return nil
	}
	if len(f.openConflicts()) == 0 {
		f.began = f.base
	}
	merged, conflicts := merge.Merge(f.base, f.edit.wanted.image, theirs)
	lost := slices.DeleteFunc(conflicts, func(c merge.Conflict) bool { return !c.Settled })
	_, conflicts = merge.Merge(f.began, merged, theirs)
	conflicts = append(conflicts, lost...)
	names = draw.Settable(newsIn(f.base, f.edit.wanted.image, theirs))
	f.rebase(theirs, merged, conflicts)
	if len(names) == 0 {
		return nil
	}
	say := "Changed on the server in the meantime: " + draw.Listed(names)
	if len(f.openConflicts()) > 0 {
		return f.FlashOf(theirs, screen.Warning, say+"; resolve the fields that you changed too")
	}
	return f.FlashOf(theirs, screen.Info, say)
}

// newsIn is what changed on the server, without what the user wants just so:
// the first of an edit's two requests is no news to whoever sent it.
func newsIn(base, mine, theirs model.Image) []merge.Change {
	wanted := merge.Changes(base, mine)
	return slices.DeleteFunc(merge.Changes(base, theirs), func(c merge.Change) bool {
		return slices.ContainsFunc(wanted, func(w merge.Change) bool {
			c.Field.Index = w.Field.Index // the list may be longer by what is yet to go
			return c == w
		})
	})
}

// takeSent begins again on what the server made of the edit.
func (f *Form) takeSent(after model.Image) {
	f.gone, f.lost = false, nil
	after = after.Recalling(f.base)
	f.rebase(after, after, nil)
}

// rebase shows an edit on another base. Texts that no image can hold are
// carried over; the history is of the old base and ends.
func (f *Form) rebase(base, wanted model.Image, conflicts []merge.Conflict) {
	old := f.state
	f.base = base
	f.start = stateOf(base, base, &old)
	next := stateOf(base, wanted, &old)
	next.carry(old, f.edit.wanted.faults)
	f.state = next
	f.hist.forget()
	f.recompute()
	f.takeConflicts(conflicts)
	f.focus = f.near(f.focus)
	f.load()
}

// carry brings over what a wanted image cannot say: numbers that are none,
// metadata that does not parse, a second property of one name, and a tag that
// is still being typed.
func (s *state) carry(old state, faults []fault) {
	if typed, some := readTag(old.tagText); some {
		s.tags = slices.DeleteFunc(s.tags, func(t tag) bool { return t.new && t.text == typed })
	}
	s.tagText = old.tagText
	for _, x := range faults {
		switch x.at.attr {
		case "locations":
			from, to := old.locationRow(x.at.id), s.locationRow(x.at.id)
			if from != nil && to != nil {
				to.metadata = slices.Clone(from.metadata)
			}
		case "properties":
			if p := old.propertyRow(x.at.id); p != nil && s.propertyRow(x.at.id) == nil {
				p := *p
				p.new, p.from = true, ""
				s.properties = append(s.properties, p)
			}
		default:
			*s.value(x.at.attr) = *old.value(x.at.attr)
		}
	}
}

// remember puts the edit into the memory, or takes it away where nothing
// differs from the server any more.
func (f *Form) remember() {
	if !f.touched {
		return
	}
	f.touched = false
	if !f.edit.changed {
		f.ctx.Memory.DropDraft(f.base.ID)
		return
	}
	base, typed := f.draft()
	if d, kept := f.ctx.Memory.Draft(f.base.ID); kept && bytes.Equal(d.Typed, typed) && len(merge.Changes(d.Base, base)) == 0 {
		return // it keeps the time at which it was typed
	}
	f.ctx.Memory.KeepDraft(record.Draft{Base: base, Wanted: f.edit.wanted.image, Typed: typed, Saved: f.ctx.Now()})
}
