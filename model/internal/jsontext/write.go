package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Encode is value as compact JSON without HTML's escapes, so that a URL with
// an & stays readable.
func Encode(value any) ([]byte, error) { return AppendJSON(nil, value) }

// appender is what can write itself.
type appender interface {
	AppendJSON(out []byte) ([]byte, error)
}

// AppendJSON appends what encode gives. The values that images and patches are
// made of need no encoder.
func AppendJSON(out []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...), nil
	case string:
		return AppendText(out, v)
	case bool:
		return strconv.AppendBool(out, v), nil
	case int64:
		return strconv.AppendInt(out, v, 10), nil
	case []string:
		return AppendList(out, v, v == nil, AppendText)
	case appender:
		return v.AppendJSON(out)
	case map[string]any:
		return AppendObject(out, v)
	case json.RawMessage:
		if isOneText(v) {
			return append(out, v...), nil
		}
	}
	return appendEncoded(out, value)
}

// appendEncoded has encoding/json do it.
func appendEncoded(out []byte, value any) ([]byte, error) {
	b := bytes.NewBuffer(out)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return out, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// AppendText appends a text.
func AppendText(out []byte, text string) ([]byte, error) {
	for n := range len(text) {
		if c := text[n]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return appendEncoded(out, text)
		}
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"'), nil
}

// AppendList appends a list, null where null says so.
func AppendList[T any](out []byte, list []T, null bool, add func([]byte, T) ([]byte, error)) (_ []byte, err error) {
	if null {
		return append(out, "null"...), nil
	}
	out = append(out, '[')
	for n, element := range list {
		if n > 0 {
			out = append(out, ',')
		}
		if out, err = add(out, element); err != nil {
			return out, err
		}
	}
	return append(out, ']'), nil
}

// AppendObject writes a map, sorted by name.
func AppendObject(out []byte, object map[string]any) ([]byte, error) {
	if object == nil {
		return append(out, "null"...), nil
	}
	out = append(out, '{')
	var failed error
	for n, name := range SortedKeys(object) {
		if n > 0 {
			out = append(out, ',')
		}
		var err error
		out, err = AppendText(out, name)
		failed = errors.Join(failed, err)
		out, err = AppendJSON(append(out, ':'), object[name])
		failed = errors.Join(failed, err)
	}
	return append(out, '}'), failed
}

// isOneText reports whether raw is one JSON text and no more.
func isOneText(raw []byte) bool {
	s := Scanner{Text: raw}
	_, ok := s.string()
	return ok && s.at == len(raw) && raw[0] == '"'
}

// SortedKeys are the keys of a map in order.
func SortedKeys[V any](m map[string]V) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// MustEncode is Encode for a value that can be JSON; it panics for any other.
func MustEncode(value any) []byte { return Must(Encode(value)) }

// Must panics where a value cannot be JSON.
func Must(text []byte, err error) []byte {
	if err != nil {
		panic("model: an operation's value cannot be JSON: " + err.Error())
	}
	return text
}
