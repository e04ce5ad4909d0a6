package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// errNotAnObject is what decoding anything else than a JSON object gives.
var errNotAnObject = errors.New("an image is a JSON object")

// UnmarshalJSON reads an image as GET /v2/images/{id} shows it. It fails only
// on what is not a JSON object: an attribute with an unexpected type goes to
// Extra as it came, and the field keeps its zero value.
func (i *Image) UnmarshalJSON(data []byte) error {
	_, err := i.read(data)
	return err
}

// read reads an image, and gives all that stood there.
func (i *Image) read(data []byte) (map[string]json.RawMessage, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, errNotAnObject
	}
	*i = Image{Properties: make(map[string]Opt[string])}
	i.take(object)
	return object, nil
}

// UnmarshalShown is UnmarshalJSON for what a server shows. Every server shows
// the tags; where an answer lacks them they are unknown and not empty, so Extra
// then has a null under their name: [Rules.Editable] locks what it holds.
func (i *Image) UnmarshalShown(data []byte) error {
	object, err := i.read(data)
	if err != nil {
		return err
	}
	if _, there := object["tags"]; !there {
		if i.Extra == nil {
			i.Extra = make(map[string]json.RawMessage)
		}
		i.Extra["tags"] = json.RawMessage("null")
	}
	return nil
}

// tagsUnread is whether the image has tags that we do not know: a patch sets the
// whole list, so it would drop them. (An attribute with one value is another
// matter: who sets it means to write over it.)
func (i Image) tagsUnread() bool {
	_, odd := i.Extra["tags"]
	return odd
}

// take puts every attribute of the object in its place.
func (i *Image) take(object map[string]json.RawMessage) {
	for name, raw := range object {
		if i.takeBase(name, raw) {
			continue
		}
		if text, ok := decodeNullableText(raw); ok && !setByServer(name) {
			i.Properties[name] = text
			continue
		}
		if i.Extra == nil {
			i.Extra = make(map[string]json.RawMessage)
		}
		i.Extra[name] = raw
	}
}

// takeBase reads one attribute into its field. It is false for attributes that
// have none, and for values that do not fit.
func (i *Image) takeBase(name string, raw json.RawMessage) (ok bool) {
	switch name {
	case "id":
		i.ID, ok = decodeText(raw)
	case "name":
		i.Name, ok = decodeNullableText(raw)
	case "status":
		var s string
		s, ok = decodeText(raw)
		i.Status = Status(s)
	case "visibility":
		var s string
		s, ok = decodeText(raw)
		i.Visibility = Visibility(s)
	case "owner":
		i.Owner, ok = decodeNullableText(raw)
	case "protected":
		i.Protected, ok = decodeBool(raw)
	case "os_hidden":
		i.Hidden, ok = decodeBool(raw)
	case "min_disk":
		i.MinDisk, ok = wholeNumber(string(raw))
	case "min_ram":
		i.MinRAM, ok = wholeNumber(string(raw))
	case "disk_format":
		i.DiskFormat, ok = decodeNullableText(raw)
	case "container_format":
		i.ContainerFormat, ok = decodeNullableText(raw)
	case "size":
		i.Size, ok = decodeNullableInteger(raw)
	case "virtual_size":
		i.VirtualSize, ok = decodeNullableInteger(raw)
	case "checksum":
		i.Checksum, ok = decodeNullableText(raw)
	case "os_hash_algo":
		i.HashAlgo, ok = decodeNullableText(raw)
	case "os_hash_value":
		i.HashValue, ok = decodeNullableText(raw)
	case "created_at":
		i.CreatedAt, ok = decodeTime(raw)
	case "updated_at":
		i.UpdatedAt, ok = decodeTime(raw)
	case "tags":
		i.Tags, ok = decodeTags(raw)
	case "locations":
		i.Locations, ok = decodeLocations(raw)
		i.LocationsShown = ok
	}
	return ok
}

