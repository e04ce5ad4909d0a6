package rules

import (
	"slices"
	"strconv"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/patch"
)

// locationPlan works out the operations that make one list of locations of
// another. It keeps the list as the server will have it after each of them.
//
// A list from nothing is one operation, or two: see fillLocations. Else the
// fewest operations are one for each location that goes, one for each that
// comes, and one that orders the list if what stays, followed by what comes,
// is not what is wanted. Removals are last, from the highest index: they
// delete data, and nothing that can be refused may follow them. Only where the
// quota leaves no room some of them must come first.
type locationPlan struct {
	before, wanted []model.Location
	match          pairing.Matching
	inPlace        bool // no operation need order the list
	quota          int  // negative: none
	list           []planned
	operations     []patch.Operation
}

// planned is a location in the server's list.
type planned struct {
	model.Location
	goes bool
}

// planLocations is the operations from one list to another that is not empty.
// It is false when the quota leaves no way; the caller has checked all else.
func (r Rules) planLocations(before, wanted []model.Location, m pairing.Matching) ([]patch.Operation, bool) {
	if len(before) == 0 && len(wanted) > 1 {
		return fillLocations(wanted), true
	}
	p := &locationPlan{before: before, wanted: wanted, match: m, quota: r.limits().Locations, inPlace: r.inPlace(m, before, wanted),
		list: make([]planned, len(before), len(before)+m.Added)}
	for n, l := range before {
		p.list[n].Location = l
	}
	for _, n := range m.Gone {
		p.list[n].goes = true
	}
	fits := p.run()
	return p.operations, fits
}

// fillLocations gives a queued image several locations at once. The server checks
// the metadata of a list that replaces an empty one and no other (measured), so
// what its check refuses comes with a second list: the one case in which a patch
// names a path twice.
func fillLocations(wanted []model.Location) []patch.Operation {
	replace := func(list []model.Location) patch.Operation {
		return patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: model.CloneLocations(list)}
	}
	if allTexts(wanted) {
		return []patch.Operation{replace(wanted)}
	}
	p := locationPlan{wanted: wanted}
	for _, l := range wanted {
		if !jsontext.OnlyTexts(l.Metadata) {
			l = p.standIn(l.URL)
		}
		p.list = append(p.list, planned{Location: l})
	}
	first := make([]model.Location, len(wanted))
	for n, l := range p.list {
		first[n] = l.Location
	}
	return []patch.Operation{replace(first), replace(wanted)}
}

func (p *locationPlan) run() bool {
	ordered := p.inPlace && p.addsAreTexts()
	p.makeRoom(ordered)
	for n, l := range p.wanted {
		if p.match.Old[n] < 0 && !p.add(l) {
			return false
		}
	}
	if !ordered {
		p.replace()
	}
	for p.removeLast() {
	}
	return true
}

// makeRoom removes as many as the additions need room for, but never the last
// location that there is. A reordering needs the list to fit the quota, too.
func (p *locationPlan) makeRoom(ordered bool) {
	if p.quota < 0 || p.match.Added == 0 && ordered {
		return
	}
	for excess := len(p.before) + p.match.Added - p.quota; excess > 0 && len(p.list) > 1; excess-- {
		if !p.removeLast() {
			return
		}
	}
}

// add appends a location, after removing one where the list is full: that
// happens only when a full list is replaced to the last.
func (p *locationPlan) add(l model.Location) bool {
	if p.quota >= 0 && len(p.list) >= p.quota && (len(p.list) < 2 || !p.removeLast()) {
		return false
	}
	if !jsontext.OnlyTexts(l.Metadata) {
		l = p.standIn(l.URL)
	}
	p.list = append(p.list, planned{Location: l})
	p.operations = append(p.operations, patch.Operation{Op: patch.OpAdd, Path: "/locations/-", Value: l.Clone()})
	return true
}

// standIn is a location with metadata that the server's check lets through,
// to be replaced by what is wanted in the same patch. It must differ from
// every other, or the server calls it a duplicate.
func (p *locationPlan) standIn(url string) model.Location {
	l := model.Location{URL: url, Metadata: map[string]any{}}
	for n := 1; p.meets(l); n++ {
		l.Metadata["stand-in"] = strconv.Itoa(n)
	}
	return l
}

func (p *locationPlan) meets(l model.Location) bool {
	return slices.ContainsFunc(p.list, func(other planned) bool { return model.SameLocation(l, other.Location) }) ||
		slices.ContainsFunc(p.wanted, func(other model.Location) bool { return model.SameLocation(l, other) })
}

// replace puts the list in order: the wanted ones, then those still to go.
func (p *locationPlan) replace() {
	list := make([]planned, 0, len(p.list))
	for n, l := range p.wanted {
		if old := p.match.Old[n]; old >= 0 {
			l = keepStore(p.before[old], l)
		}
		list = append(list, planned{Location: l})
	}
	for _, l := range p.list {
		if l.goes {
			list = append(list, l)
		}
	}
	p.list = list
	value := make([]model.Location, len(list))
	for n, l := range list {
		value[n] = l.Clone()
	}
	p.operations = append(p.operations, patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: value})
}

// keepStore is the wanted location with the "store" of the one that it was:
// that member is the server's, and a server with one store keeps it as sent.
func keepStore(old, wanted model.Location) model.Location {
	if model.EqualMetadata(old.Metadata, wanted.Metadata) {
		return old
	}
	store, found := old.Metadata[model.StoreKey]
	if !found {
		return wanted
	}
	wanted = wanted.Clone()
	if wanted.Metadata == nil {
		wanted.Metadata = map[string]any{}
	}
	wanted.Metadata[model.StoreKey] = store
	return wanted
}

// removeLast removes the last location that is to go, if there is one.
func (p *locationPlan) removeLast() bool {
	for n := len(p.list) - 1; n >= 0; n-- {
		if !p.list[n].goes {
			continue
		}
		p.list = slices.Delete(p.list, n, n+1)
		p.operations = append(p.operations, patch.Operation{Op: patch.OpRemove, Path: "/locations/" + strconv.Itoa(n)})
		return true
	}
	return false
}

// addsAreTexts reports whether all new locations can be added as they are wanted.
func (p *locationPlan) addsAreTexts() bool {
	for n, l := range p.wanted {
		if p.match.Old[n] < 0 && !jsontext.OnlyTexts(l.Metadata) {
			return false
		}
	}
	return true
}

func allTexts(list []model.Location) bool {
	return !slices.ContainsFunc(list, func(l model.Location) bool { return !jsontext.OnlyTexts(l.Metadata) })
}
