package demo

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// appendImage writes an image as the caller sees it: custom properties first,
// then the base attributes, in Glance's order.
func (s *Server) appendImage(b []byte, r record, who caller) []byte {
	i := &r.image
	w := objectWriter{b: append(b, '{')}
	locations := s.shownLocations(i, who)
	stores := s.storesOf(locations)
	for _, name := range slices.Sorted(maps.Keys(i.Properties)) {
		w.nullableText(name, i.Properties[name])
	}
	for _, name := range slices.Sorted(maps.Keys(r.internal)) {
		if name != storesName || stores == "" {
			w.text(name, r.internal[name])
		}
	}
	w.nullableText("name", i.Name)
	w.nullableText("disk_format", i.DiskFormat)
	w.nullableText("container_format", i.ContainerFormat)
	w.text("visibility", string(i.Visibility))
	w.nullableInt("size", i.Size)
	w.nullableInt("virtual_size", i.VirtualSize)
	w.text("status", string(i.Status))
	w.nullableText("checksum", i.Checksum)
	w.bool("protected", i.Protected)
	w.int("min_ram", i.MinRAM)
	w.int("min_disk", i.MinDisk)
	w.nullableText("owner", i.Owner)
	w.bool("os_hidden", i.Hidden)
	w.nullableText("os_hash_algo", i.HashAlgo)
	w.nullableText("os_hash_value", i.HashValue)
	w.text("id", i.ID)
	w.text("created_at", i.CreatedAt.Format(time.RFC3339))
	w.text("updated_at", i.UpdatedAt.Format(time.RFC3339))
	s.appendLocations(&w, locations)
	w.texts("tags", i.Tags)
	self := "/v2/images/" + i.ID
	w.text("self", self)
	w.text("file", self+"/file")
	w.text("schema", "/v2/schemas/image")
	if stores != "" {
		w.text(storesName, stores)
	}
	return append(w.b, '}')
}

// shownLocations are those that the caller may see: of a deactivated image only
// an administrator sees any (measured).
func (s *Server) shownLocations(i *model.Image, who caller) []model.Location {
	if i.Status == model.StatusDeactivated && !who.admin {
		return nil
	}
	return i.Locations
}

// appendLocations writes locations and direct_url where the deployment shows
// them.
func (s *Server) appendLocations(w *objectWriter, locations []model.Location) {
	if s.opts.HideLocations {
		return
	}
	w.name("locations")
	w.b = appendLocationList(w.b, locations)
	if len(locations) > 0 {
		w.text("direct_url", locations[0].URL)
	}
}

func appendLocationList(b []byte, locations []model.Location) []byte {
	b = append(b, '[')
	for n, l := range locations {
		if n > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"url":`...)
		b = appendText(b, l.URL)
		b = append(b, `,"metadata":`...)
		b = appendMetadata(b, l.Metadata)
		b = append(b, '}')
	}
	return append(b, ']')
}

// storesOf is the attribute "stores": the store of each location, with
// repetitions (measured). One-store servers have none.
func (s *Server) storesOf(locations []model.Location) string {
	if s.opts.OneStore {
		return ""
	}
	var ids []string
	for _, l := range locations {
		if id, ok := l.Metadata["store"].(string); ok && id != "" {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, ",")
}

// objectWriter appends the members of a JSON object. It is here for the speed
// of long lists.
type objectWriter struct {
	b []byte
}

func (w *objectWriter) name(name string) {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = appendText(w.b, name)
	w.b = append(w.b, ':')
}

func (w *objectWriter) text(name, value string) {
	w.name(name)
	w.b = appendText(w.b, value)
}

func (w *objectWriter) nullableText(name string, value model.Opt[string]) {
	w.name(name)
	if !value.Set {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = appendText(w.b, value.Value)
}

func (w *objectWriter) int(name string, value int64) {
	w.name(name)
	w.b = strconv.AppendInt(w.b, value, 10)
}

func (w *objectWriter) nullableInt(name string, value model.Opt[int64]) {
	w.name(name)
	if !value.Set {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = strconv.AppendInt(w.b, value.Value, 10)
}

func (w *objectWriter) bool(name string, value bool) {
	w.name(name)
	w.b = strconv.AppendBool(w.b, value)
}

func (w *objectWriter) texts(name string, values []string) {
	w.name(name)
	w.b = append(w.b, '[')
	for n, v := range values {
		if n > 0 {
			w.b = append(w.b, ',')
		}
		w.b = appendText(w.b, v)
	}
	w.b = append(w.b, ']')
}

// appendText writes a JSON string. Plain text needs no encoder.
func appendText(b []byte, s string) []byte {
	for n := range len(s) {
		if c := s[n]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return append(b, mustJSON(s)...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendMetadata writes a location's metadata; most holds one text.
func appendMetadata(b []byte, metadata map[string]any) []byte {
	switch len(metadata) {
	case 0:
		return append(b, "{}"...)
	case 1:
		if store, ok := metadata["store"].(string); ok {
			b = append(b, `{"store":`...)
			return append(appendText(b, store), '}')
		}
	}
	return append(b, mustJSON(metadata)...)
}
