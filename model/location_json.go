package model

import (
	"bytes"
	"encoding/json"
	"errors"
)

// UnmarshalJSON reads one element of an image's "locations". It needs a url
// that is a string; absent or null metadata is empty; other members, which a
// server ignores too, are dropped.
func (l *Location) UnmarshalJSON(data []byte) error {
	var object struct {
		URL      *string        `json:"url"`
		Metadata map[string]any `json:"metadata"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&object); err != nil {
		return err
	}
	if object.URL == nil {
		return errors.New("a location needs a url")
	}
	*l = Location{URL: *object.URL, Metadata: object.Metadata}
	if l.Metadata == nil {
		l.Metadata = map[string]any{}
	}
	return nil
}

// MarshalJSON writes the url, then the metadata ({} where it is nil).
func (l Location) MarshalJSON() ([]byte, error) {
	metadata := l.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	w := newObjectWriter()
	w.field("url", l.URL)
	w.field("metadata", metadata)
	return w.bytes()
}
