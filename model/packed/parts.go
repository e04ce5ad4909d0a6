package packed

import (
	"encoding/json"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/filter"
)

// Part is what [Images.Fill] gives of an image; made by [Images.Part]. The zero
// value is the head: what a row shows (all but locations, properties, what is in
// the text and what only the server sets).
type Part struct {
	names     []uint32 // numbers of texts
	extra     bool     // some image has one of them in Extra
	locations bool
	noHead    bool
}

// Part asks for what a filter reads. It holds for the images that are there now.
func (s *Images) Part(reads filter.Reads) Part {
	p := Part{locations: reads.Locations, noHead: !reads.Attributes}
	for _, name := range reads.Properties {
		if n, known := s.texts.at[name]; known { // or else no image has it
			p.names = append(p.names, n)
			p.extra = p.extra || s.inExtra[n]
		}
	}
	return p
}

// Fill gives a part of an image; the rest of into means nothing then. It uses
// into's own maps and lists again, so that going over very many images makes
// nothing new; into must not be kept or changed.
func (s *Images) Fill(at int32, into *model.Image, part Part) {
	r := s.record(at)
	if r.flags.has(odd) {
		*into = s.unpacked[at].Clone()
		return
	}
	if part.noHead {
		into.LocationsShown, into.Unread = r.flags.has(locationsShown), s.unread(r)
	} else {
		properties, extra, locations := into.Properties, into.Extra, into.Locations
		s.head(r, into)
		into.Properties, into.Extra, into.Locations = properties, extra, locations
	}
	into.Locations = into.Locations[:0]
	if len(into.Properties) > 0 {
		clear(into.Properties)
	}
	if len(into.Extra) > 0 {
		clear(into.Extra)
	}
	if len(part.names) == 0 && !part.locations {
		return
	}
	in := s.reader(r)
	in.someProperties(into, part.names)
	if part.extra {
		in.someExtra(into, part.names)
	} else {
		in.take(int(in.number()))
	}
	if part.locations {
		in.skipUnread(r)
		in.urls(into)
	}
}

