package jsontext

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// DecodeText is a JSON string, and only that.
func DecodeText(raw json.RawMessage) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if inner := raw[1 : len(raw)-1]; isPlainText(inner) {
		return TextFrom(inner), true
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

// isPlainText reports whether what is between the quotes means itself: nearly
// all texts of an image do, and need no decoder.
func isPlainText(inner []byte) bool {
	return bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner)
}
