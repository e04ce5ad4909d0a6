package model

import (
	"bytes"
	"encoding/json"
	"errors"
)

// encode is value as compact JSON without HTML's escapes, so that a URL with
// an & stays readable.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// objectWriter writes a JSON object with its members in the order given.
type objectWriter struct {
	buffer  bytes.Buffer
	encoder *json.Encoder
	err     error
	skip    map[string]json.RawMessage // names to leave out
}

func newObjectWriter() *objectWriter {
	w := new(objectWriter)
	w.encoder = json.NewEncoder(&w.buffer)
	w.encoder.SetEscapeHTML(false)
	w.buffer.WriteByte('{')
	return w
}

func (w *objectWriter) field(name string, value any) {
	if _, found := w.skip[name]; found {
		return
	}
	if w.buffer.Len() > 1 {
		w.buffer.WriteByte(',')
	}
	w.value(name)
	w.buffer.WriteByte(':')
	w.value(value)
}

// value writes a value without the line feed that an encoder ends it with.
func (w *objectWriter) value(value any) {
	if err := w.encoder.Encode(value); err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	w.buffer.Truncate(w.buffer.Len() - 1)
}

func (w *objectWriter) bytes() ([]byte, error) {
	w.buffer.WriteByte('}')
	return w.buffer.Bytes(), w.err
}
