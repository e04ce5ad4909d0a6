package arch_test

import (
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// What the rooms owe one another, where neither may import the other.
var _ screen.Keeper = (*state.Store)(nil)
