package form

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// A draft outlives the program with all that was typed, also with what no image
// can hold: a number that is none, metadata that does not parse yet, a tag that
// is no chip. typedState is the state as it is kept; base is that of the draft. T
// is exact for reading. For writing it is any, as typedText makes it: encoding/json
// goes over a text once then, and not again behind a method of it.
type typedState[T any] struct {
	Name       T                  `json:"name"`
	Owner      T                  `json:"owner"`
	Tags       []typedTag[T]      `json:"tags"`
	TagText    T                  `json:"tag_text,omitempty"`
	Visibility T                  `json:"visibility"`
	Protected  bool               `json:"protected"`
	Hidden     bool               `json:"os_hidden"`
	MinDisk    T                  `json:"min_disk"`
	MinRAM     T                  `json:"min_ram"`
	Disk       *T                 `json:"disk_format"`
	Container  *T                 `json:"container_format"`
	Locations  []typedLocation[T] `json:"locations"`
	Properties []typedProperty[T] `json:"properties"`
}

type typedTag[T any] struct {
	Text  T    `json:"text"`
	New   bool `json:"new,omitempty"`
	Going bool `json:"going,omitempty"`
}

type typedLocation[T any] struct {
	From     int  `json:"from"` // index among the base's locations; -1 for a new one
	URL      T    `json:"url"`
	Metadata []T  `json:"metadata,omitempty"`
	Going    bool `json:"going,omitempty"`
}

type typedProperty[T any] struct {
	New   bool `json:"new,omitempty"`
	From  T    `json:"from,omitempty"`
	Name  T    `json:"name"`
	Value T    `json:"value"`
	Going bool `json:"going,omitempty"`
}

// exact is a text that comes back byte for byte. JSON has no form for invalid
// UTF-8, which a pasted text may hold; such a text is written as its bytes.
type exact string

// typedText is an exact text for encoding/json: text as text where JSON can, else
// as {"bytes": base64}.
func typedText(text string) any {
	if utf8.ValidString(text) {
		return text
	}
	return map[string][]byte{"bytes": []byte(text)}
}

// unlessEmpty is typedText for what is left out where it is empty.
func unlessEmpty(text string) any {
	if text == "" {
		return nil
	}
	return typedText(text)
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
	t := typedState[any]{
		Name: typedText(s.name), Owner: typedText(s.owner), TagText: unlessEmpty(s.tagText), Visibility: typedText(string(s.visibility)),
		Protected: s.protected, Hidden: s.hidden, MinDisk: typedText(s.minDisk), MinRAM: typedText(s.minRAM),
		Disk: typedChoice(s.disk), Container: typedChoice(s.container),
	}
	for _, g := range s.tags {
		t.Tags = append(t.Tags, typedTag[any]{Text: typedText(g.text), New: g.new, Going: g.going})
	}
	for _, l := range s.locations {
		kept := typedLocation[any]{From: l.from, URL: typedText(l.url), Going: l.going}
		for _, line := range l.metadata {
			kept.Metadata = append(kept.Metadata, typedText(line))
		}
		t.Locations = append(t.Locations, kept)
	}
	for _, p := range s.properties {
		t.Properties = append(t.Properties, typedProperty[any]{
			New: p.new, From: unlessEmpty(p.from), Name: typedText(p.name), Value: typedText(p.value), Going: p.going,
		})
	}
	data, err := json.Marshal(t)
	if err != nil {
		panic("form: texts and numbers cannot be JSON: " + err.Error())
	}
	return data
}

func typedChoice(o model.Opt[string]) *any {
	if !o.Set {
		return nil
	}
	text := typedText(o.Value)
	return &text
}

// stateFrom reads what typed wrote for a draft. It comes from a file,
// so what does not fit the base is an error and not a surprise later.
func stateFrom(typed json.RawMessage, base, wanted model.Image) (state, error) {
	var t typedState[exact]
	if err := json.Unmarshal(typed, &t); err != nil {
		return state{}, err
	}
	s := state{
		name: string(t.Name), owner: string(t.Owner), tagText: string(t.TagText), visibility: model.Visibility(t.Visibility),
		protected: t.Protected, hidden: t.Hidden, minDisk: string(t.MinDisk), minRAM: string(t.MinRAM),
		disk: t.Disk.choice(), container: t.Container.choice(), nextID: 1,
		unread: unreadNames(wanted),
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
