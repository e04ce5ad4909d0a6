package model

import (
	"encoding/json"
	"maps"
	"slices"
)

// Changes lists what differs between two readings of one image: what a client
// can set first, in the order of [Attributes], then what only the server sets,
// and last whatever else the answers held. Tags are compared as a set,
// properties and locations one by one; the member "store" of a location's
// metadata is the server's and does not count.
//
// The values are safe to read but not cut; a location's Index is its place in
// after, or -1 when it is gone or the order of the whole list changed.
func Changes(before, after Image) []Change {
	var client, server []Change
	for _, a := range Attributes() {
		switch a.Kind {
		case KindLocations:
			client = append(client, changedLocations(before, after)...)
		case KindProperties:
			if alike, decided := unreadAlike(&before, &after, a.Name); !decided {
				client = append(client, changedProperties(before.Properties, after.Properties)...)
			} else if !alike {
				client = append(client, changeOf(Field{Attr: a.Name, Index: -1}, a.Name, countOfProperties(&before), countOfProperties(&after)))
			}
		default:
			if a.Same(&before, &after) {
				continue
			}
			c := changeOf(Field{Attr: a.Name, Index: -1}, a.Name, a.Words(&before), a.Words(&after))
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

func changeOf(field Field, label, before, after string) Change {
	return Change{Field: field, Label: label, Before: before, After: after}
}

func changedProperties(before, after map[string]Opt[string]) []Change {
	var out []Change
	for _, name := range unionOfNames(before, after) {
		old, was := before[name]
		now, is := after[name]
		if was == is && old == now {
			continue
		}
		out = append(out, changeOf(Field{Attr: "properties", Key: name, Index: -1}, name,
			presentText(old, was), presentText(now, is)))
	}
	return out
}

// countOfProperties stands for properties that are too many to be told.
func countOfProperties(i *Image) string { return grouped(int64(i.PropertyCount())) }

func presentText(v Opt[string], present bool) string {
	if !present {
		return wordAbsent
	}
	return textValue(v)
}

// changedExtra compares what the server alone sets, as raw JSON: spelled
// otherwise is still the same.
func changedExtra(before, after Image) []Change {
	var out []Change
	withheld := before.withholdsPlaces() || after.withholdsPlaces()
	for _, name := range unionOfNames(before.Extra, after.Extra) {
		old, now := rawValue(before.Extra, name), rawValue(after.Extra, name)
		if old == now || withheld && followsLocations(name) {
			continue
		}
		c := changeOf(Field{Attr: name, Index: -1}, name, old, now)
		c.ByServer = true
		out = append(out, c)
	}
	return out
}

func rawValue(extra map[string]json.RawMessage, name string) string {
	raw, found := extra[name]
	if !found {
		return wordAbsent
	}
	return rawText(raw)
}

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
func changedLocations(before, after Image) []Change {
	field := func(at int) Field { return Field{Attr: "locations", Index: at} }
	alike, decided := unreadAlike(&before, &after, "locations")
	switch {
	case decided && alike:
		return nil
	case decided, before.calledFor(after):
		return []Change{changeOf(field(-1), "locations", shownLocations(before), shownLocations(after))}
	case !before.LocationsShown || !after.LocationsShown:
		return nil
	}
	var out []Change
	pairs := pairLocations(before.Locations, after.Locations)
	for n, l := range before.Locations {
		if pairs.toAfter[n] < 0 {
			out = append(out, changeOf(field(-1), "locations", locationValue(l), wordAbsent))
		}
	}
	for n, l := range after.Locations {
		from := pairs.toBefore[n]
		switch {
		case from < 0:
			out = append(out, changeOf(field(n), "locations", wordAbsent, locationValue(l)))
		case !EqualMetadata(before.Locations[from].Metadata, l.Metadata):
			old := before.Locations[from]
			out = append(out, changeOf(field(n), "locations",
				bareURL(old.URL)+" "+metadataValue(old.Metadata), bareURL(l.URL)+" "+metadataValue(l.Metadata)))
		}
	}
	if pairs.reordered() {
		out = append(out, changeOf(field(-1), "locations", locationsValue(before.Locations), locationsValue(after.Locations)))
	}
	return out
}

func shownLocations(i Image) string {
	if text, unread := i.UnreadText("locations"); unread {
		return text
	}
	if !i.LocationsShown {
		return wordHidden
	}
	return locationsValue(i.Locations)
}

// locationsValue lists the URLs in their order.
func locationsValue(locations []Location) string {
	if len(locations) == 0 {
		return wordAbsent
	}
	urls := make([]string, len(locations))
	for n, l := range locations {
		urls[n] = l.URL
	}
	return listed(urls, ", ", bareURL)
}
