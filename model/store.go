package model

import (
	"cmp"
	"slices"
)

// Store is one of the stores of a server that has several, as it tells
// administrators (API reference, "List stores detail").
type Store struct {
	ID   string
	Type string // the kind: file, http, rbd, swift, s3, cinder, …
	// Weight puts the locations in order, the highest first, wherever the server
	// shows them. Since 2023.2; measured on Glance 33: a stable sort, in a GET
	// and for the indices of the next PATCH, but not in a PATCH's own answer.
	Weight int64
}

// TellsWeights is whether the server may tell the weights of its stores:
// administrators see them, and releases since 2.16 of the API have them.
func (s Session) TellsWeights() bool {
	return s.IsAdmin && MinorVersion(s.APIVersion) >= weightsSince
}

// weightsSince is the first version of the API among whose releases is one
// with weights: 2023.2 is at 2.16, as older ones are that have none.
const weightsSince = 16

// MaySort is whether locations of the image can lie in stores between which
// weights decide. A server with one store names none.
func (i Image) MaySort() bool {
	_, several := i.Extra["stores"]
	return i.LocationsShown && (several || len(i.Locations) == 0)
}

// sorts is whether the server puts locations in an order of its own.
func (r Rules) sorts() bool {
	return slices.ContainsFunc(r.Stores, func(s Store) bool { return s.Weight != r.Stores[0].Weight })
}

// Sorted is a list of locations as the server will show it, where its stores
// are known: each location names its store, and a new one will, by its URL.
func (r Rules) Sorted(list []Location) []Location {
	if !r.sorts() {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Location) int { return cmp.Compare(r.weight(b), r.weight(a)) })
	return list
}

// weight is that of the location's store; 0 where it is not known, as on the
// server.
func (r Rules) weight(l Location) int64 {
	id, named := l.Metadata[storeKey].(string)
	kind := locationScheme(l.URL)
	if kind == "https" {
		kind = "http"
	}
	for _, s := range r.Stores {
		if named && s.ID == id || !named && s.Type == kind {
			return s.Weight
		}
	}
	return 0
}

// shownOrder is the places of the wanted locations in the order in which the
// server will show them. What a client writes as their store does not count.
func (r Rules) shownOrder(before, wanted []Location, m matching) []int {
	order := make([]int, len(wanted))
	for n := range order {
		order[n] = n
	}
	return r.sortPlaces(order, before, wanted, m)
}

func (r Rules) sortPlaces(places []int, before, wanted []Location, m matching) []int {
	weights := make([]int64, len(wanted))
	for n, l := range wanted {
		if old := m.old[n]; old >= 0 {
			weights[n] = r.weight(before[old])
		} else {
			weights[n] = r.weight(Location{URL: l.URL})
		}
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	return places
}

// inPlace is matching.inPlace on a server that may sort: whether what stays,
// followed by what comes, ends up as the wanted list.
func (r Rules) inPlace(m matching, before, wanted []Location) bool {
	if !r.sorts() {
		return m.inPlace(before, wanted)
	}
	places := make([]int, 0, len(wanted))
	for b := range before {
		n := slices.Index(m.old, b)
		if n < 0 {
			continue
		}
		if !EqualMetadata(before[b].Metadata, wanted[n].Metadata) {
			return false
		}
		places = append(places, n)
	}
	for n, old := range m.old {
		if old < 0 {
			places = append(places, n)
		}
	}
	return slices.IsSorted(r.sortPlaces(places, before, wanted, m))
}

// sortedByServer is whether the order of got differs from the wanted one only
// as a server makes it that sorts by the weights of its stores: for some
// weights, got is wanted, and base is itself, after a stable sort. Without the
// weights (they are told to administrators) this is how such an order is known
// from somebody else's.
func sortedByServer(base, wanted, got []Location) bool {
	pairs := pairLocations(wanted, got)
	stores := make([]string, 0, len(got)) // each once
	of := func(l Location) string { id, _ := l.Metadata[storeKey].(string); return id }
	for _, l := range got {
		if id := of(l); id == "" {
			return false
		} else if !slices.Contains(stores, id) {
			stores = append(stores, id)
		}
	}
	places := func(list []Location, store string) (first, last int) {
		first = -1
		for n, l := range list {
			if of(l) == store {
				last = n
				if first < 0 {
					first = n
				}
			}
		}
		return first, last
	}
	follows := func(a, b string) bool { // in both lists all of a's come before b's
		_, lastA := places(got, a)
		firstB, _ := places(got, b)
		firstBaseA, lastBaseA := places(base, a)
		firstBaseB, _ := places(base, b)
		return lastA < firstB && (firstBaseA < 0 || firstBaseB < 0 || lastBaseA < firstBaseB)
	}
	// keeps is whether the locations of two stores are in the wanted order.
	keeps := func(a, b string) bool {
		last := -1
		for n, l := range got {
			if id := of(l); id != a && id != b {
				continue
			}
			from := pairs.toBefore[n]
			if from < last {
				return false
			}
			last = max(last, from)
		}
		return true
	}
	for n, a := range stores {
		if !keeps(a, a) {
			return false
		}
		for _, b := range stores[n+1:] {
			if !keeps(a, b) && !follows(a, b) {
				return false
			}
		}
	}
	return true
}
