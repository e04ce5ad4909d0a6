package merge

import (
	"maps"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/words"
)

// Merge brings an edit and someone else's together. base is the image as it
// was when the edit began, mine the draft, theirs the image as the server has
// it now. What only one side changed is taken from that side, attribute by
// attribute, tag by tag, property by property, location by location.
//
// Where both changed the same thing differently, merged keeps mine and a
// [Conflict] says so; one exception is a location whose data someone deleted
// while mine changed its metadata: it cannot come back and stays away. What
// only the server sets is theirs. The order of the locations follows mine where
// mine put them in another order, else theirs with mine's new ones at the end.
func Merge(base, mine, theirs model.Image) (merged model.Image, conflicts []Conflict) {
	m := merger{}
	merged = m.merge(base, mine, theirs)
	return merged, m.conflicts
}

// merger gathers the conflicts of one merge, and decides them.
type merger struct {
	sides     []Side
	conflicts []Conflict
}

func (m *merger) merge(base, mine, theirs model.Image) model.Image {
	merged := theirs.Clone()
	for _, a := range model.Attributes() {
		if a.ByServer {
			continue
		}
		switch a.Kind {
		case model.KindTags:
			m.tags(&merged, a, base, mine, theirs)
		case model.KindProperties:
			if base.Knows(a.Name) && mine.Knows(a.Name) && theirs.Knows(a.Name) {
				merged.Properties = m.properties(base.Properties, mine.Properties, theirs.Properties)
			} else if !maps.Equal(base.Properties, mine.Properties) {
				m.conflict(Conflict{Field: model.Field{Attr: a.Name, Index: -1}, Label: a.Name, Settled: true,
					Base: words.CountOfProperties(&base), Mine: words.CountOfProperties(&mine), Theirs: words.CountOfProperties(&theirs)})
			}
		case model.KindLocations:
			merged.Locations = m.locations(base, mine, theirs)
		default:
			m.attribute(&merged, a, base, mine, theirs)
		}
	}
	merged.LocationsShown = theirs.LocationsShown || len(merged.Locations) > 0
	return merged
}

// conflict adds one and gives the side that it is decided for.
func (m *merger) conflict(c Conflict) Side {
	m.conflicts = append(m.conflicts, c)
	if n := len(m.conflicts); n <= len(m.sides) {
		return m.sides[n-1]
	}
	return SideMine
}

// attribute merges a single-valued attribute.
func (m *merger) attribute(merged *model.Image, a *model.Attribute, base, mine, theirs model.Image) {
	if a.Same(&base, &mine) {
		return
	}
	conflict := Conflict{
		Field: model.Field{Attr: a.Name, Index: -1}, Label: a.Name,
		Base: a.Words(&base), Mine: a.Words(&mine), Theirs: a.Words(&theirs),
	}
	side := SideMine
	switch {
	case a.Same(&mine, &theirs):
		return
	case !mine.Knows(a.Name) || !base.Knows(a.Name) && !theirs.Knows(a.Name):
		conflict.Settled = true // what no one ever knew cannot be sent, nor overwritten
		m.conflict(conflict)
		return
	case !a.Same(&base, &theirs):
		side = m.conflict(conflict)
	}
	switch side {
	case SideMine:
		a.Copy(merged, &mine)
	case SideBase:
		a.Copy(merged, &base)
	}
}

// tags merges tag by tag where all three are known.
func (m *merger) tags(merged *model.Image, a *model.Attribute, base, mine, theirs model.Image) {
	if base.Knows(a.Name) && mine.Knows(a.Name) && theirs.Knows(a.Name) {
		merged.Tags = mergeTags(base.Tags, mine.Tags, theirs.Tags)
		return
	}
	m.attribute(merged, a, base, mine, theirs)
}

// mergeTags can have no conflict: a tag is there or not.
func mergeTags(base, mine, theirs []string) []string {
	merged := slices.DeleteFunc(model.NormalTags(theirs), func(t string) bool {
		return slices.Contains(base, t) && !slices.Contains(mine, t)
	})
	for _, t := range mine {
		if !slices.Contains(base, t) {
			merged = append(merged, t)
		}
	}
	return model.NormalTags(merged)
}

func (m *merger) properties(base, mine, theirs map[string]model.Opt[string]) map[string]model.Opt[string] {
	merged := maps.Clone(theirs)
	if merged == nil {
		merged = map[string]model.Opt[string]{}
	}
	for _, name := range unionOfNames(base, mine) {
		was, ours, other := heldAt(base, name), heldAt(mine, name), heldAt(theirs, name)
		if ours == was {
			continue
		}
		holds := ours
		if other != was && other != ours {
			holds = [...]held{SideMine: ours, SideTheirs: other, SideBase: was}[m.conflict(Conflict{
				Field: model.Field{Attr: "properties", Key: name, Index: -1}, Label: name,
				Base: was.words(), Mine: ours.words(), Theirs: other.words(),
			})]
		}
		if holds.present {
			merged[name] = holds.value
		} else {
			delete(merged, name)
		}
	}
	return merged
}

// held is a property's value where a null one differs from an absent one.
type held struct {
	value   model.Opt[string]
	present bool
}

func heldAt(properties map[string]model.Opt[string], name string) held {
	v, found := properties[name]
	return held{v, found}
}

func (h held) words() string { return words.PresentText(h.value, h.present) }

// Conflict is a field that both sides changed, differently.
type Conflict struct {
	// Field is what it is about; a location's Index is its place in mine, or -1
	// where mine has it no more or the order of the whole list is meant.
	Field model.Field
	// Label is as in Change.
	Label string
	// Base, Mine and Theirs are the three values, as in Change.
	Base, Mine, Theirs string
	// Settled reports whether nothing can be decided, as only theirs is possible:
	// deleted data does not come back, hidden locations cannot be changed.
	Settled bool
}
