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

// signed adds a number whose sign stands in its lowest bit.
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
	if b := r.rest[0]; b < 0x80 {
		r.rest = r.rest[1:]
		return uint64(b)
	}
	var n uint64
	for i, shift := 0, 0; ; i, shift = i+1, shift+7 {
		b := r.rest[i]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
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
