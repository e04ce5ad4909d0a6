package arch_test

import (
	"github.com/glance-tui/glance-tui/state"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// What packages owe one another, where neither may import the other.
var _ screen.Keeper = (*state.Store)(nil)
