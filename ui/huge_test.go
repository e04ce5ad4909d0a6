package ui

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// enormous are images as the client gives them that a server could use to hold
// the program up.
func enormous(t *testing.T) []model.Image {
	t.Helper()
	member := func(name, value string) string { return fmt.Sprintf(",%q:%s", name, value) }
	var tags, properties strings.Builder
	for n := range 100_000 {
		fmt.Fprintf(&tags, `,"tag-%06d"`, n)
		properties.WriteString(member(fmt.Sprintf("p%06d", n), `"v"`))
	}
	var all []model.Image
	for n, more := range []string{
		member("name", `"`+strings.Repeat("n", 10<<20)+`"`),
		member("tags", "["+tags.String()[1:]+"]"), properties.String(),
		member("deep", strings.Repeat(`{"a":[`, 4500)+strings.Repeat("]}", 4500)),
		member("p", `"`+strings.Repeat("v", 10<<20)+`"`),
	} {
		document := fmt.Sprintf(`{"id":"0000000%d-3f4a-40e7-8a2c-bfab23927dea","status":"active","visibility":"private","protected":false,
			"min_disk":0,"min_ram":0,"disk_format":null,"container_format":null,"owner":null,"locations":[],"tags":[],"name":"huge"%s}`, n, more)
		var i model.Image
		if err := i.UnmarshalShown([]byte(document)); err != nil {
			t.Fatal(err)
		}
		i.Bound(len(document))
		all = append(all, i)
	}
	return all
}

// Allocations stand for time: a frame is drawn again with every key.
func TestEnormousImagesHoldNoKeyUp(t *testing.T) {
	for n, i := range enormous(t) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			p := launch(t, 120, 34, fakeservice.New(i), nil)
			each := func(what string, most uint64, keys ...string) {
				t.Helper()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				uitest.Run(p, uitest.Keys(keys...))
				_ = p.View()
				runtime.ReadMemStats(&after)
				made := after.TotalAlloc - before.TotalAlloc
				t.Logf("%s: %d kB", what, made>>10)
				if made > most {
					t.Errorf("%s: %d bytes", what, made)
				}
			}
			each("a key in the list", 2<<20, "down", "up")
			uitest.Run(p, uitest.Keys("enter"))
			each("a key in the overview", 2<<20, "down", "up")
			each("all parts", 2<<20, "tab", "tab", "tab", "tab", "tab")
			uitest.Run(p, uitest.Keys("e"))
			has(t, p, "Edit ")
			each("a key in the form", 2<<20, "tab", "shift+tab")
		})
	}
}
