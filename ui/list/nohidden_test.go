package list

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// A server that has no hidden images is not asked for lists of them, neither at
// the start nor while the list keeps itself fresh.
func TestServersWithoutHiddenImages(t *testing.T) {
	for name, test := range map[string]struct {
		server *server
		most   int
	}{
		"by its version":            {&server{who: model.Session{APIVersion: "v2.6"}}, 0},
		"by its schema":             {&server{who: model.Session{APIVersion: "v2.16", NoHidden: true}}, 0},
		"by what the list gave":     {&server{ignores: true}, 1},
		"one that has them (check)": {&server{}, 1000},
	} {
		test.server.images = images(250)
		h := newHours(t, test.server)
		h.pass(10 * time.Minute)
		if n := test.server.hiddens; n > test.most || test.most == 1000 && n < 3 {
			t.Errorf("%s: asked %d times", name, n)
		}
		if len(h.rows.shown) != 250 || h.loading() {
			t.Errorf("%s: %d rows", name, len(h.rows.shown))
		}
	}
}
