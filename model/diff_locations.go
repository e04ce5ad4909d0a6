package model

import (
	"slices"
	"strconv"
)

// locationPlan works out the operations that make one list of locations of
// another. It keeps the list as the server will have it after each of them.
//
// A list from nothing is one operation, or two: see fillLocations. Else the
// fewest operations are one for each location that goes, one for each that
// comes, and one that orders the list if what stays, followed by what comes,
// is not what is wanted. Removals stand last, from the highest index: they
// delete data, and nothing that can be refused may follow them. Only where the
// quota leaves no room some of them must come first.
type locationPlan struct {
	before, wanted []Location
	match          matching
	inPlace        bool // no operation need order the list
	quota          int  // negative: none
	list           []planned
	operations     []Operation
}

// planned is a location in the server's list.
type planned struct {
	Location
	goes bool
}

// planLocations is the operations from one list to another that is not empty.
// It is false when the quota leaves no way; the caller has checked all else.
func (r Rules) planLocations(before, wanted []Location, m matching) ([]Operation, bool) {
	if len(before) == 0 && len(wanted) > 1 {
		return fillLocations(wanted), true
	}
	p := &locationPlan{before: before, wanted: wanted, match: m, quota: r.limits().Locations, inPlace: r.inPlace(m, before, wanted),
		list: make([]planned, len(before), len(before)+m.added)}
	for n, l := range before {
		p.list[n].Location = l
	}
	for _, n := range m.gone {
		p.list[n].goes = true
	}
	fits := p.run()
	return p.operations, fits
}

// fillLocations gives a queued image several locations at once. The server checks
// the metadata of a list that replaces an empty one and no other (measured), so
// what its check refuses comes with a second list: the one case in which a patch
// names a path twice.
func fillLocations(wanted []Location) []Operation {
	replace := func(list []Location) Operation {
		return Operation{Op: OpReplace, Path: "/locations", Value: cloneLocations(list)}
	}
	if allTexts(wanted) {
		return []Operation{replace(wanted)}
	}
	p := locationPlan{wanted: wanted}
	for _, l := range wanted {
		if !onlyTexts(l.Metadata) {
			l = p.standIn(l.URL)
		}
		p.list = append(p.list, planned{Location: l})
	}
	first := make([]Location, len(wanted))
	for n, l := range p.list {
		first[n] = l.Location
	}
	return []Operation{replace(first), replace(wanted)}
}

func (p *locationPlan) run() bool {
	ordered := p.inPlace && p.addsAreTexts()
	p.makeRoom(ordered)
	for n, l := range p.wanted {
		if p.match.old[n] < 0 && !p.add(l) {
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
	if p.quota < 0 || p.match.added == 0 && ordered {
		return
	}
	for excess := len(p.before) + p.match.added - p.quota; excess > 0 && len(p.list) > 1; excess-- {
		if !p.removeLast() {
			return
		}
	}
}

// add appends a location, after removing one where the list is full: that
// happens only when a full list is replaced to the last.
func (p *locationPlan) add(l Location) bool {
	if p.quota >= 0 && len(p.list) >= p.quota && (len(p.list) < 2 || !p.removeLast()) {
		return false
	}
	if !onlyTexts(l.Metadata) {
		l = p.standIn(l.URL)
	}
	p.list = append(p.list, planned{Location: l})
	p.operations = append(p.operations, Operation{Op: OpAdd, Path: "/locations/-", Value: l.Clone()})
	return true
}

// standIn is a location with metadata that the server's check lets through,
// to be replaced by what is wanted in the same patch. It must differ from
// every other, or the server calls it a duplicate.
func (p *locationPlan) standIn(url string) Location {
	l := Location{URL: url, Metadata: map[string]any{}}
	for n := 1; p.meets(l); n++ {
		l.Metadata["stand-in"] = strconv.Itoa(n)
	}
	return l
}

func (p *locationPlan) meets(l Location) bool {
	return slices.ContainsFunc(p.list, func(other planned) bool { return sameLocation(l, other.Location) }) ||
		slices.ContainsFunc(p.wanted, func(other Location) bool { return sameLocation(l, other) })
}

// replace puts the list in order: the wanted ones, then those still to go.
func (p *locationPlan) replace() {
	list := make([]planned, 0, len(p.list))
	for n, l := range p.wanted {
		if old := p.match.old[n]; old >= 0 {
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
	value := make([]Location, len(list))
	for n, l := range list {
		value[n] = l.Clone()
	}
	p.operations = append(p.operations, Operation{Op: OpReplace, Path: "/locations", Value: value})
}

// keepStore is the wanted location with the "store" of the one that it was:
// that member is the server's, and a server with one store keeps it as sent.
func keepStore(old, wanted Location) Location {
	if EqualMetadata(old.Metadata, wanted.Metadata) {
		return old
	}
	store, found := old.Metadata[storeKey]
	if !found {
		return wanted
	}
	wanted = wanted.Clone()
	if wanted.Metadata == nil {
		wanted.Metadata = map[string]any{}
	}
	wanted.Metadata[storeKey] = store
	return wanted
}

// removeLast removes the last location that is to go, if there is one.
func (p *locationPlan) removeLast() bool {
	for n := len(p.list) - 1; n >= 0; n-- {
		if !p.list[n].goes {
			continue
		}
		p.list = slices.Delete(p.list, n, n+1)
		p.operations = append(p.operations, Operation{Op: OpRemove, Path: "/locations/" + strconv.Itoa(n)})
		return true
	}
	return false
}

// addsAreTexts is whether all new locations can be added as they are wanted.
func (p *locationPlan) addsAreTexts() bool {
	for n, l := range p.wanted {
		if p.match.old[n] < 0 && !onlyTexts(l.Metadata) {
			return false
		}
	}
	return true
}

func allTexts(list []Location) bool {
	return !slices.ContainsFunc(list, func(l Location) bool { return !onlyTexts(l.Metadata) })
}
