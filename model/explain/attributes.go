package explain

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// explainAttribute has words for each attribute of every image but locations.
func (w explainer) explainAttribute(e patch.Decoded) Step {
	a, _ := model.AttributeNamed(e.Name)
	s := Step{Verb: a.Verb}
	if !a.Settable() || e.Op == patch.OpRemove || !w.explainValue(a, e, &s) {
		// Set by the server alone, never removed, of the wrong type: refused.
		return Step{Verb: quote.Bare(e.Name), Text: setText("the "+LowerFirst(a.Label), e)}
	}
	now := w.Image()
	if a.Kind == model.KindTags {
		if now.Knows(a.Name) && len(s.Added)+len(s.Removed) == 0 {
			s.Note = noChange
		}
		return s
	}
	var after model.Image
	a.Set(&after, e.Value)
	s.Before, s.After = a.Words(now), a.Words(&after)
	if now.Knows(a.Name) && s.Before == s.After {
		s.Note, s.Hazards = noChange, nil
	}
	return s
}

// LowerFirst makes a label fit the middle of a sentence: "Min RAM" → "min RAM".
func LowerFirst(label string) string {
	if len(label) < 2 || label[1] >= 'A' && label[1] <= 'Z' {
		return label // ID
	}
	if label[0] >= 'A' && label[0] <= 'Z' {
		return string(label[0]+'a'-'A') + label[1:]
	}
	return label
}

// explainValue has the sentence for a new value; false when it is not of the
// attribute's kind.
func (w explainer) explainValue(a *model.Attribute, e patch.Decoded, s *Step) bool {
	switch a.Name {
	case "name":
		return explainName(w.Walk, e, s)
	case "tags":
		return explainTags(w.Walk, e, s)
	case "visibility":
		return explainVisibility(w.Walk, e, s)
	case "owner":
		return explainOwner(w.Walk, e, s)
	case "protected":
		return explainProtected(e, s)
	case "os_hidden":
		return explainHidden(e, s)
	}
	if a.Kind == model.KindInteger {
		return explainMinimum(a, e, s)
	}
	return explainText(a, e, s)
}

func explainName(w *rules.Walk, e patch.Decoded, s *Step) bool {
	v, ok := e.Text()
	switch {
	case !ok:
		return false
	case !v.Set:
		s.Text = "clear the name"
	case v.Value == "":
		s.Text = "make the name empty"
	case w.Image().Knows("name") && w.Image().Name.Or("") == "":
		s.Text = "name it " + quote.Quoted(v.Value)
	default:
		s.Text = "rename it to " + quote.Quoted(v.Value)
	}
	return true
}

func explainTags(w *rules.Walk, e patch.Decoded, s *Step) bool {
	tags, ok := e.Tags()
	if !ok {
		return false
	}
	known := w.Image().Knows("tags")
	for _, t := range tags {
		if known && !slices.Contains(w.Image().Tags, t) {
			s.Added = append(s.Added, quote.Bare(t))
		}
	}
	for _, t := range model.NormalTags(w.Image().Tags) {
		if !slices.Contains(tags, t) {
			s.Removed = append(s.Removed, quote.Bare(t))
		}
	}
	if len(tags) == 0 {
		s.Text = "remove all tags"
		return true
	}
	s.Text = "set the tags to " + quote.Listed(tags, ", ", quote.Bare)
	s.Note = "sent whole: the server takes no single tag"
	return true
}

func explainVisibility(w *rules.Walk, e patch.Decoded, s *Step) bool {
	v, ok := e.Text()
	if !ok || !v.Set {
		return false
	}
	to := model.Visibility(v.Value)
	switch to {
	case model.Community:
		s.Text = "make it a community image"
	default:
		s.Text = "make it " + quote.Bare(v.Value)
	}
	s.Hazards = visibilityHazards(w.Image().Visibility, to)
	if to == model.Shared && len(s.Hazards) == 0 {
		s.Note = "only the projects on its list of members will see it"
	}
	return true
}

// visibilityHazards are the consequences of the way from one visibility to
// another. Only what opens the image to more users must be confirmed.
func visibilityHazards(from, to model.Visibility) []Hazard {
	var out []Hazard
	if from == to {
		return nil
	}
	switch to {
	case model.Public:
		return []Hazard{{Kind: HazardPublishes, Confirm: "public",
			Text: "every project of this cloud will see and boot it"}}
	case model.Community:
		if from == model.Public {
			return []Hazard{{Kind: HazardHides,
				Text: "it leaves the lists of the other projects, which can still boot it by its id"}}
		}
		out = append(out, Hazard{Kind: HazardPublishes, Confirm: "community",
			Text: "every project of this cloud can find it among the community images and boot it"})
		if from == model.Shared {
			out = append(out, Hazard{Kind: HazardUnshares,
				Text: "its members find it among the community images only; the list of members is kept"})
		}
	case model.Shared:
		if from == model.Public || from == model.Community {
			out = append(out, Hazard{Kind: HazardHides,
				Text: "other projects than its members can no longer see or boot it"})
		}
	case model.Private:
		switch from {
		case model.Shared:
			out = append(out, Hazard{Kind: HazardUnshares,
				Text: "its members can no longer see or boot it; the list of members is kept"})
		case model.Public, model.Community:
			out = append(out, Hazard{Kind: HazardHides,
				Text: "other projects can no longer see or boot it"})
		}
	}
	return out
}

func explainOwner(w *rules.Walk, e patch.Decoded, s *Step) bool {
	v, ok := e.Text()
	if !ok {
		return false
	}
	h := Hazard{Kind: HazardGivesAway, Confirm: "owner"}
	if v.Set {
		s.Text = "give it to project " + quote.Bare(v.Value)
		h.Text = "that project owns it from then on"
	} else {
		s.Text = "take its owner away"
		h.Text = "it belongs to no project from then on: only an administrator can change it"
	}
	if old := w.Image().Owner; old.Set {
		h.Text += "; project " + quote.Bare(old.Value) + " can no longer change it"
	}
	s.Hazards = []Hazard{h}
	return true
}

func explainProtected(e patch.Decoded, s *Step) bool {
	on, ok := e.Flag()
	if !ok {
		return false
	}
	if on {
		s.Text = "protect it from deletion"
		s.Hazards = []Hazard{{Kind: HazardLocks, Text: "it cannot be deleted until the protection is removed"}}
	} else {
		s.Text = "take away its protection from deletion"
		s.Hazards = []Hazard{{Kind: HazardUnprotects, Text: "it can be deleted from then on"}}
	}
	return true
}

func explainHidden(e patch.Decoded, s *Step) bool {
	on, ok := e.Flag()
	if !ok {
		return false
	}
	if on {
		s.Text = "hide it from the lists of images"
		s.Hazards = []Hazard{{Kind: HazardHides, Text: "it disappears from image lists; it can still be used by ID"}}
	} else {
		s.Text = "show it in the lists of images again"
	}
	return true
}

func explainMinimum(a *model.Attribute, e patch.Decoded, s *Step) bool {
	n, ok := e.Count()
	if !ok {
		return false
	}
	if n == 0 {
		s.Text = "require no least " + a.Of
		return true
	}
	s.Text = "require at least " + quote.Amount(n, a.Unit) + " of " + a.Of
	return true
}

func explainText(a *model.Attribute, e patch.Decoded, s *Step) bool {
	v, ok := e.Text()
	if !ok {
		return false
	}
	if !v.Set {
		s.Text = "clear the " + LowerFirst(a.Label)
		return true
	}
	s.Text = "set the " + LowerFirst(a.Label) + " to " + quote.Bare(v.Value)
	return true
}
