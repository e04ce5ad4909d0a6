//go:build unix

package flow

import (
	"testing"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestWithoutAHome: what is said before the screen is drawn no one sees.
func TestWithoutAHome(t *testing.T) {
	t.Parallel()
	m, _ := inShell(t, terminal.Line{}, []string{"sh", "-c", `unset HOME XDG_STATE_HOME XDG_CONFIG_HOME; exec "$PROGRAM" --demo`})
	m.WaitFor("NAME", "Drafts and history cannot be saved and will be lost")
	m.Press("e")
	m.WaitFor("Edit ", "Drafts and history cannot be saved and will be lost")
}
