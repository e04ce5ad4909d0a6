// Package small has mistakes to be made in it.
package small

import "errors"

// Box holds a few numbers.
type Box struct {
	numbers []int
	log     []string
}

var errFull = errors.New("full")

// Put adds a number. Its test does not look at the log, nor at what sync says.
func (b *Box) Put(n int) error {
	if len(b.numbers) >= 2 {
		return errFull
	}
	b.numbers = append(b.numbers, n)
	b.log = append(b.log, "put")
	if err := b.sync(); err != nil {
		return err
	}
	return nil
}

func (b *Box) sync() error {
	if b == nil {
		return errFull
	}
	return nil
}
