package model

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
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

// scan reads a location as nearly all are, a url and metadata of texts alone.
// It is false for any other, and for what is wrong.
func (l *Location) scan(data []byte) bool {
	*l = Location{Metadata: map[string]any{}}
	s := jsontext.Scanner{Text: data}
	url, metadata := false, false
	return s.Object(0, func(name, raw []byte) (ok bool) {
		switch {
		case string(name) == "url" && !url:
			l.URL, url = jsontext.DecodeText(raw)
			return url
		case string(name) == "metadata" && !metadata:
			metadata = scanTexts(raw, l.Metadata)
			return metadata
		}
		return false
	}) && url
}

// scanTexts reads an object whose members are texts, each of another name.
func scanTexts(data []byte, into map[string]any) bool {
	s := jsontext.Scanner{Text: data}
	return s.Object(0, func(name, raw []byte) bool {
		text, isText := jsontext.DecodeText(raw)
		if _, twice := into[string(name)]; twice || !isText {
			return false
		}
		into[jsontext.TextFrom(name)] = text
		return true
	})
}

// MarshalJSON writes the url, then the metadata ({} where it is nil).
func (l Location) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }

// AppendJSON appends what MarshalJSON gives.
func (l Location) AppendJSON(out []byte) ([]byte, error) {
	metadata := l.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	w := WriteObject(out)
	w.Text("url", l.URL)
	if w.name("metadata") {
		w.add(jsontext.AppendObject(w.Out, metadata))
	}
	return w.End()
}

func appendLocation(out []byte, l Location) ([]byte, error) { return l.AppendJSON(out) }

// CallBody is the body of the call that adds the location.
func (l Location) CallBody() []byte {
	return jsontext.MustEncode(struct {
		URL string `json:"url"`
	}{l.URL})
}
