package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf8"
)

// encode is value as compact JSON without HTML's escapes, so that a URL with
// an & stays readable.
func encode(value any) ([]byte, error) { return appendJSON(nil, value) }

// appender is what can write itself.
type appender interface {
	AppendJSON(out []byte) ([]byte, error)
}

// appendJSON appends what encode gives. The values that images and patches are
// made of need no encoder.
func appendJSON(out []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...), nil
	case string:
		return appendText(out, v)
	case bool:
		return strconv.AppendBool(out, v), nil
	case int64:
		return strconv.AppendInt(out, v, 10), nil
	case []string:
		return appendList(out, v, v == nil, appendText)
	case appender:
		return v.AppendJSON(out)
	case map[string]any:
		return appendObject(out, v)
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

func appendText(out []byte, text string) ([]byte, error) {
	for n := range len(text) {
		if c := text[n]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return appendEncoded(out, text)
		}
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"'), nil
}

func appendList[T any](out []byte, list []T, null bool, add func([]byte, T) ([]byte, error)) (_ []byte, err error) {
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

// appendObject writes a map, sorted by name.
func appendObject(out []byte, object map[string]any) ([]byte, error) {
	if object == nil {
		return append(out, "null"...), nil
	}
	out = append(out, '{')
	var failed error
	for n, name := range sortedKeys(object) {
		if n > 0 {
			out = append(out, ',')
		}
		var err error
		out, err = appendText(out, name)
		failed = errors.Join(failed, err)
		out, err = appendJSON(append(out, ':'), object[name])
		failed = errors.Join(failed, err)
	}
	return append(out, '}'), failed
}

// isOneText is whether raw is one JSON text and no more.
func isOneText(raw []byte) bool {
	s := scanner{text: raw}
	_, ok := s.string()
	return ok && s.at == len(raw) && raw[0] == '"'
}
