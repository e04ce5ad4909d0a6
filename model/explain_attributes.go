package model

import "slices"

// explainAttribute has words for each attribute of every image but locations.
func (w explainer) explainAttribute(e edit) Step {
	a, _ := AttributeNamed(e.name)
	s := Step{Verb: a.Verb}
	if !a.Settable() || e.op == OpRemove || !w.explainValue(a, e, &s) {
		// Set by the server alone, never removed, of the wrong type: refused.
		return Step{Verb: bare(e.name), Text: setText("the "+lowerFirst(a.Label), e)}
	}
	now := w.image()
	if a.Kind == KindTags {
		if now.Knows(a.Name) && len(s.Added)+len(s.Removed) == 0 {
			s.Note = noChange
		}
		return s
	}
	var after Image
	a.Set(&after, e.value)
	s.Before, s.After = a.Words(now), a.Words(&after)
	if now.Knows(a.Name) && s.Before == s.After {
		s.Note, s.Hazards = noChange, nil
	}
	return s
}

// lowerFirst makes a label fit the middle of a sentence: "Min RAM" → "min RAM".
func lowerFirst(label string) string {
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
func (w explainer) explainValue(a *Attribute, e edit, s *Step) bool {
	switch a.Name {
	case "name":
		return explainName(w.walk, e, s)
	case "tags":
		return explainTags(w.walk, e, s)
	case "visibility":
		return explainVisibility(w.walk, e, s)
	case "owner":
		return explainOwner(w.walk, e, s)
	case "protected":
		return explainProtected(e, s)
	case "os_hidden":
		return explainHidden(e, s)
	}
	if a.Kind == KindInteger {
		return explainMinimum(a, e, s)
	}
	return explainText(a, e, s)
}

func explainName(w *walk, e edit, s *Step) bool {
	v, ok := e.text()
	switch {
	case !ok:
		return false
	case !v.Set:
		s.Text = "clear the name"
	case v.Value == "":
		s.Text = "make the name empty"
	case w.image().Knows("name") && w.image().Name.Or("") == "":
		s.Text = "name it " + quoted(v.Value)
	default:
		s.Text = "rename it to " + quoted(v.Value)
	}
	return true
}

func explainTags(w *walk, e edit, s *Step) bool {
	tags, ok := e.tags()
	if !ok {
		return false
	}
	known := w.image().Knows("tags")
	for _, t := range tags {
		if known && !slices.Contains(w.image().Tags, t) {
			s.Added = append(s.Added, bare(t))
		}
	}
	for _, t := range NormalTags(w.image().Tags) {
		if !slices.Contains(tags, t) {
			s.Removed = append(s.Removed, bare(t))
		}
	}
	if len(tags) == 0 {
		s.Text = "remove all tags"
		return true
	}
	s.Text = "set the tags to " + listed(tags, ", ", bare)
	s.Note = "sent whole: the server takes no single tag"
	return true
}

func explainVisibility(w *walk, e edit, s *Step) bool {
	v, ok := e.text()
	if !ok || !v.Set {
		return false
	}
	to := Visibility(v.Value)
	switch to {
	case Community:
		s.Text = "make it a community image"
	default:
		s.Text = "make it " + bare(v.Value)
	}
	s.Hazards = visibilityHazards(w.image().Visibility, to)
	if to == Shared && len(s.Hazards) == 0 {
		s.Note = "only the projects on its list of members will see it"
	}
	return true
}

// visibilityHazards are the consequences of the way from one visibility to
// another. Only what opens the image to more people must be confirmed.
func visibilityHazards(from, to Visibility) []Hazard {
	var out []Hazard
	if from == to {
		return nil
	}
	switch to {
	case Public:
		return []Hazard{{Kind: HazardPublishes, Confirm: "public",
			Text: "every project of this cloud will see and boot it"}}
	case Community:
		if from == Public {
			return []Hazard{{Kind: HazardHides,
				Text: "it leaves the lists of the other projects, which can still boot it by its id"}}
		}
		out = append(out, Hazard{Kind: HazardPublishes, Confirm: "community",
			Text: "every project of this cloud can find it among the community images and boot it"})
		if from == Shared {
			out = append(out, Hazard{Kind: HazardUnshares,
				Text: "its members find it among the community images only; the list of members is kept"})
		}
	case Shared:
		if from == Public || from == Community {
			out = append(out, Hazard{Kind: HazardHides,
				Text: "other projects than its members can no longer see or boot it"})
		}
	case Private:
		switch from {
		case Shared:
			out = append(out, Hazard{Kind: HazardUnshares,
				Text: "its members can no longer see or boot it; the list of members is kept"})
		case Public, Community:
			out = append(out, Hazard{Kind: HazardHides,
				Text: "other projects can no longer see or boot it"})
		}
	}
	return out
}

func explainOwner(w *walk, e edit, s *Step) bool {
	v, ok := e.text()
	if !ok {
		return false
	}
	h := Hazard{Kind: HazardGivesAway, Confirm: "owner"}
	if v.Set {
		s.Text = "give it to project " + bare(v.Value)
		h.Text = "that project owns it from then on"
	} else {
		s.Text = "take its owner away"
		h.Text = "it belongs to no project from then on: only an administrator can change it"
	}
	if old := w.image().Owner; old.Set {
		h.Text += "; project " + bare(old.Value) + " can no longer change it"
	}
	s.Hazards = []Hazard{h}
	return true
}

func explainProtected(e edit, s *Step) bool {
	on, ok := e.flag()
	if !ok {
		return false
	}
	if on {
		s.Text = "protect it from deletion"
		s.Hazards = []Hazard{{Kind: HazardLocks, Text: "nobody can delete it until the protection is taken away"}}
	} else {
		s.Text = "take away its protection from deletion"
		s.Hazards = []Hazard{{Kind: HazardUnprotects, Text: "it can be deleted from then on"}}
	}
	return true
}

func explainHidden(e edit, s *Step) bool {
	on, ok := e.flag()
	if !ok {
		return false
	}
	if on {
		s.Text = "hide it from the lists of images"
		s.Hazards = []Hazard{{Kind: HazardHides, Text: "it is gone from everybody's lists; by its id it still works"}}
	} else {
		s.Text = "show it in the lists of images again"
	}
	return true
}

func explainMinimum(a *Attribute, e edit, s *Step) bool {
	n, ok := e.count()
	if !ok {
		return false
	}
	if n == 0 {
		s.Text = "require no least " + a.Of
		return true
	}
	s.Text = "require at least " + amount(n, a.Unit) + " of " + a.Of
	return true
}

func explainText(a *Attribute, e edit, s *Step) bool {
	v, ok := e.text()
	if !ok {
		return false
	}
	if !v.Set {
		s.Text = "clear the " + lowerFirst(a.Label)
		return true
	}
	s.Text = "set the " + lowerFirst(a.Label) + " to " + bare(v.Value)
	return true
}
