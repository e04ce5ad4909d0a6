package watch

import (
	"testing"
	"time"
)

// A server that has no hidden images is not asked for lists of them, neither at
// the start nor while the list keeps itself fresh.
func TestServersWithoutHiddenImages(t *testing.T) {
	for name, test := range map[string]struct {
		server *server
		most   int
	}{
		"by its version":            {&server{noHidden: true}, 0},
		"by what the list gave":     {&server{ignores: true}, 1},
		"one that has them (check)": {&server{}, 1000},
	} {
		test.server.images = images(250)
		h := newHours(t, test.server)
		h.pass(10 * time.Minute)
		if n := test.server.hiddens; n > test.most || test.most == 1000 && n < 3 {
			t.Errorf("%s: asked %d times", name, n)
		}
		if h.store.live != 250 || h.Loading() {
			t.Errorf("%s: %d rows", name, h.store.live)
		}
	}
}
