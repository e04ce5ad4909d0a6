package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// errNotAnObject is what decoding anything else than a JSON object gives.
var errNotAnObject = errors.New("an image is a JSON object")

// UnmarshalJSON reads an image as GET /v2/images/{id} shows it. It fails only
// on what is not a JSON object: a base attribute with an unexpected type goes to
// Unread as it came, any other to Extra. It keeps nothing of data.
func (i *Image) UnmarshalJSON(data []byte) error {
	_, err := i.read(data)
	return err
}

// UnmarshalShown is UnmarshalJSON for what a server shows. What every server
// shows and an answer lacks is unknown, and not empty or zero: Unread then has
// nothing under its name.
func (i *Image) UnmarshalShown(data []byte) error {
	came, err := i.read(data)
	if err != nil || alwaysShown&^came == 0 {
		return err
	}
	for n, a := range attributes {
		if (alwaysShown&^came)&(1<<n) != 0 {
			i.keepUnread(a.Name, json.RawMessage{})
		}
	}
	return nil
}

// attributeSet is a set of attributes, by their places among all.
type attributeSet uint32

// alwaysShown are the attributes that every release of the server shows, with
// null where they have no value. It may hide locations, and those before 2018
// know neither os_hidden nor the hashes: that no image is hidden there is no guess.
var alwaysShown = func() (set attributeSet) {
	for n, a := range attributes {
		if a.Base && (!a.ByServer || a.Name == "status") && a.Name != "os_hidden" && a.Kind != KindLocations {
			set |= 1 << n
		}
	}
	return set
}()

// read reads an image, and tells which base attributes the document has.
func (i *Image) read(data []byte) (came attributeSet, err error) {
	if came, ok := i.scan(data); ok {
		return came, nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return 0, err
	}
	if object == nil {
		return 0, errNotAnObject
	}
	*i = Image{Properties: make(map[string]Opt[string])}
	for name, raw := range object {
		i.take([]byte(name), raw)
		if place, base := basePlaces[name]; base {
			came |= 1 << place
		}
	}
	return came, nil
}

// scan reads an image as nearly all are, in one pass. ok is false for what is
// out of the ordinary, and for what is wrong.
func (i *Image) scan(data []byte) (came attributeSet, ok bool) {
	*i = Image{Properties: make(map[string]Opt[string])}
	s := jsontext.Scanner{Text: data}
	ok = s.Object(0, func(name, raw []byte) bool {
		if place, base := basePlaces[string(name)]; base {
			again := came&(1<<place) != 0
			came |= 1 << place
			i.takeAttribute(attributes[place], raw)
			return !again // the last one counts
		}
		_, property := i.Properties[string(name)]
		_, extra := i.Extra[string(name)]
		i.takeOther(name, raw)
		return !property && !extra
	}) && s.AtEnd()
	return came, ok
}

// basePlaces are the places of the base attributes among all.
var basePlaces = func() map[string]int {
	places := make(map[string]int)
	for n, a := range attributes {
		if a.Base {
			places[a.Name] = n
		}
	}
	return places
}()

// take puts an attribute in its place.
func (i *Image) take(name []byte, raw json.RawMessage) {
	if place, base := basePlaces[string(name)]; base {
		i.takeAttribute(attributes[place], raw)
	} else {
		i.takeOther(name, raw)
	}
}

// takeAttribute puts a base attribute in its field, or in Unread.
func (i *Image) takeAttribute(a *Attribute, raw json.RawMessage) {
	if !a.decode(i, raw) {
		i.keepUnread(a.Name, raw)
	}
}

// takeOther puts an attribute that has no field.
func (i *Image) takeOther(name []byte, raw json.RawMessage) {
	if text, ok := decodeNullableText(raw); ok && !SetByServer(string(name)) {
		i.Properties[jsontext.TextFrom(name)] = text
		return
	}
	i.keep(name, raw)
}

// keep puts an attribute in Extra.
func (i *Image) keep(name []byte, raw json.RawMessage) {
	if i.Extra == nil {
		i.Extra = make(map[string]json.RawMessage)
	}
	i.Extra[jsontext.TextFrom(name)] = bytes.Clone(raw)
}

// SetByServer reports whether an attribute is not a custom property, since only the
// server sets it or it is a base attribute.
func SetByServer(name string) bool {
	return takenNames()[name]&(baseName|readOnlyName|shadowedName) != 0 || strings.HasPrefix(name, reservedPrefix)
}

func decodeNullableText(raw json.RawMessage) (Opt[string], bool) {
	if string(raw) == "null" {
		return Null[string](), true
	}
	s, ok := jsontext.DecodeText(raw)
	if !ok {
		return Null[string](), false
	}
	return Some(s), true
}

func decodeNullableInteger(raw json.RawMessage) (Opt[int64], bool) {
	if string(raw) == "null" {
		return Null[int64](), true
	}
	n, ok := jsontext.Integer(string(raw))
	if !ok {
		return Null[int64](), false
	}
	return Some(n), true
}

func decodeBool(raw json.RawMessage) (value, ok bool) {
	switch string(raw) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

func decodeTime(raw json.RawMessage) (time.Time, bool) {
	s, ok := jsontext.DecodeText(raw)
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.IsZero() {
		return time.Time{}, false
	}
	// A zone may lead out of the years that can be written again.
	if t = t.UTC(); t.Year() < 0 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

func decodeTags(raw json.RawMessage) ([]string, bool) {
	tags, all := []string{}, true
	s := jsontext.Scanner{Text: raw}
	ok := s.Array(0, func(element []byte) bool {
		tag, isText := jsontext.DecodeText(element)
		tags, all = append(tags, tag), all && isText
		return true
	})
	if !ok || !all {
		return nil, false
	}
	return NormalTags(tags), true
}

func decodeLocations(raw json.RawMessage) ([]Location, bool) {
	locations := []Location{}
	s := jsontext.Scanner{Text: raw}
	if s.Array(0, func(element []byte) bool {
		var l Location
		ok := l.scan(element)
		locations = append(locations, l)
		return ok
	}) {
		return locations, true
	}
	locations = nil
	if json.Unmarshal(raw, &locations) != nil || locations == nil {
		return nil, false
	}
	return locations, true
}
