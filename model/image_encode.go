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
	w := WriteObject(out)
	w.instead = i.Unread
	w.Text("id", i.ID)
	w.OptionalText("name", i.Name)
	w.Text("status", string(i.Status))
	w.Text("visibility", string(i.Visibility))
	w.OptionalText("owner", i.Owner)
	w.Flag("protected", i.Protected)
	w.Flag("os_hidden", i.Hidden)
	w.Integer("min_disk", i.MinDisk)
	w.Integer("min_ram", i.MinRAM)
	w.OptionalText("disk_format", i.DiskFormat)
	w.OptionalText("container_format", i.ContainerFormat)
	w.OptionalInteger("size", i.Size)
	w.OptionalInteger("virtual_size", i.VirtualSize)
	w.OptionalText("checksum", i.Checksum)
	w.OptionalText("os_hash_algo", i.HashAlgo)
	w.OptionalText("os_hash_value", i.HashValue)
	if !i.CreatedAt.IsZero() || !i.Knows("created_at") {
		w.Text("created_at", encodeTime(i.CreatedAt))
	}
	if !i.UpdatedAt.IsZero() || !i.Knows("updated_at") {
		w.Text("updated_at", encodeTime(i.UpdatedAt))
	}
	w.Texts("tags", i.Tags)
	switch {
	case i.LocationsWithheld:
		w.Locations("locations", nil) // as the server has them, whatever was shown before
	case i.LocationsShown || i.Unread["locations"] != nil:
		w.Locations("locations", i.Locations)
	}
	w.instead = nil
	if raw, cut := i.Unread["properties"]; cut {
		w.field("properties", raw) // no reader may take the rest for all
	}
	for _, name := range sortedKeys(i.Properties) {
		if _, twice := i.Extra[name]; !twice {
			w.OptionalText(name, i.Properties[name])
		}
	}
	for _, name := range sortedKeys(i.Extra) {
		w.field(name, i.Extra[name])
	}
	return w.End()
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
