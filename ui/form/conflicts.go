package form

import (
	"encoding/json"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// conflict is what both the user and someone else changed, differently. It is
// open until the field is as the server has it (ctrl+r), the user types
// another value into it, or decides it on the screen that ctrl+s leads to.
type conflict struct {
	merge.Conflict
	at    spot
	text  string
	arose model.Image // what the user wanted when it arose
	held  bool        // decided for the user's value as it is
}

// takeConflicts takes over the conflicts with a new base. One that is known
// already stays as far decided as it is.
func (f *Form) takeConflicts(conflicts []merge.Conflict) {
	known := f.conflicts
	f.conflicts = nil
	for _, c := range conflicts {
		n := conflict{Conflict: c, at: f.placeOf(c.Field), arose: f.edit.wanted.image, text: "on the server: " + c.Theirs + "; ctrl+r: use it"}
		if c.Settled {
			n.text = "deleted on the server: " + c.Mine
			if f.base.Unread[c.Field.Attr] != nil {
				n.text = "its value is not known, so your change was dropped: " + c.Mine
			}
			f.lost = append(f.lost, n)
			continue
		}
		for _, k := range known {
			if sameField(k.Field, c.Field) && k.Theirs == c.Theirs {
				n.arose, n.held = k.arose, k.held
			}
		}
		f.conflicts = append(f.conflicts, n)
	}
}

func sameField(a, b model.Field) bool { return a.Attr == b.Attr && a.Key == b.Key }

// placeOf is where a conflict is in the form.
func (f *Form) placeOf(field model.Field) spot {
	if field.Attr == "locations" && field.Key != "" {
		for _, l := range f.state.locations {
			if l.url == field.Key {
				return spot{attr: "locations", id: l.id, part: partURL}
			}
		}
		field.Index = -1
	}
	return f.edit.wanted.place(model.Problem{Field: field}).at
}

// conflicts are the conflicts that are open now.
func (f *Form) openConflicts() []conflict {
	wanted := f.edit.wanted.image
	return slices.DeleteFunc(slices.Clone(f.conflicts), func(c conflict) bool {
		return c.held || agree(c.Field, f.base, wanted) || !agree(c.Field, c.arose, wanted)
	})
}

// agree reports whether two images hold the same where a conflict is.
func agree(at model.Field, a, b model.Image) bool {
	switch {
	case at.Attr != "locations":
		return !slices.ContainsFunc(merge.Changes(a, b), func(c merge.Change) bool { return sameField(c.Field, at) })
	case at.Key == "":
		return slices.EqualFunc(a.Locations, b.Locations, func(a, b model.Location) bool { return a.URL == b.URL })
	}
	here := func(l model.Location) bool { return l.URL == at.Key }
	n, m := slices.IndexFunc(a.Locations, here), slices.IndexFunc(b.Locations, here)
	if n < 0 || m < 0 {
		return n == m
	}
	return model.EqualMetadata(a.Locations[n].Metadata, b.Locations[m].Metadata)
}

// merge asks for decisions on what is open.
func (f *Form) merge() screen.Merge {
	open := f.openConflicts()
	return screen.Merge{
		Base: f.began, Mine: f.edit.wanted.image, Theirs: f.base, Rules: f.rules,
		Holds: func(c merge.Conflict) bool {
			return !slices.ContainsFunc(open, func(o conflict) bool { return sameField(o.Field, c.Field) })
		},
	}
}

// takeDecisions takes over how a merge of this very edit is decided so far.
func (f *Form) takeDecisions(m screen.Decided) {
	mine, _ := merge.Merge(m.Base, m.Mine, m.Theirs)
	mine, _ = merge.Merge(m.Theirs, mine, f.base) // the server may be further
	if len(draw.Settable(merge.Changes(mine, f.edit.wanted.image))) > 0 {
		return // that was another edit
	}
	wanted, _ := merge.Merge(m.Theirs, m.Wanted, f.base)
	f.began = f.base
	f.conflicts = nil
	var open []merge.Conflict
	if len(m.Left) > 0 {
		f.began = m.Base
		_, open = merge.Merge(m.Base, wanted, f.base)
	}
	f.rebase(f.base, wanted, open)
	for n := range f.conflicts {
		f.conflicts[n].held = !slices.ContainsFunc(m.Left, func(l merge.Conflict) bool { return sameField(l.Field, f.conflicts[n].Field) })
	}
}

// draft is what a draft of the edit begins with, and the edit as typed on it:
// while conflicts are open the old base, so that they are found again when the
// draft is opened.
func (f *Form) draft() (base model.Image, typed json.RawMessage) {
	if len(f.openConflicts()) == 0 {
		return f.base, f.state.typed()
	}
	s := stateOf(f.began, f.edit.wanted.image, nil)
	s.carry(f.state, f.edit.wanted.faults)
	return f.began, s.typed()
}
