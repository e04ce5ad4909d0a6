package cli

import (
	"regexp"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/glance-tui/glance-tui/cli/tty"
)

// output is a terminal that holds no one up. Bubble Tea waits where it writes, and
// reads no key meanwhile: on a slow line keys would pile up, and be drawn one by
// one long after they were let go. Here a write that takes longer than a moment
// goes on by itself, and whoever draws can ask whether it did (ui.Output), so that
// frames are left out until the terminal has the last one.
type output struct {
	term.File
	caughtUp func()      // called after Behind was true and all is written
	gone     func(error) // called when nothing can be written any more

	mu      sync.Mutex
	written sync.Cond // pending or err changed
	pending []byte
	err     error // of a write: nothing comes through any more
	asked   bool  // Behind was true since
	closed  bool

	fences int       // how many times the terminal was asked something
	fenced time.Time // when it was, the last time
}

// moment is how long a write waits for its end: nearly all have ended then, so that
// what follows one finds it on the screen.
const moment = 20 * time.Millisecond

// longestDrain is how long the last bytes are waited for: they bring back the
// screen as it was, and a terminal may be stopped.
const longestDrain = 5 * time.Second

func newOutput(f term.File, caughtUp func(), gone func(error)) *output {
	o := &output{File: f, caughtUp: caughtUp, gone: gone}
	o.written.L = &o.mu
	go o.flush()
	return o
}

// flush brings what is pending to the terminal.
func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for {
		for len(o.pending) == 0 && !o.closed {
			o.written.Wait()
		}
		if len(o.pending) == 0 || o.err != nil {
			return
		}
		now := o.pending
		o.mu.Unlock()
		_, err := o.File.Write(now)
		o.mu.Lock()
		o.pending, o.err = o.pending[len(now):], err
		if len(o.pending) == 0 && o.asked {
			o.asked = false
			go o.caughtUp() // who is told may be waiting in Write
		}
		if err != nil {
			go o.gone(err)
		}
		o.written.Broadcast()
	}
}

// Write takes bytes for the terminal, and waits a moment for their end. The error
// is that of an earlier write where this one could not be waited for.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	o.pending = append(o.pending, p...)
	if question.Match(p) {
		o.pending = append(o.pending, tty.Fence...)
		o.fences, o.fenced = o.fences+1, time.Now()
	}
	o.written.Broadcast()
	o.wait(moment)
	return len(p), o.err
}

// question is what Bubble Tea asks a terminal: for its colors, its modes, the
// protocol of its keys.
var question = regexp.MustCompile(`\x1b\[\?(\d+\$p|u)|\x1b\]1[0-2];\?`)

// questions is how many times the terminal was asked something, each time with a
// fence behind it, and when that was the last time.
func (o *output) questions() (int, time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fences, o.fenced
}

// settle waits until all is written, a moment at most.
func (o *output) settle() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.wait(longestDrain)
}

// wait is for all to be written, or a while to pass. The lock is held.
func (o *output) wait(most time.Duration) {
	end := time.Now().Add(most)
	defer time.AfterFunc(most, o.written.Broadcast).Stop()
	for len(o.pending) > 0 && o.err == nil && time.Now().Before(end) {
		o.written.Wait()
	}
}

// Behind reports whether the terminal has not taken all yet. Where it has not,
// caughtUp will be called.
func (o *output) Behind() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	behind := len(o.pending) > 0 && o.err == nil
	o.asked = o.asked || behind
	return behind
}

// drain waits for the last bytes, and ends the carrying. The file stays open.
func (o *output) drain() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.wait(longestDrain)
	o.closed, o.asked = true, false
	o.written.Broadcast()
}
