package model

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// ObjectWriter writes a JSON object with its members in the order given, without
// a value made of each. It goes on from Out, which may hold members already. What
// cannot be written is the error of End.
type ObjectWriter struct {
	Out []byte
	err error
	// instead are values by name, written where a member of the name would be
	// written with another; one without a value leaves the member out.
	instead map[string]json.RawMessage
}

// WriteObject begins an object behind what is there.
func WriteObject(out []byte) ObjectWriter { return ObjectWriter{Out: append(out, '{')} }

// name writes a member's name. It is false where its value is written, too, or
// neither is to be.
func (w *ObjectWriter) name(name string) bool {
	raw, instead := w.instead[name]
	if instead && len(raw) == 0 {
		return false
	}
	if w.Out[len(w.Out)-1] != '{' {
		w.Out = append(w.Out, ',')
	}
	w.add(jsontext.AppendText(w.Out, name))
	w.Out = append(w.Out, ':')
	if instead {
		w.add(jsontext.AppendJSON(w.Out, raw))
		return false
	}
	return true
}

func (w *ObjectWriter) add(out []byte, err error) {
	w.Out, w.err = out, errors.Join(w.err, err)
}

// Field writes a member with any value.
func (w *ObjectWriter) Field(name string, value any) {
	if w.name(name) {
		w.add(jsontext.AppendJSON(w.Out, value))
	}
}

// Any writes whatever encoding/json can.
func (w *ObjectWriter) Any(name string, value any) { w.Field(name, value) }

// Text writes a text.
func (w *ObjectWriter) Text(name, value string) {
	if w.name(name) {
		w.add(jsontext.AppendText(w.Out, value))
	}
}

// OptionalText writes a text or null.
func (w *ObjectWriter) OptionalText(name string, value Opt[string]) {
	if value.Set {
		w.Text(name, value.Value)
	} else {
		w.Field(name, nil)
	}
}

// Integer writes a whole number.
func (w *ObjectWriter) Integer(name string, value int64) {
	if w.name(name) {
		w.Out = strconv.AppendInt(w.Out, value, 10)
	}
}

// OptionalInteger writes a whole number or null.
func (w *ObjectWriter) OptionalInteger(name string, value Opt[int64]) {
	if value.Set {
		w.Integer(name, value.Value)
	} else {
		w.Field(name, nil)
	}
}

// Flag writes true or false.
func (w *ObjectWriter) Flag(name string, value bool) {
	if w.name(name) {
		w.Out = strconv.AppendBool(w.Out, value)
	}
}

// Texts writes a list of texts, empty where it is nil.
func (w *ObjectWriter) Texts(name string, values []string) {
	if w.name(name) {
		w.add(jsontext.AppendList(w.Out, values, false, jsontext.AppendText))
	}
}

// Locations writes a list of locations, empty where it is nil.
func (w *ObjectWriter) Locations(name string, values []Location) {
	if w.name(name) {
		w.add(jsontext.AppendList(w.Out, values, false, appendLocation))
	}
}

// End ends the object.
func (w *ObjectWriter) End() ([]byte, error) { return append(w.Out, '}'), w.err }
