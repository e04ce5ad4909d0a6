package ui

import (
	"os"
	"testing"

	"github.com/glance-tui/glance-tui/ui/uitest"
)

// Over SSH keys often arrive several in one packet, and then no command of the
// first is run before the last is handled.
func TestMain(m *testing.M) { os.Exit(uitest.TwoWays(m)) }
