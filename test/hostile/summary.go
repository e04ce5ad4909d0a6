package hostile

import (
	"testing"

	"github.com/glance-tui/glance-tui/test/summary"
)

// Summary says what a test tried.
func Summary(t testing.TB, format string, a ...any) {
	t.Helper()
	if err := summary.Add("hostile text: "+format, a...); err != nil {
		t.Error(err)
	}
}
