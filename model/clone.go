package model

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// Clone is a deep copy: changing it leaves the image as it is.
func (i Image) Clone() Image {
	i.Tags = slices.Clone(i.Tags)
	i.Locations = CloneLocations(i.Locations)
	if i.Properties != nil {
		properties := make(map[string]Opt[string], len(i.Properties))
		for name, value := range i.Properties {
			properties[name] = value
		}
		i.Properties = properties
	}
	i.Extra, i.Unread = cloneRaw(i.Extra), cloneRaw(i.Unread)
	return i
}

func cloneRaw(from map[string]json.RawMessage) map[string]json.RawMessage {
	if from == nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(from))
	for name, raw := range from {
		out[name] = bytes.Clone(raw)
	}
	return out
}

// Clone is a deep copy.
func (l Location) Clone() Location {
	l.Metadata = jsontext.CloneObject(l.Metadata)
	return l
}

// CloneLocations is a copy that shares nothing.
func CloneLocations(locations []Location) []Location {
	if locations == nil {
		return nil
	}
	out := make([]Location, len(locations))
	for n, l := range locations {
		out[n] = l.Clone()
	}
	return out
}

// CloneObject is a copy of a JSON object that shares nothing.