// MarshalJSON writes an image as GET /v2/images/{id} shows it: every base
// attribute (locations only when shown, times only when known), then the
// properties and what is in Extra, each sorted by name.
func (i Image) MarshalJSON() ([]byte, error) {
	w := newObjectWriter()
	w.skip = i.Extra
	w.field("id", i.ID)
	w.field("name", nullable(i.Name))
	w.field("status", string(i.Status))
	w.field("visibility", string(i.Visibility))
	w.field("owner", nullable(i.Owner))
	w.field("protected", i.Protected)
	w.field("os_hidden", i.Hidden)
	w.field("min_disk", i.MinDisk)
	w.field("min_ram", i.MinRAM)
	w.field("disk_format", nullable(i.DiskFormat))
	w.field("container_format", nullable(i.ContainerFormat))
	w.field("size", nullable(i.Size))
	w.field("virtual_size", nullable(i.VirtualSize))
	w.field("checksum", nullable(i.Checksum))
	w.field("os_hash_algo", nullable(i.HashAlgo))
	w.field("os_hash_value", nullable(i.HashValue))
	if !i.CreatedAt.IsZero() {
		w.field("created_at", encodeTime(i.CreatedAt))
	}
	if !i.UpdatedAt.IsZero() {
		w.field("updated_at", encodeTime(i.UpdatedAt))
	}
	w.field("tags", append([]string{}, i.Tags...))
	if i.LocationsShown {
		w.field("locations", append([]Location{}, i.Locations...))
	}
	for _, name := range sortedKeys(i.Properties) {
		w.field(name, nullable(i.Properties[name]))
	}
	w.skip = nil
	for _, name := range sortedKeys(i.Extra) {
		w.field(name, i.Extra[name])
	}
	return w.bytes()
}

// setByServer is whether an attribute that did not fit a field is one that
// only the server sets, or a base attribute with an unexpected type.
func setByServer(name string) bool {
	return takenNames()[name]&(baseName|readOnlyName|shadowedName) != 0 || strings.HasPrefix(name, reservedPrefix)
}

// decodeText is a JSON string, and only that.
func decodeText(raw json.RawMessage) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if inner := raw[1 : len(raw)-1]; isPlainText(inner) {
		return string(inner), true
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

// isPlainText is whether what stands between the quotes means itself: nearly
// all texts of an image do, and need no decoder.
func isPlainText(inner []byte) bool {
	return bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner)
}

func decodeNullableText(raw json.RawMessage) (Opt[string], bool) {
	if string(raw) == "null" {
		return Null[string](), true
	}
	s, ok := decodeText(raw)
	if !ok {
		return Null[string](), false
	}
	return Some(s), true
}

func decodeNullableInteger(raw json.RawMessage) (Opt[int64], bool) {
	if string(raw) == "null" {
		return Null[int64](), true
	}
	n, ok := wholeNumber(string(raw))
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
	s, ok := decodeText(raw)
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.IsZero() {
		return time.Time{}, false
	}
	// A zone may lead out of the years that can be written again.
	t = t.UTC()
	return t, t.Year() >= 0 && t.Year() <= 9999
}

// encodeTime writes whole seconds, as Glance does.
func encodeTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func decodeTags(raw json.RawMessage) ([]string, bool) {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil || elements == nil {
		return nil, false
	}
	tags := make([]string, len(elements))
	for n, e := range elements {
		tag, ok := decodeText(e)
		if !ok {
			return nil, false
		}
		tags[n] = tag
	}
	return NormalTags(tags), true
}

func decodeLocations(raw json.RawMessage) ([]Location, bool) {
	var locations []Location
	if json.Unmarshal(raw, &locations) != nil || locations == nil {
		return nil, false
	}
	return locations, true
}

// nullable is the value for encoding/json: nil for null.
func nullable[T comparable](o Opt[T]) any {
	if !o.Set {
		return nil
	}
	return o.Value
}

func sortedKeys[V any](m map[string]V) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
