package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/cli/tty"
	"github.com/glance-tui/glance-tui/client"
)

// A server that sends the token behind an answer does not bring it to the log that
// can be read on the screen.
func TestTheProgramLogHasNoSecrets(t *testing.T) {
	const token = "gAAAAAB-a-token-of-this-run"
	c := client.New(client.Options{Endpoint: "http://127.0.0.1:1", Token: token})
	defer c.Close()
	l := programLog{&tty.Log{}, &connector{hides: []func(string) string{c.Hide}}}
	fmt.Fprintf(l, "Unsolicited response received on idle HTTP channel starting with %q; err=<nil>\n", "token: "+token)
	if got := strings.Join(l.Lines(), "\n"); strings.Contains(got, token) || !strings.Contains(got, "Unsolicited") {
		t.Errorf("%q", got)
	}
}
