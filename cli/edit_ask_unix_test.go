//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestWhatIsTypedAheadIsNoAnswer: a yes is to a review that was there to be read.
func TestWhatIsTypedAheadIsNoResponse(t *testing.T) {
	for _, ahead := range []string{"y\n", "y\ny\n", "y"} {
		for answer, status := range map[string]int{"n\n": 1, "\n": 1, "y\n": 0} {
			c := newCloud(t)
			terminal, its, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := terminal.WriteString(ahead); err != nil {
				t.Fatal(err)
			}
			shown := bufio.NewReader(terminal)
			if _, err := shown.ReadString(ahead[len(ahead)-1]); err != nil { // its echo: the terminal has it
				t.Fatal(err)
			}
			var out bytes.Buffer
			ended := make(chan int, 1)
			go func() { ended <- Run(append(slices.Clone(c.flags), "edit", fedora, "name=ahead"), its, &out, its) }()
			for text := ""; !strings.HasSuffix(text, "[y/N] "); {
				b, err := shown.ReadByte()
				if err != nil {
					t.Fatal(err)
				}
				text += string(b)
			}
			if _, err := terminal.WriteString(answer); err != nil {
				t.Fatal(err)
			}
			if got := <-ended; got != status || c.image().Name.Value == "ahead" != (status == 0) {
				t.Errorf("%q typed ahead, %q at the question: exit status %d, name %q", ahead, answer, got, c.image().Name.Value)
			}
			_ = its.Close()
			_ = terminal.Close()
		}
	}
}
