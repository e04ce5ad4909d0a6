package model

import (
	"slices"
	"time"
)

// MarshalJSON writes an image as GET /v2/images/{id} shows it: every base
// attribute (locations only when shown, times only when known), then the
// properties and what is in Extra, each sorted by name.
func (i Image) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil) }

// AppendJSON appends what MarshalJSON gives, for whoever writes many images.
func (i *Image) AppendJSON(out []byte) ([]byte, error) {
	w := objectWriter{out: out}
	for name := range i.Extra {
		if _, property := i.Properties[name]; property || isBase(name) {
			w.skip = i.Extra // what did not fit its field stands there
			break
		}
	}
	w.begin()
	w.text("id", i.ID)
	w.optionalText("name", i.Name)
	w.text("status", string(i.Status))
	w.text("visibility", string(i.Visibility))
	w.optionalText("owner", i.Owner)
	w.flag("protected", i.Protected)
	w.flag("os_hidden", i.Hidden)
	w.integer("min_disk", i.MinDisk)
	w.integer("min_ram", i.MinRAM)
	w.optionalText("disk_format", i.DiskFormat)
	w.optionalText("container_format", i.ContainerFormat)
	w.optionalInteger("size", i.Size)
	w.optionalInteger("virtual_size", i.VirtualSize)
	w.optionalText("checksum", i.Checksum)
	w.optionalText("os_hash_algo", i.HashAlgo)
	w.optionalText("os_hash_value", i.HashValue)
	if !i.CreatedAt.IsZero() {
		w.text("created_at", encodeTime(i.CreatedAt))
	}
	if !i.UpdatedAt.IsZero() {
		w.text("updated_at", encodeTime(i.UpdatedAt))
	}
	if w.name("tags") {
		w.add(appendList(w.out, i.Tags, false, appendText))
	}
	if i.LocationsShown && w.name("locations") {
		w.add(appendList(w.out, i.Locations, false, appendLocation))
	}
	for _, name := range sortedKeys(i.Properties) {
		w.optionalText(name, i.Properties[name])
	}
	w.skip = nil
	for _, name := range sortedKeys(i.Extra) {
		w.field(name, i.Extra[name])
	}
	return w.end()
}

// encodeTime writes whole seconds, as Glance does.
func encodeTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

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
