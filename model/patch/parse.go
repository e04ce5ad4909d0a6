package patch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// Parse reads the body of a PATCH in either media type, and has each
// operation checked before it reads the next one.
func Parse(contentType string, body []byte, check func(o Operation, valued bool) *Rejection) (Patch, error) {
	read, refused := operationReader(contentType)
	if refused != nil {
		return nil, refused
	}
	elements, refused := parseBody(body)
	if refused != nil {
		return nil, refused
	}
	p := make(Patch, 0, len(elements))
	for n, element := range elements {
		o, refused := parseOperation(element, read, check)
		if refused != nil {
			refused.Index = n
			return nil, refused
		}
		p = append(p, o)
	}
	if hasLoneSurrogate(body) {
		return nil, ServerError()
	}
	return p, nil
}

// operationReader finds the form of operation that a media type stands for.
func operationReader(contentType string) (readOperation, *Rejection) {
	mediaType, _, _ := strings.Cut(contentType, ";")
	switch mediaType {
	case MediaTypeV21:
		return readV21, nil
	case MediaTypeV20:
		return readV20, nil
	}
	return nil, Reject(http.StatusUnsupportedMediaType, "The request media type is not supported: "+
		"use %s or %s.", MediaTypeV20, MediaTypeV21)
}

// AcceptPatch is the header Accept-Patch of a server's 415.
const AcceptPatch = MediaTypeV20 + ", " + MediaTypeV21

// parseBody reads the list of operations.
func parseBody(body []byte) ([]any, *Rejection) {
	if len(body) == 0 {
		return nil, Reject(http.StatusBadRequest, "Body expected in request.")
	}
	value, err := decodeSingleValue(body)
	if err != nil || !utf8.Valid(body) {
		return nil, Reject(http.StatusBadRequest, "Malformed JSON in request body.")
	}
	switch v := value.(type) {
	case []any:
		return v, nil
	case map[string]any:
		return nil, Reject(http.StatusBadRequest, "Request body must be a JSON array of operation objects.")
	}
	return nil, Reject(http.StatusBadRequest, "Unexpected body type. Expected list/dict.")
}

var errTrailing = errors.New("something follows the JSON value")

// decodeSingleValue reads one JSON value with nothing behind it.
func decodeSingleValue(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errTrailing
	}
	return value, nil
}

// parseOperation reads one element of the list and has it checked.
func parseOperation(element any, read readOperation, check func(Operation, bool) *Rejection) (Operation, *Rejection) {
	members, ok := element.(map[string]any)
	if !ok {
		return Operation{}, Reject(http.StatusBadRequest, "Operations must be JSON objects.")
	}
	o, refused := read(members)
	if refused != nil {
		return Operation{}, refused
	}
	value, found := members["value"]
	if o.Op != OpRemove {
		o.Value = value
	}
	if refused := check(o, found); refused != nil {
		return Operation{}, refused
	}
	return o, nil
}

// readOperation finds the verb and the path of an operation.
type readOperation func(members map[string]any) (Operation, *Rejection)

// readV21 reads {"op": "replace", "path": "/name", …}.
func readV21(members map[string]any) (Operation, *Rejection) {
	op, isText := members["op"].(string)
	if !isText && members["op"] != nil {
		op = jsontext.PythonText(members["op"]) // refused by its name
	}
	if refused := CheckVerb(Op(op)); refused != nil {
		return Operation{}, refused
	}
	path, found := members["path"]
	if !found {
		return Operation{}, Reject(http.StatusBadRequest, "Unable to find 'path' in JSON Schema change")
	}
	return readPath(Op(op), path, false)
}

// readV20 reads the older form, {"replace": "/name", …}.
func readV20(members map[string]any) (Operation, *Rejection) {
	var found Op
	for _, op := range []Op{OpAdd, OpRemove, OpReplace} {
		if _, has := members[string(op)]; !has {
			continue
		}
		if found != "" {
			return Operation{}, Reject(http.StatusBadRequest,
				`Operation objects must contain only one member named "add", "remove", or "replace".`)
		}
		found = op
	}
	if found == "" {
		return Operation{}, Reject(http.StatusBadRequest,
			`Operation objects must contain exactly one member named "add", "remove", or "replace".`)
	}
	return readPath(found, members[string(found)], true)
}

// readPath breaks the server on anything but a string (measured: 500).
func readPath(op Op, path any, v20 bool) (Operation, *Rejection) {
	text, isText := path.(string)
	if !isText {
		return Operation{}, ServerError()
	}
	return Operation{Op: op, Path: text, V20: v20}, nil
}

// hasLoneSurrogate reports whether valid JSON holds half of a surrogate pair as an
// escape (measured: the server breaks on it).
func hasLoneSurrogate(text []byte) bool {
	for n := 0; n < len(text); n++ {
		if text[n] != '\\' {
			continue
		}
		n++ // the escaped character
		unit, isUnit := escapedUnit(text, n-1)
		if !isUnit {
			continue
		}
		n += 4
		if unit < 0xd800 || unit > 0xdfff {
			continue
		}
		low, isUnit := escapedUnit(text, n+1)
		if unit > 0xdbff || !isUnit || low < 0xdc00 || low > 0xdfff {
			return true
		}
		n += 6
	}
	return false
}

// escapedUnit reads \uXXXX at a place in the text.
func escapedUnit(text []byte, at int) (uint64, bool) {
	if at+6 > len(text) || text[at] != '\\' || text[at+1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(text[at+2:at+6]), 16, 16)
	return unit, err == nil
}

const knownVerbs = "add, remove, replace"

// CheckVerb rejects an operation that Glance does not have.
func CheckVerb(op Op) *Rejection {
	switch op {
	case OpAdd, OpReplace, OpRemove:
		return nil
	case "":
		return Reject(http.StatusBadRequest, "Unable to find `op` in JSON Schema change. "+
			"It must be one of the following: %s.", knownVerbs)
	}
	return Reject(http.StatusBadRequest, "Invalid operation: `%s`. "+
		"It must be one of the following: %s.", op, knownVerbs)
}
