package patch

import (
	"encoding/json"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// LocationOf reads an element that fits the schema.
func LocationOf(value any) model.Location {
	object, _ := value.(map[string]any)
	url, _ := object["url"].(string)
	metadata, _ := object["metadata"].(map[string]any)
	if metadata == nil {
		metadata = map[string]any{}
	}
	return model.Location{URL: url, Metadata: jsontext.CloneObject(metadata)}
}

// Decoded is an operation as it is meant: what it changes and to what.
type Decoded struct {
	Op    Op
	Name  string // of the attribute or property; the path itself where it is no pointer
	At    string // the place within locations: "-", "0"; empty for the list as a whole
	Value any    // plain JSON, see PlainValue
	Fault string // why the path is no pointer
}

// Decode reads the pointer and the value of an operation.
func Decode(o Operation) Decoded {
	e := Decoded{Op: o.Op, Name: o.Path}
	if o.Op != OpRemove {
		// A value that is no JSON cannot be sent; its words say so.
		e.Value, _ = PlainValue(o.Value)
	}
	tokens, fault := PointerTokens(o.Path)
	if fault != "" {
		e.Fault = fault
		return e
	}
	e.Name = tokens[0]
	e.At = strings.Join(tokens[1:], "/")
	return e
}

// Text reads a text or null; false for any other value.
func (e Decoded) Text() (model.Opt[string], bool) {
	if e.Value == nil {
		return model.Null[string](), true
	}
	s, ok := e.Value.(string)
	return model.Opt[string]{Value: s, Set: ok}, ok
}

// Flag reads true or false; false for any other value.
func (e Decoded) Flag() (bool, bool) {
	b, ok := e.Value.(bool)
	return b, ok
}

// Count reads a whole number; false for any other value.
func (e Decoded) Count() (int64, bool) {
	n, ok := e.Value.(json.Number)
	if !ok {
		return 0, false
	}
	return jsontext.Integer(n.String())
}

// Tags reads a list of tags, as a set; false for any other value.
func (e Decoded) Tags() ([]string, bool) {
	list, ok := e.Value.([]any)
	if !ok {
		return nil, false
	}
	tags := make([]string, len(list))
	for n, element := range list {
		if tags[n], ok = element.(string); !ok {
			return nil, false
		}
	}
	return model.NormalTags(tags), true
}

// Locations reads a list of locations; false for any other value.
func (e Decoded) Locations() ([]model.Location, bool) {
	list, ok := e.Value.([]any)
	if !ok {
		return nil, false
	}
	out := make([]model.Location, len(list))
	for n, element := range list {
		if out[n], ok = plainLocation(element); !ok {
			return nil, false
		}
	}
	return out, true
}

// Location reads one location; false for any other value.
func (e Decoded) Location() (model.Location, bool) { return plainLocation(e.Value) }

func plainLocation(value any) (model.Location, bool) {
	object, ok := value.(map[string]any)
	if !ok {
		return model.Location{}, false
	}
	if _, ok = object["url"].(string); !ok {
		return model.Location{}, false
	}
	return LocationOf(value), true
}

// JSON is the value as it will be in the request.
func (e Decoded) JSON() string {
	text, err := jsontext.Encode(e.Value)
	if err != nil {
		return "?"
	}
	return quote.Visible(string(text))
}
