package model

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Clone is a deep copy: changing it leaves the image as it is.
func (i Image) Clone() Image {
	i.Tags = slices.Clone(i.Tags)
	i.Locations = cloneLocations(i.Locations)
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
	l.Metadata = cloneObject(l.Metadata)
	return l
}

func cloneLocations(locations []Location) []Location {
	if locations == nil {
		return nil
	}
	out := make([]Location, len(locations))
	for n, l := range locations {
		out[n] = l.Clone()
	}
	return out
}

func cloneObject(object map[string]any) map[string]any {
	if object == nil {
		return nil
	}
	out := make(map[string]any, len(object))
	for name, value := range object {
		out[name] = cloneValue(value)
	}
	return out
}

// cloneValue copies a JSON value; scalars are immutable.
func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return cloneObject(v)
	case []any:
		out := make([]any, len(v))
		for n, element := range v {
			out[n] = cloneValue(element)
		}
		return out
	}
	return value
}
