package model

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// The bounds of what is kept of an image that a server showed, to be seen and
// edited. Glance's own limits are far below them: 128 tags and properties, 10
// locations, and 64 kB for a value in MySQL.
const (
	mostMembers   = 1000 // tags, or properties with all else that the server sets
	mostLocations = 100
	deepestValue  = 100      // levels of JSON in one value
	largeDocument = 1 << 20  // bytes from which on each value is bounded, too
	largestValue  = 4 << 10  // bytes of one value
	largestList   = 64 << 10 // bytes of all tags, or of all locations
	longestCut    = 512      // what is kept of a value beyond them
)

// Bound cuts what is beyond the bounds: it is then unknown (see [Image.Unread]),
// so that it is shown cut and cannot be edited. size is how many bytes the image's
// document has. An image within the bounds stays as it is.
func (i *Image) Bound(size int) {
	i.boundCounts()
	i.boundDepth()
	if size > largeDocument {
		i.boundValues()
	}
}

func (i *Image) boundCounts() {
	if n := len(i.Tags); n > mostMembers {
		list := jsontext.MustEncode(i.Tags[:longestCut/2])
		i.Tags = nil
		i.keepUnread("tags", cutOf(list, n))
	}
	if n := len(i.Locations); n > mostLocations {
		i.cutLocations()
	}
	if n := len(i.Properties) + len(i.Extra); n > mostMembers {
		for _, name := range jsontext.SortedKeys(i.Properties)[min(len(i.Properties), mostMembers/2):] {
			delete(i.Properties, name)
		}
		for _, name := range jsontext.SortedKeys(i.Extra)[min(len(i.Extra), mostMembers/2):] {
			delete(i.Extra, name)
		}
		names := jsontext.SortedKeys(i.Properties)
		i.keepUnread("properties", cutOf(jsontext.MustEncode(names[:min(len(names), 10)]), n))
	}
}

func (i *Image) cutLocations() {
	n := len(i.Locations)
	var urls []string
	for _, l := range i.Locations[:min(n, 10)] {
		urls = append(urls, l.URL[:min(len(l.URL), longestCut)])
	}
	i.Locations, i.LocationsShown = nil, false
	i.keepUnread("locations", cutOf(jsontext.MustEncode(urls), n))
}

// boundDepth cuts what is nested so deeply that laying it out would take more room
// than it has.
func (i *Image) boundDepth() {
	for _, kept := range []map[string]json.RawMessage{i.Extra, i.Unread} {
		for name, raw := range kept {
			if len(raw) > 2*deepestValue && DepthOf(raw) > deepestValue {
				kept[name] = cutOf(raw, len(raw))
			}
		}
	}
	for _, l := range i.Locations {
		if depthOfValue(l.Metadata, 0) > deepestValue {
			i.cutLocations()
			return
		}
	}
}

// boundValues cuts each long value.
func (i *Image) boundValues() {
	for _, a := range attributes {
		switch v := a.field(i).(type) {
		case *Opt[string]:
			if len(v.Value) > largestValue {
				i.keepUnread(a.Name, cutText(v.Value))
				*v = Null[string]()
			}
		case *string:
			if len(*v) > largestValue && a.Name != "id" {
				i.keepUnread(a.Name, cutText(*v))
				*v = ""
			}
		}
	}
	for name, value := range i.Properties {
		if len(value.Value) > largestValue {
			delete(i.Properties, name)
			i.keep([]byte(name), cutText(value.Value))
		}
	}
	for _, kept := range []map[string]json.RawMessage{i.Extra, i.Unread} {
		for name, raw := range kept {
			if len(raw) > largestValue {
				kept[name] = cutOf(raw, len(raw))
			}
		}
	}
	if len(jsontext.MustEncode(i.Tags)) > largestList {
		n := len(i.Tags)
		list := jsontext.MustEncode(i.Tags[:min(n, 3)])
		i.Tags = nil
		i.keepUnread("tags", cutOf(list, n))
	}
	if list, err := jsontext.Encode(i.Locations); err != nil || len(list) > largestList {
		i.cutLocations()
	}
}

// cut is what stands for a value beyond the bounds. It is an object, which is a
// value of no attribute and no property, so no one takes it for the value.
type cut struct {
	Beginning string `json:"cut"`
	Of        int    `json:"of"` // bytes, or members of a list
}

func cutOf(raw []byte, of int) json.RawMessage {
	beginning := bytes.ToValidUTF8(raw[:min(len(raw), longestCut)], nil)
	return jsontext.MustEncode(cut{string(beginning), of})
}

func cutText(text string) json.RawMessage {
	return jsontext.MustEncode(cut{strings.ToValidUTF8(text[:longestCut], ""), len(text)})
}

// PropertyCount is how many properties the image has; where they were cut, with
// all else that the server gave beside the attributes of every image.
func (i *Image) PropertyCount() int {
	if _, of, is := CutText(i.Unread["properties"]); is {
		return of
	}
	return len(i.Properties)
}

// CutText is how a value that was cut begins, safe to show; false for any other.
func CutText(raw json.RawMessage) (text string, of int, is bool) {
	if !bytes.HasPrefix(raw, []byte(`{"cut":`)) {
		return "", 0, false
	}
	var c cut
	if json.Unmarshal(raw, &c) != nil {
		return "", 0, false
	}
	return quote.Visible(c.Beginning) + "…", c.Of, true
}

// DepthOf is how many levels of objects and lists are within one another in JSON.
func DepthOf(raw []byte) (deepest int) {
	depth, quoted := 0, false
	for n := 0; n < len(raw); n++ {
		switch c := raw[n]; {
		case quoted && c == '\\':
			n++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}

func depthOfValue(value any, depth int) int {
	deepest := depth
	switch v := value.(type) {
	case map[string]any:
		for _, element := range v {
			deepest = max(deepest, depthOfValue(element, depth+1))
		}
	case []any:
		for _, element := range v {
			deepest = max(deepest, depthOfValue(element, depth+1))
		}
	}
	return deepest
}
