package form

import (
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// state is all that a user can change in the form, as it is on the screen:
// texts as typed, valid or not, and rows that are going but still shown. It is
// a value: the history keeps old ones, so no one changes a state's slices in
// place (see clone).
type state struct {
	values     []model.Opt[string] // of the attributes with one value, see valued
	tags       []tag
	tagText    string // typed and not yet a chip
	locations  []location
	properties []property
	unread     []string // attributes left at a value that the base does not know, by name
	nextID     int      // of the next row; ids tell rows apart while they move
}

// valued are the attributes that have one value in the form: as text where it is
// typed, "true" or "false" for a flag.
var valued = slices.DeleteFunc(slices.Clone(model.Attributes()), func(a *model.Attribute) bool {
	return !a.Settable() || a.Kind == model.KindTags
})

// valuesOf are an image's values.
func valuesOf(i model.Image) []model.Opt[string] {
	values := make([]model.Opt[string], len(valued))
	for n, a := range valued {
		switch v := a.Field(&i).(type) {
		case *string:
			values[n] = model.Some(*v)
		case *model.Opt[string]:
			values[n] = *v
			values[n].Set = v.Set || a.Kind == model.KindText // null is typed as an empty text
		case *bool:
			values[n] = model.Some(strconv.FormatBool(*v))
		case *int64:
			values[n] = model.Some(strconv.FormatInt(*v, 10))
		}
	}
	return values
}

// value is that of an attribute.
func (s *state) value(attr string) *model.Opt[string] {
	return &s.values[slices.IndexFunc(valued, func(a *model.Attribute) bool { return a.Name == attr })]
}

type tag struct {
	text       string
	new, going bool
}

type location struct {
	id       int
	from     int // index among the base's locations; -1 for a new one
	url      string
	metadata []string // lines as metadataLines makes them
	going    bool
}

type property struct {
	id          int
	new         bool
	from        string // the name in the base, unless new
	name, value string
	going       bool
}

// stateOf is what the form shows for a wanted image that began as base. Rows
// keep the ids that they have in old (the state shown until now), so that the
// focus stays where it is.
func stateOf(base, wanted model.Image, old *state) state {
	s := state{
		values: valuesOf(wanted),
		unread: unreadNames(wanted),
		nextID: 1,
	}
	if old != nil {
		s.nextID = old.nextID
	}
	s.tags = tagsOf(base.Tags, wanted.Tags)
	s.locations = locationsOf(base.Locations, wanted.Locations)
	s.properties = propertiesOf(base.Properties, wanted.Properties)
	for i := range s.locations {
		s.locations[i].id = s.keepID(old.locationLike(s.locations[i]))
	}
	for i := range s.properties {
		s.properties[i].id = s.keepID(old.propertyLike(s.properties[i]))
	}
	return s
}

func (s *state) keepID(id int, found bool) int {
	if found {
		return id
	}
	return s.newID()
}

func (s *state) locationLike(l location) (id int, found bool) {
	if s == nil {
		return 0, false
	}
	for _, o := range s.locations {
		if o.url == l.url && (o.from < 0) == (l.from < 0) {
			return o.id, true
		}
	}
	return 0, false
}

func (s *state) propertyLike(p property) (id int, found bool) {
	if s == nil {
		return 0, false
	}
	for _, o := range s.properties {
		if o.name == p.name && o.going == p.going {
			return o.id, true
		}
	}
	return 0, false
}

// tagsOf is the base's tags, going where the wanted image lacks them, then the
// new ones.
func tagsOf(base, wanted []string) []tag {
	base, wanted = model.NormalTags(base), model.NormalTags(wanted)
	var out []tag
	for _, t := range base {
		out = append(out, tag{text: t, going: !slices.Contains(wanted, t)})
	}
	for _, t := range wanted {
		if !slices.Contains(base, t) {
			out = append(out, tag{text: t, new: true})
		}
	}
	return out
}

// locationsOf is the wanted locations in their order, each with the base's one
// that it continues (by URL and metadata first, by URL alone next), then the
// base's that go.
func locationsOf(base, wanted []model.Location) []location {
	from := make([]int, len(wanted))
	used := make([]bool, len(base))
	pair := func(same func(a, b model.Location) bool) {
		for i, w := range wanted {
			for j, b := range base {
				if from[i] < 0 && !used[j] && same(b, w) {
					from[i], used[j] = j, true
				}
			}
		}
	}
	for i := range from {
		from[i] = -1
	}
	pair(func(a, b model.Location) bool { return a.URL == b.URL && model.EqualMetadata(a.Metadata, b.Metadata) })
	pair(func(a, b model.Location) bool { return a.URL == b.URL })

	var out []location
	for i, w := range wanted {
		out = append(out, location{from: from[i], url: w.URL, metadata: metadataLines(w.Metadata)})
	}
	for j, b := range base {
		if !used[j] {
			out = append(out, location{from: j, url: b.URL, metadata: metadataLines(b.Metadata), going: true})
		}
	}
	return out
}

// propertiesOf is the base's properties by name, going where the wanted image
// lacks them, then the new ones.
func propertiesOf(base, wanted map[string]model.Opt[string]) []property {
	var out, added []property
	for name, value := range base {
		w, kept := wanted[name]
		if kept {
			value = w
		}
		out = append(out, property{from: name, name: name, value: value.Or(""), going: !kept})
	}
	for name, value := range wanted {
		if _, old := base[name]; !old {
			added = append(added, property{new: true, name: name, value: value.Or("")})
		}
	}
	byName := func(a, b property) int { return strings.Compare(a.name, b.name) }
	slices.SortFunc(out, byName)
	slices.SortFunc(added, byName)
	return append(out, added...)
}

// clone is a copy whose rows can be changed.
func (s state) clone() state {
	s.values = slices.Clone(s.values)
	s.tags = slices.Clone(s.tags)
	s.locations = slices.Clone(s.locations)
	for i := range s.locations {
		s.locations[i].metadata = slices.Clone(s.locations[i].metadata)
	}
	s.properties = slices.Clone(s.properties)
	return s
}

func (s state) equal(o state) bool {
	return slices.Equal(s.unread, o.unread) && slices.Equal(s.values, o.values) && s.tagText == o.tagText &&
		slices.Equal(s.tags, o.tags) && slices.Equal(s.properties, o.properties) &&
		slices.EqualFunc(s.locations, o.locations, func(a, b location) bool {
			return a.id == b.id && a.from == b.from && a.url == b.url && a.going == b.going &&
				slices.Equal(a.metadata, b.metadata)
		})
}

// locationRow and propertyRow find a row by its id; nil when it is gone.
func (s *state) locationRow(id int) *location {
	for i := range s.locations {
		if s.locations[i].id == id {
			return &s.locations[i]
		}
	}
	return nil
}

func (s *state) propertyRow(id int) *property {
	for i := range s.properties {
		if s.properties[i].id == id {
			return &s.properties[i]
		}
	}
	return nil
}

// empty rows are those that a user opened and left again; they mean nothing.
func (l location) empty() bool { return l.from < 0 && l.url == "" && len(nonEmpty(l.metadata)) == 0 }
func (p property) empty() bool { return p.new && p.name == "" && p.value == "" }

func nonEmpty(lines []string) []string {
	var out []string
	for _, l := range lines {
		if l != "" {
			out = append(out, l)
		}
	}
	return out
}
