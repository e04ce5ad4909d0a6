package demo

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// appendImage writes an image as the caller sees it: custom properties first,
// then the base attributes, in Glance's order.
func (s *Server) appendImage(b []byte, r record, who caller) []byte {
	i := &r.image
	w := model.WriteObject(b)
	locations := s.shownLocations(i, who)
	stores := s.storesOf(locations)
	for _, name := range slices.Sorted(maps.Keys(i.Properties)) {
		w.OptionalText(name, i.Properties[name])
	}
	for _, name := range slices.Sorted(maps.Keys(r.internal)) {
		if name != storesName || stores == "" {
			w.Text(name, r.internal[name])
		}
	}
	w.OptionalText("name", i.Name)
	w.OptionalText("disk_format", i.DiskFormat)
	w.OptionalText("container_format", i.ContainerFormat)
	w.Text("visibility", string(i.Visibility))
	w.OptionalInteger("size", i.Size)
	w.OptionalInteger("virtual_size", i.VirtualSize)
	w.Text("status", string(i.Status))
	w.OptionalText("checksum", i.Checksum)
	w.Flag("protected", i.Protected)
	w.Integer("min_ram", i.MinRAM)
	w.Integer("min_disk", i.MinDisk)
	w.OptionalText("owner", i.Owner)
	w.Flag("os_hidden", i.Hidden)
	w.OptionalText("os_hash_algo", i.HashAlgo)
	w.OptionalText("os_hash_value", i.HashValue)
	w.Text("id", i.ID)
	w.Text("created_at", i.CreatedAt.Format(time.RFC3339))
	w.Text("updated_at", i.UpdatedAt.Format(time.RFC3339))
	s.appendLocations(&w, locations)
	w.Texts("tags", i.Tags)
	self := "/v2/images/" + i.ID
	w.Text("self", self)
	w.Text("file", self+"/file")
	w.Text("schema", "/v2/schemas/image")
	if stores != "" {
		w.Text(storesName, stores)
	}
	return ended(&w)
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
func (s *Server) appendLocations(w *model.ObjectWriter, locations []model.Location) {
	if s.opts.HideLocations {
		return
	}
	w.Locations("locations", locations)
	if len(locations) > 0 {
		w.Text("direct_url", locations[0].URL)
	}
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

// ended is an object of our own, which always encodes.
func ended(w *model.ObjectWriter) []byte {
	out, err := w.End()
	if err != nil {
		panic("demo: a value of its own does not encode: " + err.Error())
	}
	return out
}
