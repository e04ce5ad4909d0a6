package model

import (
	"bytes"
	"encoding/json"
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
	buffer bytes.Buffer
	err    error
	skip   map[string]json.RawMessage // names to leave out
}

func (w *objectWriter) field(name string, value any) {
	if w.err != nil {
		return
	}
	if _, found := w.skip[name]; found {
		return
	}
	key, err := encode(name)
	if err != nil {
		w.err = err
		return
	}
	text, err := encode(value)
	if err != nil {
		w.err = err
		return
	}
	if w.buffer.Len() > 0 {
		w.buffer.WriteByte(',')
	}
	w.buffer.Write(key)
	w.buffer.WriteByte(':')
	w.buffer.Write(text)
}

func (w *objectWriter) bytes() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	out := make([]byte, 0, w.buffer.Len()+2)
	out = append(out, '{')
	out = append(out, w.buffer.Bytes()...)
	return append(out, '}'), nil
}
