package packed

import (
	"encoding/binary"
	"slices"
)

// writer packs one image.
type writer struct {
	texts   *texts
	inExtra map[uint32]bool
	id      string
	out     []byte
}

// number adds an unsigned number: seven bits a byte, the lowest first.
func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

// signed adds a number whose sign is in its lowest bit.
func (w *writer) signed(n int64) { w.number(uint64(n)<<1 ^ uint64(n>>63)) }

// measure writes the length of what was written since, in front of it, so that
// a reader can go over it at once.
func (w *writer) measure(from int) {
	length := binary.AppendUvarint(nil, uint64(len(w.out)-from))
	w.out = slices.Insert(w.out, from, length...)
}

// reader reads what writer wrote.
type reader struct {
	texts *texts
	id    string
	rest  string
}

func (r *reader) number() uint64 {
	n, next := numberAt(r.rest, 0)
	r.rest = r.rest[next:]
	return n
}

// numberAt reads a number at a place, and gives the place behind it. What goes
// over very many images goes by places: a reader that is written to at each step
// takes more than twice as long.
func numberAt(s string, at int) (n uint64, next int) {
	if b := s[at]; b < 0x80 {
		return uint64(b), at + 1
	}
	return longNumberAt(s, at)
}

func longNumberAt(s string, at int) (n uint64, next int) {
	for shift := 0; ; shift += 7 {
		b := s[at]
		at++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n, at
		}
	}
}

func (r *reader) signed() int64 {
	n := r.number()
	return int64(n>>1) ^ -int64(n&1)
}

// part takes what measure measured.
func (r *reader) part() reader {
	return reader{texts: r.texts, id: r.id, rest: r.take(int(r.number()))}
}

func (r *reader) take(n int) string {
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}
