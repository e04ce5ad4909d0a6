package pairing

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// SortedByServer reports whether the order of got differs from the wanted one only
// as a server makes it that sorts by the weights of its stores: for some
// weights, got is wanted, and base is itself, after a stable sort. Without the
// weights (they are told to administrators) this is how such an order is known
// from someone else's.
func SortedByServer(base, wanted, got []model.Location) bool {
	pairs := Pair(wanted, got)
	stores := make([]string, 0, len(got)) // each once
	of := func(l model.Location) string { id, _ := l.Metadata[model.StoreKey].(string); return id }
	for _, l := range got {
		if id := of(l); id == "" {
			return false
		} else if !slices.Contains(stores, id) {
			stores = append(stores, id)
		}
	}
	places := func(list []model.Location, store string) (first, last int) {
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
	// keeps reports whether the locations of two stores are in the wanted order.
	keeps := func(a, b string) bool {
		last := -1
		for n, l := range got {
			if id := of(l); id != a && id != b {
				continue
			}
			from := pairs.ToBefore[n]
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
