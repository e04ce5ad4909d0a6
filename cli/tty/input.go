// Package tty is the terminal that the program runs in: what it sends, cut into
// whole keys; what no one but the program may write on it; and its state, which is
// given back as it was found.
package tty

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
)

// How long the end of a key is waited for. A sequence of several bytes comes in one
// piece on nearly every line; over a slow one it may be cut.
const (
	// escapeTimeout is for an escape alone, and is what that key takes. A tenth of
	// a second is the most that still feels like at once.
	escapeTimeout = 100 * time.Millisecond
	// sequenceTimeout is for what began a sequence: no key that the program knows
	// ends there, so that no one waits for it.
	sequenceTimeout = 400 * time.Millisecond
)

// Input is a terminal's input, in whole keys and answers (see sequences). Bubble
// Tea reads it as it would the terminal itself: it waits until there is something,
// and then calls Read.
type Input struct {
	term.File
	gone func(error) // the terminal went away
	wait func(time.Duration) bool

	begun bool // something was read
	once  sync.Once
	mu    sync.Mutex // guards what follows against Fences
	seqs  sequences
	ready []byte
}

// NewInput makes an input of a terminal. gone is called once, when nothing can be
// read from it any more.
func NewInput(f term.File, gone func(error)) *Input {
	return &Input{File: f, gone: gone, wait: func(d time.Duration) bool { return readable(f.Fd(), d) }}
}

// Name is the terminal's. With it Bubble Tea can end a Read that waits.
func (i *Input) Name() string {
	if named, ok := i.File.(interface{ Name() string }); ok {
		return named.Name()
	}
	return ""
}

var _ interface {
	term.File
	Name() string
} = (*Input)(nil)

// chunk is how much is read at once: so little that what becomes of it fits what
// Bubble Tea reads at once, 4096 bytes. What was left over would wait for the next key.
const chunk = 512

// Read gives whole keys. It waits where the last one lacks its end.
func (i *Input) Read(p []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.ready) == 0 {
		b := make([]byte, chunk)
		i.mu.Unlock()
		n, err := i.File.Read(b)
		i.mu.Lock()
		i.ready = i.seqs.feed(i.ready, i.early(b[:n]))
		if err != nil && !again(err) {
			i.once.Do(func() { i.gone(err) })
			return i.take(p), err
		}
		missing := i.seqs.waiting()
		if missing == whole {
			return i.take(p), nil
		}
		timeout := sequenceTimeout
		if missing == escape {
			timeout = escapeTimeout
		}
		i.mu.Unlock()
		more := i.wait(timeout)
		i.mu.Lock()
		if !more {
			i.ready = i.seqs.expire(i.ready)
			return i.take(p), nil
		}
	}
	return i.take(p), nil // more is there, so the next Read comes at once
}

// early is what was read, with enter as this program knows it: a terminal that is
// not raw yet makes line feeds of what is typed right after the command line.
func (i *Input) early(b []byte) []byte {
	if i.begun || len(b) == 0 {
		return b
	}
	i.begun = true
	return bytes.ReplaceAll(b, []byte("\n"), []byte("\r"))
}

func (i *Input) take(p []byte) int {
	n := copy(p, i.ready)
	i.ready = i.ready[n:]
	return n
}

// Fences is how many answers to Fence have come.
func (i *Input) Fences() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.seqs.fences
}

// again is an error after which reading goes on.
func again(err error) bool {
	var timeout interface{ Temporary() bool }
	return !errors.Is(err, io.EOF) && errors.As(err, &timeout) && timeout.Temporary()
}
