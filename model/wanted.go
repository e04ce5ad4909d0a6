package model

import (
	"encoding/json"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// DecodeWanted reads the document of an image as someone wants it to be: the
// API's own document of the base image, edited. Base attributes and locations
// that it leaves out stay as they are, since nothing can remove them; it names
// all properties, so one that it leaves out is to go. What only the server
// sets is not read at all, see [merge.NotAsked].
//
// The error is a [*Refusal] when a value is of a type that no image can have,
// and encoding/json's when the document is no JSON object.
func DecodeWanted(base Image, document []byte) (Image, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(document, &object); err != nil {
		return Image{}, err
	}
	if object == nil {
		return Image{}, errNotAnObject
	}
	wanted := base.Clone()
	wanted.Properties = make(map[string]Opt[string])
	var faults []Problem
	for _, name := range jsontext.SortedKeys(object) {
		if fault := wanted.takeWanted(name, object[name]); fault != nil {
			faults = append(faults, *fault)
		}
	}
	if len(faults) > 0 {
		return Image{}, &Refusal{Problems: faults}
	}
	return wanted, nil
}

// takeWanted reads one attribute of a wanted document into the image, whose
// Extra and Unread are still the base's.
func (i *Image) takeWanted(name string, raw json.RawMessage) *Problem {
	for _, kept := range []map[string]json.RawMessage{i.Unread, i.Extra} {
		if old, odd := kept[name]; odd && jsontext.EqualJSON(old, raw) {
			return nil // as the server showed it, whatever that is
		}
	}
	a, found := AttributeNamed(name)
	switch {
	case found && a.Base && !a.ByServer:
		if a.decode(i, raw) {
			i.known(name)
			return nil
		}
		return &Problem{Field: Field{Attr: name, Index: -1},
			Text: "this is no value for it: " + string(raw), Advice: "write " + a.Kind.Form()}
	case SetByServer(name):
		return nil
	}
	if text, ok := decodeNullableText(raw); ok {
		i.Properties[name] = text
		return nil
	}
	return &Problem{Field: Field{Attr: "properties", Key: name, Index: -1, Part: "value"},
		Text: "a property's value is a text, and this is none: " + string(raw), Advice: "put it in quotes"}
}

// Form is how a value of the kind is written in JSON.
func (k Kind) Form() string {
	switch k {
	case KindBool:
		return "true or false"
	case KindInteger:
		return "a whole number"
	case KindTags:
		return "a list of texts"
	case KindLocations:
		return `a list of {"url": "…", "metadata": {}}`
	}
	return "a text in quotes"
}

// EqualJSON reports whether two JSON texts mean the same.
