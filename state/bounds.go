package state

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/glance-tui/glance-tui/model/record"
)

// A history holds this much at most, and is then cut down to a part of it, so
// that it is not written again at every entry.
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
	less := cutDown(text, s.workers(root))
	if replaceFile(root, historyFile(place), less, s.owner) != nil {
		return
	}
	if info, err = root.Lstat(historyFile(place)); err == nil {
		s.sizes[place] = counted{file: info, size: info.Size(), entries: countEntries(less), next: info.Size() + info.Size()/slack}
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

// kept is an entry while a history is cut down, or a line of a newer version.
type kept struct {
	lines [][]byte // the begin, then the end
	open  bool     // no outcome is known
	held  bool     // a living program is at it
}

func (k kept) size() (n int) {
	for _, line := range k.lines {
		n += len(line) + 1
	}
	return n
}

// cutDown gives the latest entries of a history, each with its last end, in
// their order. Entries without an outcome go only when no other is left, and
// those of living programs never do. Lines of a newer version stay as long as
// their neighbors do; damaged ones go.
func cutDown(text []byte, worker func(owner string) string) []byte {
	all := keptIn(text, worker)
	left, size := len(all), 0
	for _, k := range all {
		size += k.size()
	}
	drop := func(may func(kept) bool) {
		all = slices.DeleteFunc(all, func(k kept) bool {
			fits := left <= mostEntries-mostEntries/slack && size <= mostBytes-mostBytes/slack
			if fits || !may(k) {
				return false
			}
			left--
			size -= k.size()
			return true
		})
	}
	drop(func(k kept) bool { return !k.open })
	drop(func(k kept) bool { return !k.held })
	var out bytes.Buffer
	for _, k := range all {
		for _, line := range k.lines {
			out.Write(line)
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// keptIn are the entries of a history, the oldest first.
func keptIn(text []byte, worker func(owner string) string) []kept {
	ends := make(map[string]historyLine)
	var all []kept
	for l := range historyLines(text) {
		switch {
		case errors.Is(l.err, errNewer):
			all = append(all, kept{lines: [][]byte{l.text}})
		case l.end != nil:
			if _, later := ends[l.end.ID]; !later {
				ends[l.end.ID] = l
			}
		case l.begin != nil:
			k := kept{lines: [][]byte{l.text}, open: true}
			if end, ended := ends[l.begin.ID]; ended {
				k.lines = append(k.lines, end.text)
				k.open = end.end.Outcome == record.OutcomeOpen
			}
			k.held = k.open && worker(l.begin.Owner) != ""
			all = append(all, k)
		}
	}
	slices.Reverse(all)
	return all
}
