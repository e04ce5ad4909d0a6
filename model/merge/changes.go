package merge

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/internal/words"
)

// Changes lists what differs between two readings of one image: what a client
// can set first, in the order of [model.Attributes], then what only the server sets,
// and last whatever else the answers held. Tags are compared as a set,
// properties and locations one by one; the member "store" of a location's
// metadata is the server's and does not count.
//
// The values are safe to read but not cut; a location's Index is its place in
// after, or -1 when it is gone or the order of the whole list changed.
func Changes(before, after model.Image) []Change {
	var client, server []Change
	for _, a := range model.Attributes() {
		switch a.Kind {
		case model.KindLocations:
			client = append(client, changedLocations(before, after)...)
		case model.KindProperties:
			if alike, decided := model.UnreadAlike(&before, &after, a.Name); !decided {
				client = append(client, changedProperties(before.Properties, after.Properties)...)
			} else if !alike {
				client = append(client, changeOf(model.Field{Attr: a.Name, Index: -1}, a.Name, words.CountOfProperties(&before), words.CountOfProperties(&after)))
			}
		default:
			if a.Same(&before, &after) {
				continue
			}
			c := changeOf(model.Field{Attr: a.Name, Index: -1}, a.Name, a.Words(&before), a.Words(&after))
			c.ByServer = a.ByServer
			if a.ByServer {
				server = append(server, c)
			} else {
				client = append(client, c)
			}
		}
	}
	all := append(client, server...)
	return append(all, changedExtra(before, after)...)
}

func changeOf(field model.Field, label, before, after string) Change {
	return Change{Field: field, Label: label, Before: before, After: after}
}

func changedProperties(before, after map[string]model.Opt[string]) []Change {
	var out []Change
	for _, name := range unionOfNames(before, after) {
		old, was := before[name]
		now, is := after[name]
		if was == is && old == now {
			continue
		}
		out = append(out, changeOf(model.Field{Attr: "properties", Key: name, Index: -1}, name,
			words.PresentText(old, was), words.PresentText(now, is)))
	}
	return out
}

// PresentText is the value of a property that may be absent.

// changedExtra compares what the server alone sets, as raw JSON: spelled
// otherwise is still the same.
func changedExtra(before, after model.Image) []Change {
	var out []Change
	withheld := before.WithholdsPlaces() || after.WithholdsPlaces()
	for _, name := range unionOfNames(before.Extra, after.Extra) {
		old, now := words.RawValue(before.Extra, name), words.RawValue(after.Extra, name)
		if old == now || withheld && model.FollowsLocations(name) {
			continue
		}
		c := changeOf(model.Field{Attr: name, Index: -1}, name, old, now)
		c.ByServer = true
		out = append(out, c)
	}
	return out
}

// RawValue is an attribute's raw JSON in one line.

// unionOfNames are the keys of both, sorted.
func unionOfNames[V any](a, b map[string]V) []string {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// changedLocations tells a location that came, went or has other metadata
// from a list that was only put in another order.
func changedLocations(before, after model.Image) []Change {
	field := func(at int) model.Field { return model.Field{Attr: "locations", Index: at} }
	alike, decided := model.UnreadAlike(&before, &after, "locations")
	switch {
	case decided && alike:
		return nil
	case decided, before.CalledFor(after):
		return []Change{changeOf(field(-1), "locations", words.ShownLocations(before), words.ShownLocations(after))}
	case !before.LocationsShown || !after.LocationsShown:
		return nil
	}
	var out []Change
	pairs := pairing.Pair(before.Locations, after.Locations)
	for n, l := range before.Locations {
		if pairs.ToAfter[n] < 0 {
			out = append(out, changeOf(field(-1), "locations", words.LocationValue(l), quote.WordAbsent))
		}
	}
	for n, l := range after.Locations {
		from := pairs.ToBefore[n]
		switch {
		case from < 0:
			out = append(out, changeOf(field(n), "locations", quote.WordAbsent, words.LocationValue(l)))
		case !model.EqualMetadata(before.Locations[from].Metadata, l.Metadata):
			old := before.Locations[from]
			out = append(out, changeOf(field(n), "locations",
				quote.BareURL(old.URL)+" "+words.MetadataValue(old.Metadata), quote.BareURL(l.URL)+" "+words.MetadataValue(l.Metadata)))
		}
	}
	if pairs.Reordered() {
		out = append(out, changeOf(field(-1), "locations", words.LocationsValue(before.Locations), words.LocationsValue(after.Locations)))
	}
	return out
}

// ShownLocations are the locations of an image, as far as they are known.

// turned is the change the other way round.
func (c Change) turned() Change {
	c.Before, c.After = c.After, c.Before
	c.Field.Index = -1 // a location's place was in the other list
	return c
}

// Absent is how a [Change] writes that there is nothing.
const Absent = quote.WordAbsent

// Change is one attribute that differs between two readings of an image.
type Change struct {
	Field model.Field
	// Label is the attribute's name as the API spells it, a property's own name
	// for a property.
	Label string
	// Before and After are readable values: `"x"`, null, 2,254,249 bytes, and
	// Absent for what is not there.
	Before, After string
	// ByServer is true for what a client cannot set (size, updated_at, …).
	ByServer bool
}

// NotAsked lists what a wanted document says that no patch can ask for: a status,
// an id, stores or another name that only the server sets, with another value
// than the base has. It leaves out what merely was read: times, sizes, hashes and
// links are in every document and differ by themselves. A property whose value in
// the base is not understood, and that the document lacks, is in the list, too.
func NotAsked(base model.Image, document []byte) []Change {
	var object, shown map[string]json.RawMessage
	if json.Unmarshal(document, &object) != nil || json.Unmarshal(jsontext.MustEncode(base), &shown) != nil {
		return nil
	}
	var out []Change
	for _, name := range jsontext.SortedKeys(object) {
		a, found := model.AttributeNamed(name)
		if !model.SetByServer(name) || found && !a.ByServer || model.IsReading(name) {
			continue
		}
		old, had := shown[name]
		if had && jsontext.EqualJSON(old, object[name]) || !had && string(object[name]) == "null" {
			continue
		}
		c := changeOf(model.Field{Attr: name, Index: -1}, name, words.RawValue(shown, name), words.RawValue(object, name))
		c.ByServer = true
		out = append(out, c)
	}
	for _, name := range jsontext.SortedKeys(base.Extra) {
		if _, kept := object[name]; !kept && !model.SetByServer(name) { // a property whose value is not understood
			out = append(out, changeOf(model.Field{Attr: "properties", Key: name, Index: -1}, name, words.RawValue(base.Extra, name), quote.WordAbsent))
		}
	}
	return out
}
