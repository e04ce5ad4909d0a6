package packed

import "encoding/binary"

// writer packs one image.
type writer struct {
	texts *texts
	id    string
	out   []byte
}

// number adds an unsigned number: seven bits a byte, the lowest first.
func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

// signed adds a number whose sign stands in its lowest bit.
func (w *writer) signed(n int64) { w.number(uint64(n)<<1 ^ uint64(n>>63)) }

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

func (r *reader) take(n int) string {
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}
