package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/glance-tui/glance-tui/model"
)

// A draft outlives the program with all that was typed, also with what no image
// can hold: a number that is none, metadata that does not parse yet, a tag that
// is no chip. typedLists is the state as it is kept, beside the values by the names
// of their attributes; base is that of the draft.
type typedLists struct {
	Tags       []typedTag      `json:"tags"`
	TagText    exact           `json:"tag_text,omitempty"`
	Locations  []typedLocation `json:"locations"`
	Properties []typedProperty `json:"properties"`
	// Escaped says that all texts went through model.Escaped.
	Escaped bool `json:"escaped,omitempty"`
}

type typedTag struct {
	Text  exact `json:"text"`
	New   bool  `json:"new,omitempty"`
	Going bool  `json:"going,omitempty"`
}

type typedLocation struct {
	From     int     `json:"from"` // index among the base's locations; -1 for a new one
	URL      exact   `json:"url"`
	Metadata []exact `json:"metadata,omitempty"`
	Going    bool    `json:"going,omitempty"`
}

type typedProperty struct {
	New   bool  `json:"new,omitempty"`
	From  exact `json:"from,omitempty"`
	Name  exact `json:"name"`
	Value exact `json:"value"`
	Going bool  `json:"going,omitempty"`
}

// exact is a text of a draft. Invalid UTF-8, which a pasted text may hold, was once
// written as {"bytes": base64}, and is escaped now.
type exact string

// UnmarshalJSON reads either form.
func (e *exact) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*e = exact(text)
		return nil
	}
	var odd struct {
		Bytes []byte `json:"bytes"`
	}
	if err := json.Unmarshal(data, &odd); err != nil {
		return err
	}
	*e = exact(odd.Bytes)
	return nil
}

// typed is the state as a draft keeps it.
func (s state) typed() json.RawMessage {
	lists := typedLists{TagText: exact(s.tagText)}
	for _, g := range s.tags {
		lists.Tags = append(lists.Tags, typedTag{Text: exact(g.text), New: g.new, Going: g.going})
	}
	for _, l := range s.locations {
		kept := typedLocation{From: l.from, URL: exact(l.url), Going: l.going}
		for _, line := range l.metadata {
			kept.Metadata = append(kept.Metadata, exact(line))
		}
		lists.Locations = append(lists.Locations, kept)
	}
	for _, p := range s.properties {
		lists.Properties = append(lists.Properties, typedProperty{
			New: p.new, From: exact(p.from), Name: exact(p.name), Value: exact(p.value), Going: p.going,
		})
	}
	lists, oddLists := model.Escaped(lists)
	values, oddValues := model.Escaped(s.values)
	lists.Escaped = oddLists || oddValues
	w := model.WriteObject(nil)
	for n, a := range valued {
		if a.Kind == model.KindBool {
			w.Flag(a.Name, values[n].Value == "true")
		} else {
			w.OptionalText(a.Name, values[n])
		}
	}
	w.Any("tags", lists.Tags)
	if lists.TagText != "" {
		w.Any("tag_text", lists.TagText)
	}
	w.Any("locations", lists.Locations)
	w.Any("properties", lists.Properties)
	if lists.Escaped {
		w.Flag("escaped", true)
	}
	data, err := w.End()
	if err != nil {
		panic("form: texts and numbers cannot be JSON: " + err.Error())
	}
	return data
}

// stateFrom reads what typed wrote for a draft. It comes from a file,
// so what does not fit the base is an error and not a surprise later.
func stateFrom(typed json.RawMessage, base, wanted model.Image) (state, error) {
	var lists typedLists
	var members map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(typed, &lists), json.Unmarshal(typed, &members)); err != nil {
		return state{}, err
	}
	s := state{values: valuesOf(wanted), nextID: 1, unread: unreadNames(wanted)}
	for n, a := range valued {
		if err := readTyped(members[a.Name], a, &s.values[n]); err != nil {
			return state{}, err
		}
	}
	if lists.Escaped {
		lists, s.values = model.Unescaped(lists), model.Unescaped(s.values)
	}
	s.tagText = string(lists.TagText)
	for _, g := range lists.Tags {
		s.tags = append(s.tags, tag{text: string(g.Text), new: g.New, going: g.Going})
	}
	continued := map[int]bool{}
	for _, l := range lists.Locations {
		if l.From < -1 || l.From >= len(base.Locations) || continued[l.From] {
			return state{}, fmt.Errorf("the draft refers to location %d, which is missing or used twice", l.From)
		}
		continued[l.From] = l.From >= 0
		row := location{id: s.newID(), from: l.From, url: string(l.URL), going: l.Going}
		for _, line := range l.Metadata {
			row.metadata = append(row.metadata, string(line))
		}
		s.locations = append(s.locations, row)
	}
	for _, p := range lists.Properties {
		s.properties = append(s.properties, property{
			id: s.newID(), new: p.New, from: string(p.From), name: string(p.Name), value: string(p.Value), going: p.Going,
		})
	}
	return s, nil
}

// readTyped reads the value of an attribute; one that the draft lacks stays.
func readTyped(raw json.RawMessage, a *model.Attribute, into *model.Opt[string]) error {
	var on bool
	var text *exact
	switch {
	case raw == nil:
		return nil
	case a.Kind == model.KindBool:
		err := json.Unmarshal(raw, &on)
		*into = model.Some(strconv.FormatBool(on))
		return err
	}
	err := json.Unmarshal(raw, &text)
	*into = model.Null[string]()
	if text != nil {
		*into = model.Some(string(*text))
	}
	return err
}

// newID is the id of a row that was not there before.
func (s *state) newID() int {
	s.nextID++
	return s.nextID - 1
}
