package form

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// A draft outlives the program with all that was typed, also with what no image
// can hold: a number that is none, metadata that does not parse yet, a tag that
// is no chip. typedState is the state as it is kept; base is that of the draft.
type typedState struct {
	Name       exact           `json:"name"`
	Owner      exact           `json:"owner"`
	Tags       []typedTag      `json:"tags"`
	TagText    exact           `json:"tag_text,omitempty"`
	Visibility exact           `json:"visibility"`
	Protected  bool            `json:"protected"`
	Hidden     bool            `json:"os_hidden"`
	MinDisk    exact           `json:"min_disk"`
	MinRAM     exact           `json:"min_ram"`
	Disk       *exact          `json:"disk_format"`
	Container  *exact          `json:"container_format"`
	Locations  []typedLocation `json:"locations"`
	Properties []typedProperty `json:"properties"`
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

// exact is a text that comes back byte for byte. JSON has no form for invalid
// UTF-8, which a pasted text may hold; such a text is written as its bytes.
type exact string

// MarshalJSON writes a text as text where JSON can, else as {"bytes": base64}.
func (e exact) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(e)) {
		return json.Marshal(string(e))
	}
	return json.Marshal(map[string][]byte{"bytes": []byte(e)})
}

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
	t := typedState{
		Name: exact(s.name), Owner: exact(s.owner), TagText: exact(s.tagText), Visibility: exact(s.visibility),
		Protected: s.protected, Hidden: s.hidden, MinDisk: exact(s.minDisk), MinRAM: exact(s.minRAM),
		Disk: typedChoice(s.disk), Container: typedChoice(s.container),
	}
	for _, g := range s.tags {
		t.Tags = append(t.Tags, typedTag{Text: exact(g.text), New: g.new, Going: g.going})
	}
	for _, l := range s.locations {
		kept := typedLocation{From: l.from, URL: exact(l.url), Going: l.going}
		for _, line := range l.metadata {
			kept.Metadata = append(kept.Metadata, exact(line))
		}
		t.Locations = append(t.Locations, kept)
	}
	for _, p := range s.properties {
		t.Properties = append(t.Properties, typedProperty{
			New: p.new, From: exact(p.from), Name: exact(p.name), Value: exact(p.value), Going: p.going,
		})
	}
	data, err := json.Marshal(t)
	if err != nil {
		panic("form: texts and numbers cannot be JSON: " + err.Error())
	}
	return data
}

func typedChoice(o model.Opt[string]) *exact {
	if !o.Set {
		return nil
	}
	e := exact(o.Value)
	return &e
}

// stateFrom reads what typed wrote for a draft on base. It comes from a file,
// so what does not fit the base is an error and not a surprise later.
func stateFrom(typed json.RawMessage, base model.Image) (state, error) {
	var t typedState
	if err := json.Unmarshal(typed, &t); err != nil {
		return state{}, err
	}
	s := state{
		name: string(t.Name), owner: string(t.Owner), tagText: string(t.TagText), visibility: model.Visibility(t.Visibility),
		protected: t.Protected, hidden: t.Hidden, minDisk: string(t.MinDisk), minRAM: string(t.MinRAM),
		disk: t.Disk.choice(), container: t.Container.choice(), nextID: 1,
	}
	for _, g := range t.Tags {
		s.tags = append(s.tags, tag{text: string(g.Text), new: g.New, going: g.Going})
	}
	continued := map[int]bool{}
	for _, l := range t.Locations {
		if l.From < -1 || l.From >= len(base.Locations) || continued[l.From] {
			return state{}, fmt.Errorf("a location of the draft continues number %d, which the image does not have once", l.From)
		}
		continued[l.From] = l.From >= 0
		row := location{id: s.newID(), from: l.From, url: string(l.URL), going: l.Going}
		for _, line := range l.Metadata {
			row.metadata = append(row.metadata, string(line))
		}
		s.locations = append(s.locations, row)
	}
	for _, p := range t.Properties {
		s.properties = append(s.properties, property{
			id: s.newID(), new: p.New, from: string(p.From), name: string(p.Name), value: string(p.Value), going: p.Going,
		})
	}
	return s, nil
}

func (e *exact) choice() model.Opt[string] {
	if e == nil {
		return model.Null[string]()
	}
	return model.Some(string(*e))
}

// newID is the id of a row that was not there before.
func (s *state) newID() int {
	s.nextID++
	return s.nextID - 1
}
