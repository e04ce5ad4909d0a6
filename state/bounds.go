package state

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
)

// A history holds this much at most, and is then cut down to a part of it, so
// that it is not written anew at every entry.
const (
	mostEntries = 1000
	mostBytes   = 8 << 20
	slack       = 8 // of so many parts, one goes
)

// counted is what is known of a history: how many entries its first bytes hold.
type counted struct {
	file    os.FileInfo
	size    int64
	entries int
	// next is the size below which it is not worth cutting again.
	next int64
}

// keepBounds cuts a history down when it has grown too large. It is called with
// the lock held, after a line was added. What fails is left for the next time:
// the line is kept.
func (s *Store) keepBounds(root *os.Root, place string, f *os.File) {
	info, err := f.Stat()
	if err != nil {
		return
	}
	c := s.sizes[place]
	if c.file == nil || !os.SameFile(c.file, info) || c.size > info.Size() {
		c = counted{file: info}
	}
	added := make([]byte, min(info.Size()-c.size, largestHistory))
	if _, err := f.ReadAt(added, info.Size()-int64(len(added))); err != nil && !errors.Is(err, io.EOF) {
		return
	}
	c.entries += countEntries(added)
	c.size = info.Size()
	s.sizes[place] = c
	if c.entries <= mostEntries && c.size <= mostBytes || c.size < c.next {
		return
	}
	text, err := readHistory(root, place)
	if err != nil {
		return
	}
	kept := s.cutDown(root, text)
	if replaceFile(root, historyFile(place), kept, s.owner) != nil {
		return
	}
	if info, err = root.Lstat(historyFile(place)); err == nil {
		s.sizes[place] = counted{file: info, size: info.Size(), entries: countEntries(kept), next: info.Size() + info.Size()/slack}
	}
}

// beginMark is how the line of an entry begins, after the checksum.
var beginMark = []byte(sealMiddle + `{"v":1,"kind":"begin",`)

func countEntries(text []byte) int {
	n := 0
	for line := range linesBackward(text) {
		if len(line) > headLength && bytes.HasPrefix(line[len(sealBefore)+sumLength:], beginMark) {
			n++
		}
	}
	return n
}

// keptEntry is an entry while a history is cut down.
type keptEntry struct {
	begin, end []byte
	open       bool // no outcome is known
	held       bool // a living program is at it
	dropped    bool
}

// cutDown gives the latest entries of a history, each with its last end, in
// their order. Entries without an outcome go last, and those of living programs
// never do. Lines of a newer version stay; damaged ones go.
func (s *Store) cutDown(root *os.Root, text []byte) []byte {
	who := newHolders(root, s.owner)
	who.known[s.owner] = thisProgram
	ends := make(map[string][]byte)
	outcomes := make(map[string]bool)
	var all []*keptEntry // the latest first
	size := 0
	for line := range linesBackward(text) {
		body, h, err := unseal(line)
		if errors.Is(err, errNewer) {
			all = append(all, &keptEntry{begin: line})
			size += len(line) + 1
			continue
		}
		if err != nil {
			continue
		}
		switch h.Kind {
		case kindEnd:
			if r, err := decodeEnd(body, h); err == nil && ends[r.ID] == nil {
				ends[r.ID] = line
				outcomes[r.ID] = r.Outcome != ""
			}
		case kindBegin:
			r, err := decodeBegin(body, h)
			if err != nil {
				continue
			}
			e := &keptEntry{begin: line, end: ends[r.ID], open: !outcomes[r.ID]}
			e.held = e.end == nil && who.holder(r.Owner) != ""
			all = append(all, e)
			size += len(e.begin) + len(e.end) + 2
		}
	}
	left := len(all)
	drop := func(may func(*keptEntry) bool) {
		for _, e := range slices.Backward(all) {
			if left <= mostEntries-mostEntries/slack && size <= mostBytes-mostBytes/slack {
				return
			}
			if !e.dropped && may(e) {
				e.dropped = true
				left--
				size -= len(e.begin) + len(e.end) + 2
			}
		}
	}
	drop(func(e *keptEntry) bool { return !e.open && !e.held })
	drop(func(e *keptEntry) bool { return !e.held })
	var out bytes.Buffer
	for _, e := range slices.Backward(all) {
		if e.dropped {
			continue
		}
		for _, line := range [][]byte{e.begin, e.end} {
			if line != nil {
				out.Write(line)
				out.WriteByte('\n')
			}
		}
	}
	return out.Bytes()
}
