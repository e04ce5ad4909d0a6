package cli

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipeEnd is a terminal's end of a line that takes bytes only as someone reads.
type pipeEnd struct{ *io.PipeWriter }

func (pipeEnd) Fd() uintptr              { return ^uintptr(0) }
func (pipeEnd) Read([]byte) (int, error) { return 0, io.EOF }

// onLine is an output, the other end of its line, and how often it caught up.
func onLine() (o *output, line *io.PipeReader, caughtUp *int) {
	line, end := io.Pipe()
	caughtUp = new(int)
	return newOutput(pipeEnd{end}, func() { *caughtUp++ }, func(error) {}), line, caughtUp
}

func write(t *testing.T, o *output, text string) {
	t.Helper()
	if n, err := io.WriteString(o, text); n != len(text) || err != nil {
		t.Fatalf("wrote %d, %v", n, err)
	}
}

func TestAQuickTerminalIsNeverBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, line, caughtUp := onLine()
		var got bytes.Buffer
		go func() { _, _ = io.Copy(&got, line) }()
		begun := time.Now()
		for range 100 {
			write(t, o, "frame")
			if o.Behind() {
				t.Fatal("it is behind")
			}
		}
		if d := time.Since(begun); d != 0 {
			t.Errorf("waited %s", d)
		}
		o.drain()
		_ = o.Close()
		synctest.Wait()
		if got.String() != strings.Repeat("frame", 100) || *caughtUp != 0 {
			t.Errorf("%d bytes came, caught up %d times", got.Len(), *caughtUp)
		}
	})
}

func TestASlowTerminalHoldsNoOneUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, line, caughtUp := onLine()
		begun := time.Now()
		write(t, o, "one")
		write(t, o, "two")
		if d := time.Since(begun); d != 2*moment {
			t.Errorf("two writes took %s", d)
		}
		for range 2 { // however often it is asked, it tells once
			if !o.Behind() {
				t.Error("it is not behind")
			}
		}
		got := make([]byte, 6)
		if _, err := io.ReadFull(line, got); err != nil || string(got) != "onetwo" {
			t.Errorf("%q, %v", got, err)
		}
		synctest.Wait()
		if o.Behind() || *caughtUp != 1 {
			t.Errorf("behind %v, caught up %d times", o.Behind(), *caughtUp)
		}
		// No one asked this time, so no one is told.
		write(t, o, "three")
		_, _ = io.ReadFull(line, got[:5])
		synctest.Wait()
		if *caughtUp != 1 {
			t.Errorf("caught up %d times", *caughtUp)
		}
		o.drain()
	})
}

func TestTheLastBytesAreWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, line, _ := onLine()
		write(t, o, "the screen as it was")
		go func() {
			time.Sleep(longestDrain / 2)
			_, _ = io.ReadFull(line, make([]byte, 20))
		}()
		begun := time.Now()
		o.drain()
		if d := time.Since(begun); d >= longestDrain || o.Behind() {
			t.Errorf("%s, behind %v", d, o.Behind())
		}
	})
}

func TestAStoppedTerminalIsNotWaitedForEndlessly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, line, caughtUp := onLine()
		write(t, o, "no one reads this")
		_ = o.Behind()
		begun := time.Now()
		o.drain()
		if d := time.Since(begun); d != longestDrain || *caughtUp != 0 {
			t.Errorf("%s, caught up %d times", d, *caughtUp)
		}
		_ = line.Close()
	})
}

func TestATerminalThatIsGoneIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, line, _ := onLine()
		_ = line.Close()
		if _, err := io.WriteString(o, "x"); err == nil {
			t.Error("no error")
		}
		if _, err := io.WriteString(o, "x"); err == nil || o.Behind() {
			t.Errorf("%v, behind %v", err, o.Behind())
		}
		begun := time.Now()
		o.drain()
		if time.Since(begun) != 0 {
			t.Error("what cannot come through is waited for")
		}
	})
}

// Bubble Tea asks for more than a writer: whether it is a terminal, and its size.
func TestAnOutputIsTheTerminalItself(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o := newOutput(f, func() {}, func(error) {})
	defer o.drain()
	if o.Fd() != f.Fd() {
		t.Error("another file")
	}
}
