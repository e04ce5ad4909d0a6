package demo

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"unicode/utf8"
)

// jsonBody reads a body that must be a JSON object or list.
func (c *call) jsonBody() (any, error) {
	if !c.hasBody() {
		return nil, refuse(http.StatusBadRequest, "Body expected in request.")
	}
	data, err := c.body()
	if err != nil {
		return nil, err
	}
	value, ok := decodeJSON(data)
	if !ok {
		return nil, refuse(http.StatusBadRequest, "Malformed JSON in request body.")
	}
	switch value.(type) {
	case map[string]any, []any:
		return value, nil
	}
	return nil, refuse(http.StatusBadRequest, "Unexpected body type. Expected list/dict.")
}

// decodeJSON decodes one JSON value; numbers are json.Number.
func decodeJSON(data []byte) (value any, ok bool) {
	if !utf8.Valid(data) {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return nil, false
	}
	_, err := d.Token()
	return value, err == io.EOF
}
