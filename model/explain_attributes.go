package model

import (
	"slices"
	"strconv"
)

// explainAttribute has words for each attribute of every image but locations.
func (w explainer) explainAttribute(e edit) Step {
	a, _ := AttributeNamed(e.name)
	words, known := attributeWords[e.name]
	s := Step{Verb: words.verb}
	if !known || e.op == OpRemove || !words.explain(w.walk, e, &s) {
		// Set by the server alone, never removed, of the wrong type: refused.
		return Step{Verb: bare(e.name), Text: setText("the "+lowerFirst(a.Label), e)}
	}
	if e.name == "tags" {
		if w.image().Knows("tags") && len(s.Added)+len(s.Removed) == 0 {
			s.Note = noChange
		}
		return s
	}
	s.Before, s.After = attributeValue(*w.image(), a), e.words(a)
	if w.image().Knows(a.Name) && s.Before == s.After {
		s.Note, s.Hazards = noChange, nil
	}
	return s
}

// words is the new value of an attribute, written as attributeValue does.
func (e edit) words(a Attribute) string {
	switch v := e.value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case string:
		if a.Name == "visibility" {
			return bare(v)
		}
		return quoted(v)
	case nil:
		return wordNull
	}
	if n, ok := e.count(); ok {
		return amount(n, a.Unit)
	}
	return e.json()
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

// attributeWords: the verb for the margin, and the sentence; explain answers
// false when the value is not of the attribute's kind.
var attributeWords = map[string]struct {
	verb    string
	explain func(w *walk, e edit, s *Step) bool
}{
	"name":             {"rename", explainName},
	"tags":             {"tags", explainTags},
	"visibility":       {"visibility", explainVisibility},
	"owner":            {"owner", explainOwner},
	"protected":        {"protection", explainProtected},
	"os_hidden":        {"hidden", explainHidden},
	"min_disk":         {"min disk", explainMinimum},
	"min_ram":          {"min RAM", explainMinimum},
	"disk_format":      {"disk format", explainFormat},
	"container_format": {"container", explainFormat},
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

func explainProtected(_ *walk, e edit, s *Step) bool {
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

func explainHidden(_ *walk, e edit, s *Step) bool {
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

func explainMinimum(_ *walk, e edit, s *Step) bool {
	n, ok := e.count()
	if !ok {
		return false
	}
	a, _ := AttributeNamed(e.name)
	what := "disk"
	if e.name == "min_ram" {
		what = "RAM"
	}
	if n == 0 {
		s.Text = "require no least " + what
		return true
	}
	s.Text = "require at least " + amount(n, a.Unit) + " of " + what
	return true
}

func explainFormat(_ *walk, e edit, s *Step) bool {
	v, ok := e.text()
	if !ok {
		return false
	}
	what := "disk format"
	if e.name == "container_format" {
		what = "container format"
	}
	if !v.Set {
		s.Text = "clear the " + what
		return true
	}
	s.Text = "set the " + what + " to " + bare(v.Value)
	return true
}
