package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// maxAttempts is how often a wrong secret is asked for again before the command gives
// up: services lock accounts.
const maxAttempts = 3

// connectAsking connects, and asks on the terminal for a secret that the
// configuration leaves out. Without a terminal the failure says how to set it.
func connectAsking(ctx context.Context, o client.Options, s *streams) (*client.Client, error) {
	for asked := 0; ; {
		c, err := client.Connect(ctx, o)
		var needed *api.SecretNeeded
		var refused *api.Failure
		switch {
		case err == nil:
			return c, nil
		case errors.As(err, &needed):
			answer, asking := s.ask(ctx, needed)
			if asking != nil {
				return nil, asking
			}
			if answer == "" {
				return nil, err
			}
			if o.Answers == nil {
				o.Answers = make(map[string]string)
			}
			o.Answers[needed.Key] = answer
		case len(o.Answers) > 0 && errors.As(err, &refused) && refused.Kind == api.FailedAuth:
			if asked++; asked >= maxAttempts {
				return nil, err
			}
			s.note("%s", refused.Means)
			o.Answers = nil // which of them was wrong, no one says
		default:
			return nil, err
		}
	}
}

// ask asks for a secret, without showing what is typed. An empty answer is
// none: there is no terminal, or the user gave none. The error is that of a
// user who stopped it.
func (s *streams) ask(ctx context.Context, needed *api.SecretNeeded) (string, error) {
	if !isTerminal(s.in) {
		return "", nil
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return "", nil
	}
	defer tty.Close()
	// From here on nothing that is typed may be echoed, not even before the question
	// is printed.
	// Raw, since keys like ctrl+z would leave a shell without echo.
	before, err := term.MakeRaw(tty.Fd())
	if err != nil {
		return "", nil
	}
	defer func() {
		_ = term.Restore(tty.Fd(), before)
		fmt.Fprintln(tty)
	}()
	fmt.Fprintf(tty, "%s: ", safe.Text(needed.Prompt()))
	type line struct {
		text string
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := secretLine(tty)
		typed <- line{text, err}
	}()
	select {
	case l := <-typed:
		return l.text, l.err
	case <-ctx.Done(): // a signal
		return "", ctx.Err()
	}
}

// maxSecret bounds what is typed or pasted at the question.
const maxSecret = 64 << 10

// secretLine reads a line from a terminal that is raw. The end of the input is
// an empty line; ctrl+c is the error of who stopped it.
func secretLine(tty io.Reader) (string, error) {
	const ctrlC, ctrlD, ctrlU, backspace, del = 0x03, 0x04, 0x15, 0x08, 0x7f
	var text []byte
	var b [1]byte
	for len(text) < maxSecret {
		if n, _ := tty.Read(b[:]); n == 0 {
			return "", nil
		}
		switch b[0] {
		case '\r', '\n':
			return string(text), nil
		case ctrlC:
			return "", context.Canceled
		case ctrlD:
			if len(text) == 0 {
				return "", nil
			}
		case ctrlU:
			text = nil
		case backspace, del:
			_, size := utf8.DecodeLastRune(text)
			text = text[:len(text)-size]
		default:
			text = append(text, b[0])
		}
	}
	return "", nil
}
