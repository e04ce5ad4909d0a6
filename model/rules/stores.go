package rules

import (
	"cmp"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
)

// sorts reports whether the server puts locations in an order of its own.
func (r Rules) sorts() bool {
	return slices.ContainsFunc(r.Stores, func(s api.Store) bool { return s.Weight != r.Stores[0].Weight })
}

// Sorted is a list of locations as the server will show it, where its stores
// are known: each location names its store, and a new one will, by its URL.
func (r Rules) Sorted(list []model.Location) []model.Location {
	if !r.sorts() {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b model.Location) int { return cmp.Compare(r.weight(b), r.weight(a)) })
	return list
}

// weight is that of the location's store; 0 where it is not known, as on the
// server.
func (r Rules) weight(l model.Location) int64 {
	id, named := l.Metadata[model.StoreKey].(string)
	kind := model.LocationScheme(l.URL)
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
func (r Rules) shownOrder(before, wanted []model.Location, m pairing.Matching) []int {
	order := make([]int, len(wanted))
	for n := range order {
		order[n] = n
	}
	return r.sortPlaces(order, before, wanted, m)
}

func (r Rules) sortPlaces(places []int, before, wanted []model.Location, m pairing.Matching) []int {
	weights := make([]int64, len(wanted))
	for n, l := range wanted {
		if old := m.Old[n]; old >= 0 {
			weights[n] = r.weight(before[old])
		} else {
			weights[n] = r.weight(model.Location{URL: l.URL})
		}
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	return places
}

// inPlace is pairing.Matching.InPlace on a server that may sort: whether what stays,
// followed by what comes, ends up as the wanted list.
func (r Rules) inPlace(m pairing.Matching, before, wanted []model.Location) bool {
	if !r.sorts() {
		return m.InPlace(before, wanted)
	}
	places := make([]int, 0, len(wanted))
	for b := range before {
		n := slices.Index(m.Old, b)
		if n < 0 {
			continue
		}
		if !model.EqualMetadata(before[b].Metadata, wanted[n].Metadata) {
			return false
		}
		places = append(places, n)
	}
	for n, old := range m.Old {
		if old < 0 {
			places = append(places, n)
		}
	}
	return slices.IsSorted(r.sortPlaces(places, before, wanted, m))
}
