package packed

import "hash/maphash"

// index finds a place by an id: a table of places, twice as long as there are
// images at least, in which an id is where its hash says or behind. A map
// would take four times as much, and keep each text that it once saw.
type index struct {
	slots []int32 // place+1; 0 is free
	seed  maphash.Seed
}

const leastSlots = 1 << 8

// Find gives the place of the image of an id.
func (s *Images) Find(id string) (at int32, ok bool) {
	if len(s.index.slots) == 0 {
		return 0, false
	}
	slot := *s.slot(id)
	return slot - 1, slot != 0
}

// slot is where an id is, or the free slot in which it belongs.
func (s *Images) slot(id string) *int32 {
	mask := uint64(len(s.index.slots) - 1)
	for h := maphash.String(s.index.seed, id); ; h++ {
		slot := &s.index.slots[h&mask]
		if *slot == 0 || s.ID(*slot-1) == id {
			return slot
		}
	}
}

// enter puts the last image added into the index.
func (s *Images) enter() {
	if 2*s.n > len(s.index.slots) {
		s.index.slots = make([]int32, max(leastSlots, 2*len(s.index.slots)))
		for at := range int32(s.n) {
			*s.slot(s.ID(at)) = at + 1
		}
		return
	}
	at := int32(s.n - 1)
	*s.slot(s.ID(at)) = at + 1
}