// head gives what is open in a record. It does not look into the text: going
// over very many images, the time goes into fetching them from memory.
func (s *Images) head(r *record, into *model.Image) {
	*into = model.Image{
		ID: r.id(), Status: model.Status(s.texts.list[r.status]), Visibility: model.Visibility(s.texts.list[r.visibility]),
		Owner: s.opt(r.owner), DiskFormat: s.opt(r.disk), ContainerFormat: s.opt(r.container),
		Protected: r.flags.has(protected), Hidden: r.flags.has(hiddenImage), LocationsShown: r.flags.has(locationsShown), LocationsWithheld: r.flags.has(locationsWithheld),
		Tags: s.sets.list[r.tags].tags, Unread: s.unread(r),
	}
	for n, a := range counts {
		*a.Field(into).(*int64) = int64(r.counts[n])
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
}

func (s *Images) opt(number uint32) model.Opt[string] {
	if number == 0 {
		return model.Null[string]()
	}
	return model.Some(s.texts.list[number])
}

func (s *Images) reader(r *record) reader { return reader{texts: &s.texts, id: r.id(), rest: r.text} }

// unread gives what could not be read of an image.
func (s *Images) unread(r *record) map[string]json.RawMessage {
	if !r.flags.has(hasUnread) {
		return nil
	}
	return s.unreadPart(r).allRaw()
}

func (s *Images) unreadPart(r *record) reader {
	in := s.reader(r)
	in.part() // properties
	in.part() // extra
	return in.part()
}

// The rest of an image: properties, extra, what was unread, locations, inText; addRest and readRest
// keep to one order.

// addRest packs it; false where the image has something that will not come out
// as it went in.
func (w *writer) addRest(img *model.Image) (fit bool) {
	from := len(w.out)
	for name, value := range img.Properties {
		w.number(uint64(w.texts.number(name)))
		w.addText(value.Value, value.Set)
	}
	w.measure(from)
	w.addRaw(img.Extra, func(name uint32) { w.inExtra[name] = true })
	if img.Unread != nil {
		w.addRaw(img.Unread, func(uint32) {})
	}
	fit = w.addLocations(img.Locations)
	for _, a := range inText {
		fit = w.addValue(a.Field(img)) && fit
	}
	return fit
}

// addValue packs an attribute's value; false for what readValue cannot give.
func (w *writer) addValue(field any) (fit bool) {
	switch v := field.(type) {
	case *string:
		w.addText(*v, true)
	case *model.Opt[string]:
		w.addText(v.Value, v.Set)
	case *bool:
		w.number(uint64(flag(1, *v)))
	case *int64:
		w.signed(*v)
	case *model.Opt[int64]:
		w.number(uint64(flag(1, v.Set)))
		if v.Set {
			w.signed(v.Value)
		}
	default:
		return false
	}
	return true
}

// readValue reads what addValue packed.
func (r *reader) readValue(field any) {
	switch v := field.(type) {
	case *string:
		*v = r.optional().Value
	case *model.Opt[string]:
		*v = r.optional()
	case *bool:
		*v = r.number() == 1
	case *int64:
		*v = r.signed()
	case *model.Opt[int64]:
		if r.number() == 1 {
			*v = model.Some(r.signed())
		}
	}
}

// addRaw packs raw JSON by name, and tells the number of each name.
func (w *writer) addRaw(values map[string]json.RawMessage, named func(uint32)) {
	from := len(w.out)
	for name, raw := range values {
		n := w.texts.number(name)
		named(n)
		w.number(uint64(n))
		w.addText(string(raw), raw != nil)
	}
	w.measure(from)
}

// allRaw reads what addRaw packed.
func (r reader) allRaw() map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	for r.rest != "" {
		name := r.texts.list[r.number()]
		values[name] = r.raw()
	}
	return values
}

// skipUnread goes over what could not be read, which the head has.
func (r *reader) skipUnread(rec *record) {
	if rec.flags.has(hasUnread) {
		r.part()
	}
}

func (s *Images) readRest(r *record, img *model.Image) {
	in := s.reader(r)
	if !r.flags.has(noProperties) {
		img.Properties = map[string]model.Opt[string]{}
	}
	for part := in.part(); part.rest != ""; {
		name := in.texts.list[part.number()]
		img.Properties[name] = part.optional()
	}
	if extra := in.part(); !r.flags.has(noExtra) {
		img.Extra = extra.allRaw()
	}
	in.skipUnread(r)
	in.locations(r, img)
	for _, a := range inText {
		in.readValue(a.Field(img))
	}
}

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

// someProperties reads those of the given names, and goes over the rest.
func (r *reader) someProperties(img *model.Image, names []uint32) {
	for left, part, at := len(names), r.part().rest, 0; at < len(part) && left > 0; {
		name, value := numberAt(part, at)
		at = behindText(part, value)
		if !slices.Contains(names, uint32(name)) {
			continue
		}
		left--
		if img.Properties == nil {
			img.Properties = map[string]model.Opt[string]{}
		}
		of := reader{texts: r.texts, id: r.id, rest: part[value:at]}
		img.Properties[r.texts.list[name]] = of.optional()
	}
}

// someExtra is someProperties for Extra.
func (r *reader) someExtra(img *model.Image, names []uint32) {
	for part, at := r.part().rest, 0; at < len(part); {
		name, value := numberAt(part, at)
		at = behindText(part, value)
		if !slices.Contains(names, uint32(name)) {
			continue
		}
		if img.Extra == nil {
			img.Extra = map[string]json.RawMessage{}
		}
		of := reader{texts: r.texts, id: r.id, rest: part[value:at]}
		img.Extra[r.texts.list[name]] = of.raw()
	}
}
