package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// keyKind is a kind of key, and how fast each was answered: from the writing of
// the key to the last byte of the frame that shows what it did.
type keyKind struct {
	name   string
	before string   // a key that leads to where they can be pressed
	keys   []string // in turn; together they lead back to where they began
	after  string   // a key that leads back from there
	shows  region   // where they show
	took   []time.Duration
}

// region is a part of the screen. What the head and the foot tell does not
// count, nor the image at the right.
type region struct{ left, top, right, bottom int }

var (
	theFilter = region{0, 2, columns / 2, 3}       // or the order
	theCount  = region{columns / 2, 2, columns, 3} // of those marked, of which more arrive
	theRows   = region{0, 4, columns / 2, lines - 2}
)

// keyKinds are the keys of the list that work on all images.
func keyKinds() []*keyKind {
	return []*keyKind{
		{name: "move", before: "g", keys: []string{"j", "j", "k", "j", "k", "k"}, shows: theRows},
		{name: "page", before: "g", keys: []string{"\x04", "\x04", "\x15", "\x15"}, shows: theRows},
		{name: "letter of the filter", before: "/", keys: []string{"u", "b", "u", "n", "t", "u", "\x7f", "\x7f"}, after: "\x1b", shows: theFilter},
		{name: "sort", keys: []string{"s", "s", "s", "s", "s", "s", "s", "s", "S", "S"}, shows: theFilter},
		{name: "mark all", before: "\x01", keys: []string{"\x01", "\x01", "\x01", "\x01"}, after: "\x01", shows: theCount},
	}
}

// keyPatience is how long a key may go without an answer before the
// measurement fails.
const keyTimeout = 30 * time.Second

// aBeat is longer than the time from one frame of the program to the next, and
// anEscape than it waits to see whether an escape begins a sequence.
const (
	aBeat    = 20 * time.Millisecond
	anEscape = 200 * time.Millisecond
)

// press writes a key and waits for its answer.
func (u *ui) press(key string, shows region) (time.Duration, error) {
	u.pass(aBeat/4 + rand.N(aBeat)) // at any moment of the program's own beat
	before := u.looks(shows)
	begin := time.Now()
	if _, err := u.tty.WriteString(key); err != nil {
		return 0, err
	}
	for {
		f, err := u.draw(begin.Add(keyTimeout))
		switch {
		case err != nil:
			return 0, fmt.Errorf("the key %q: %w", key, err)
		case f.at.Before(begin):
			before = u.looks(shows)
		case !slices.EqualFunc(u.looks(shows), before, sameLooks):
			return f.at.Sub(begin), nil
		}
	}
}

// looks is a part of the screen, cell by cell.
func (u *ui) looks(part region) []uv.Cell {
	var cells []uv.Cell
	for y := part.top; y < part.bottom; y++ {
		for x := part.left; x < part.right; x++ {
			var c uv.Cell
			if at := u.screen.CellAt(x, y); at != nil {
				c = *at
			}
			cells = append(cells, c)
		}
	}
	return cells
}

func sameLooks(a, b uv.Cell) bool { return a.Equal(&b) }

// pressAll presses the keys of each kind in turn until it is told to stop, or
// each has been pressed so often.
func (u *ui) pressAll(kinds []*keyKind, often int, stop func() bool) error {
	for n := 0; n < often; {
		for _, k := range kinds {
			if err := u.pressKind(k); err != nil {
				return err
			}
			if stop() {
				return nil
			}
		}
		n = often
		for _, k := range kinds {
			n = min(n, len(k.took))
		}
	}
	return nil
}

func (u *ui) pressKind(k *keyKind) error {
	if err := u.lead(k.before); err != nil {
		return err
	}
	for _, key := range k.keys {
		took, err := u.press(key, k.shows)
		if err != nil {
			return err
		}
		k.took = append(k.took, took)
	}
	return u.lead(k.after)
}

// lead presses a key that is not measured.
func (u *ui) lead(key string) error {
	if key == "" {
		return nil
	}
	_, err := u.tty.WriteString(key)
	u.pass(anEscape)
	return err
}
