package tty

import (
	"cmp"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
)

// Session is a terminal from the moment that the program takes it until it is given
// back. Bubble Tea finds it in raw mode already and leaves it so: what the terminal
// still answers at the end must not be shown by it, or be read by the shell.
type Session struct {
	in, out term.File
	found   *term.State

	once sync.Once
}

// Take puts the terminal into raw mode.
func Take(in, out term.File) (*Session, error) {
	found, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	return &Session{in: in, out: out, found: found}, nil
}

// GiveBack leaves the terminal as it was found. late is how many of the answers to
// Fence have not come, which are waited for a moment.
func (s *Session) GiveBack(late int, asked time.Time) {
	s.once.Do(func() {
		s.swallow(late, asked)
		_ = term.Restore(s.in.Fd(), s.found)
	})
}

// longestAnswer is how long an answer may take after its question; a terminal that
// needs longer answers none.
const longestAnswer = time.Second

// swallow reads what the terminal still has to say.
func (s *Session) swallow(late int, asked time.Time) {
	var seqs sequences
	b := make([]byte, chunk)
	for seqs.fences < late {
		left := time.Until(asked.Add(longestAnswer))
		if left <= 0 || !readable(s.in.Fd(), left) {
			return
		}
		n, err := s.in.Read(b)
		if err != nil {
			return
		}
		seqs.feed(nil, b[:n])
	}
}

// Forget drops what was typed at a terminal and no one has read yet. In raw mode
// for a moment, as a line without its end cannot be read otherwise.
func Forget(in term.File) {
	found, err := term.MakeRaw(in.Fd())
	if err != nil {
		return
	}
	defer func() { _ = term.Restore(in.Fd(), found) }()
	for b := make([]byte, chunk); readable(in.Fd(), 0); {
		if n, err := in.Read(b); n == 0 || err != nil {
			return
		}
	}
}

// Lend gives the terminal to whoever had it before, while work is done.
func (s *Session) Lend(work func() error) error {
	if err := term.Restore(s.in.Fd(), s.found); err != nil {
		return err
	}
	worked := work()
	_, err := term.MakeRaw(s.in.Fd())
	return cmp.Or(worked, err)
}

// leaving undoes all that the program can have asked of a terminal: it is for
// ends at which Bubble Tea does not do that itself. It begins by cutting off what
// may be half written.
const leaving = "\x18\x1b[m" + // no sequence, no color
	"\x1b[?2026l\x1b[?2027l" + // drawing at once, width of clusters
	"\x1b[>4m\x1b[<1u" + // forms of keys
	"\x1b[?2004l\x1b[?1004l" + // marks of pastes, focus
	"\x1b[?25h\x1b[?1049l" + // the cursor, the other screen
	"\x1b]2;\x07" // the title

// Rescue gives the terminal back at once, whatever the rest of the program does.
func (s *Session) Rescue() {
	done := make(chan struct{})
	go func() {
		_, _ = io.WriteString(s.out, leaving)
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(longestAnswer): // it is stopped
	}
	s.once.Do(func() { _ = term.Restore(s.in.Fd(), s.found) })
}
