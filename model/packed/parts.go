package packed

import (
	"encoding/json"

	"github.com/glance-tui/glance-tui/model"
)

// Part is what [Images.Fill] gives beside an image's head.
type Part struct {
	// Properties are names; those that an image has under them stand in its
	// Properties or Extra.
	Properties []string
	Locations  bool // their URLs
}

// Fill gives the head of an image, which is what a row shows (all but locations,
// properties, checksums, the virtual size and what only the server sets), and
// the parts asked for. It uses into's own maps and lists again, so that going
// over very many images makes nothing new; into must not be kept or changed.
func (s *Images) Fill(at int32, into *model.Image, part Part) {
	r := s.record(at)
	properties, extra, locations := into.Properties, into.Extra, into.Locations[:0]
	clear(properties)
	clear(extra)
	s.head(r, into)
	into.Properties, into.Extra, into.Locations = properties, extra, locations
	if len(part.Properties) == 0 && !part.Locations {
		return
	}
	if r.flags.has(odd) {
		img := s.whole[at]
		into.Properties, into.Extra, into.Locations = img.Properties, img.Extra, img.Locations
		return
	}
	in := s.reader(r)
	in.minima(into)
	in.fillProperties(into, part.Properties)
	if part.Locations {
		in.urls(into)
	}
}

// head gives what lies open in a record, and the minima.
func (s *Images) head(r *record, into *model.Image) {
	*into = model.Image{
		ID: r.id(), Status: model.Status(s.texts.list[r.status]), Visibility: model.Visibility(s.texts.list[r.visibility]),
		Owner: s.opt(r.owner), DiskFormat: s.opt(r.disk), ContainerFormat: s.opt(r.container),
		Protected: r.flags.has(protected), Hidden: r.flags.has(hiddenImage), LocationsShown: r.flags.has(locationsShown),
		Tags: s.sets.list[r.tags].tags,
	}
	if r.flags.has(named) {
		into.Name = model.Some(r.name())
	}
	if r.flags.has(sized) {
		into.Size = model.Some(r.size)
	}
	if r.flags.has(createdKnown) {
		into.CreatedAt = timeOf(r.created)
	}
	if r.flags.has(updatedKnown) {
		into.UpdatedAt = timeOf(r.updated)
	}
	in := s.reader(r)
	in.minima(into)
}

func (s *Images) opt(number uint32) model.Opt[string] {
	if number == 0 {
		return model.Null[string]()
	}
	return model.Some(s.texts.list[number])
}

func (s *Images) reader(r *record) reader { return reader{texts: &s.texts, id: r.id(), rest: r.rest()} }

// The rest of an image: minima, properties, extra, locations, sums; addRest and
// readRest keep to one order.

// addRest packs it; false where the image has something that will not come out
// as it went in.
func (w *writer) addRest(img *model.Image) (fit bool) {
	w.signed(img.MinDisk)
	w.signed(img.MinRAM)
	w.number(uint64(len(img.Properties)))
	for name, value := range img.Properties {
		w.number(uint64(w.texts.number(name)))
		w.addText(value.Value, value.Set)
	}
	w.number(uint64(len(img.Extra)))
	for name, raw := range img.Extra {
		w.number(uint64(w.texts.number(name)))
		w.addText(string(raw), raw != nil)
	}
	fit = w.addLocations(img.Locations)
	if img.VirtualSize.Set {
		w.number(1)
		w.signed(img.VirtualSize.Value)
	} else {
		w.number(0)
	}
	w.addText(img.Checksum.Value, img.Checksum.Set)
	w.addText(img.HashAlgo.Value, img.HashAlgo.Set)
	w.addText(img.HashValue.Value, img.HashValue.Set)
	return fit
}

func (s *Images) readRest(r *record, img *model.Image) {
	in := s.reader(r)
	in.minima(img)
	n := int(in.number())
	if !r.flags.has(noProperties) {
		img.Properties = make(map[string]model.Opt[string], n)
	}
	for range n {
		name := in.texts.list[in.number()]
		img.Properties[name] = in.optional()
	}
	n = int(in.number())
	if !r.flags.has(noExtra) {
		img.Extra = make(map[string]json.RawMessage, n)
	}
	for range n {
		name := in.texts.list[in.number()]
		img.Extra[name] = in.raw()
	}
	in.locations(r, img)
	if in.number() == 1 {
		img.VirtualSize = model.Some(in.signed())
	}
	img.Checksum, img.HashAlgo, img.HashValue = in.optional(), in.optional(), in.optional()
}

func (r *reader) minima(img *model.Image) { img.MinDisk, img.MinRAM = r.signed(), r.signed() }

func (r *reader) optional() model.Opt[string] {
	s, set := r.text()
	if !set {
		return model.Null[string]()
	}
	return model.Some(s)
}

func (r *reader) raw() json.RawMessage {
	if s, set := r.text(); set {
		return json.RawMessage(s)
	}
	return nil
}

// fillProperties reads those of the given names, and goes over the rest.
func (r *reader) fillProperties(img *model.Image, names []string) {
	var room [4]uint32
	wanted := room[:0]
	for _, name := range names {
		if n, known := r.texts.at[name]; known { // or else no image has it
			wanted = append(wanted, n)
		}
	}
	wants := func(number uint32) bool {
		for _, w := range wanted {
			if w == number {
				return true
			}
		}
		return false
	}
	for range r.number() {
		if n := uint32(r.number()); !wants(n) {
			r.skipText()
		} else {
			if img.Properties == nil {
				img.Properties = map[string]model.Opt[string]{}
			}
			img.Properties[r.texts.list[n]] = r.optional()
		}
	}
	for range r.number() {
		if n := uint32(r.number()); !wants(n) {
			r.skipText()
		} else {
			if img.Extra == nil {
				img.Extra = map[string]json.RawMessage{}
			}
			img.Extra[r.texts.list[n]] = r.raw()
		}
	}
}
