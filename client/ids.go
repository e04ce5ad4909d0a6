package client

import "encoding/hex"

// ids is a set of image ids. Nearly all are UUIDs, which take 16 bytes each and
// keep no text alive.
type ids struct {
	uuids  map[[16]byte]struct{}
	others map[string]struct{}
}

func newIDs() ids {
	return ids{uuids: make(map[[16]byte]struct{}), others: make(map[string]struct{})}
}

// add puts an id in, and is true when it was not there.
func (s ids) add(id string) (fresh bool) {
	before := s.len()
	if u, ok := uuidOf(id); ok {
		s.uuids[u] = struct{}{}
	} else {
		s.others[id] = struct{}{}
	}
	return s.len() > before
}

func (s ids) len() int { return len(s.uuids) + len(s.others) }

// uuidOf reads a UUID as Glance writes it, in lower case with its dashes. Any
// other spelling is another id.
func uuidOf(id string) (u [16]byte, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return u, false
	}
	var digits [32]byte
	n := 0
	for at := range len(id) {
		switch c := id[at]; {
		case at == 8 || at == 13 || at == 18 || at == 23:
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
			digits[n] = c
			n++
		default:
			return u, false
		}
	}
	_, err := hex.Decode(u[:], digits[:])
	return u, err == nil
}
