package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxDocument bounds an image document that is read: the largest that any
// service takes is far below.
const maxDocument = 64 << 20

// document reads a file, or standard input for "-", until a signal ends it: a
// pipe or a terminal may never give an end. A read that is left alone ends with
// the process.
func (s *streams) document(ctx context.Context, name string) ([]byte, error) {
	type result struct {
		text []byte
		err  error
	}
	read := make(chan result, 1)
	go func() {
		text, err := readAtMost(s.in, name)
		read <- result{text, err}
	}()
	select {
	case r := <-read:
		return r.text, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func readAtMost(in io.Reader, name string) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name) // of a pipe, this waits for who writes
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxDocument+1))
	if err == nil && len(text) > maxDocument {
		err = fmt.Errorf("it is larger than %d MiB, so it cannot be an image document", maxDocument>>20)
	}
	return text, err
}

// written passes output on and keeps the first error: who prints help or a
// version looks at none.
type written struct {
	io.Writer
	err error
}

func (w *written) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// failure is what kept the output from being written, nil where nothing did.
func (w *written) failure() error {
	if w.err == nil {
		return nil
	}
	err := w.err
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return failed{fmt.Errorf("could not write the output: %w", err)}
}
