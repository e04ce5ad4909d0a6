package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// spot is a place that can have the focus.
type spot struct {
	attr string // the attribute's name in the API; "" for no place at all
	id   int    // the row's id, the chip's index; addRow for what adds one
	part part
	line int // of a location's metadata
}

// addRow is the id of the place where a list takes a new entry: of the tags,
// the text behind the chips.
const addRow = -1

type part int

const (
	fieldItself part = iota
	partURL
	partMetadata
	partName
	partValue
)

// fault is a fault of the draft at its place in the form.
type fault struct {
	at      spot
	field   string // names the field in a sentence
	text    string
	advice  string
	warning bool
}

// wanted is what the state says the image should be.
type wanted struct {
	image  model.Image
	faults []fault // what no image can say: a number that is none, two equal names

	locations  []int          // row ids, by index in image.Locations
	properties map[string]int // row ids, by name
}

// wanted makes the image that the state describes. What was not touched is the
// base's own value, null or empty as it was. What cannot be expressed keeps
// the base's value and becomes a fault.
func (s state) wanted(base model.Image, allowsNull func(property string) bool) wanted {
	w := wanted{image: base.Clone(), properties: map[string]int{}}
	i := &w.image
	for n, a := range valued {
		typed := s.values[n]
		switch v := a.Field(i).(type) {
		case *string:
			*v = typed.Value
		case *model.Opt[string]:
			if a.Kind == model.KindText {
				typed = text(*v, typed.Value)
			}
			*v = typed
		case *bool:
			*v = typed.Value == "true"
		case *int64:
			*v = w.number(a.Name, typed.Value, *v)
		}
	}
	i.Tags = s.wantedTags()
	s.wantUnread(i)
	w.takeLocations(s, base)
	w.takeProperties(s, base, allowsNull)
	return w
}

// text is what a text field says: empty means null, unless the base was an
// empty text.
func text(base model.Opt[string], typed string) model.Opt[string] {
	switch typed {
	case base.Or(""):
		return base
	case "":
		return model.Null[string]()
	}
	return model.Some(typed)
}

func (w *wanted) number(attr, typed string, base int64) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(typed), 10, 64)
	if err == nil {
		return n
	}
	f := fault{at: spot{attr: attr}, field: label(attr), text: "must be a whole number", advice: "0 means no minimum"}
	if digits := strings.TrimLeft(strings.TrimSpace(typed), "+-"); digits != "" && strings.Trim(digits, "0123456789") == "" {
		f.text, f.advice = "too large", ""
	}
	w.faults = append(w.faults, f)
	return base
}

// wantedTags holds the text that is not yet a chip as well: it becomes one
// when the field is left, so the patch shows it from the first letter.
func (s state) wantedTags() []string {
	var out []string
	for _, t := range s.tags {
		if !t.going {
			out = append(out, t.text)
		}
	}
	if t, some := readTag(s.tagText); some {
		out = append(out, t)
	}
	return model.NormalTags(out)
}

func (w *wanted) takeLocations(s state, base model.Image) {
	if !base.LocationsShown && !slices.ContainsFunc(s.locations, func(l location) bool { return !l.empty() }) {
		return
	}
	w.image.Locations, w.image.LocationsShown = nil, true
	for _, l := range s.locations {
		if l.going || l.empty() {
			continue
		}
		metadata, line, err := parseMetadata(l.metadata)
		if l.from >= 0 {
			old := base.Locations[l.from].Metadata
			if err != nil || model.EqualMetadata(metadata, old) {
				metadata = old
			}
		}
		w.image.Locations = append(w.image.Locations, model.Location{URL: l.url, Metadata: metadata})
		w.locations = append(w.locations, l.id)
		if err != nil {
			w.faults = append(w.faults, fault{
				at:    spot{attr: "locations", id: l.id, part: partMetadata, line: line},
				field: fmt.Sprintf("location %d (metadata)", len(w.locations)), text: err.Error(),
			})
		}
	}
}

func (w *wanted) takeProperties(s state, base model.Image, allowsNull func(string) bool) {
	w.image.Properties = make(map[string]model.Opt[string], len(s.properties))
	for _, p := range s.properties {
		if p.going || p.empty() {
			continue
		}
		if _, twice := w.properties[p.name]; twice {
			w.faults = append(w.faults, fault{
				at: spot{attr: "properties", id: p.id, part: partName}, field: "property " + p.name,
				text: "duplicate property name", advice: "choose another name",
			})
			continue
		}
		w.properties[p.name] = p.id
		w.image.Properties[p.name] = propertyValue(base, p, allowsNull)
	}
}

// propertyValue is the base's value where the text is the same, so that a null
// stays one; an emptied text is null where only that is allowed.
func propertyValue(base model.Image, p property, allowsNull func(string) bool) model.Opt[string] {
	if old, found := base.Properties[p.name]; found && old.Or("") == p.value {
		return old
	}
	if p.value == "" && allowsNull(p.name) {
		return model.Null[string]()
	}
	return model.Some(p.value)
}

func label(attr string) string {
	a, _ := model.AttributeNamed(attr)
	return strings.ToLower(a.Label)
}
