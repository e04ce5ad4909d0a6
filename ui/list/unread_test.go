package list

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// What could not be read is in its column as it came, sorts last whichever way
// round, and no term about it finds the image.
func TestWhatIsNotUnderstoodInTheList(t *testing.T) {
	all := images(7)
	odd := &all[3]
	raw := json.RawMessage(`{"odd":"\u001b[31m"}`)
	*odd = model.Image{ID: odd.ID, Unread: map[string]json.RawMessage{}}
	for _, name := range []string{"name", "status", "visibility", "size", "disk_format", "tags", "owner", "updated_at", "created_at", "protected", "os_hidden"} {
		odd.Unread[name] = raw
	}
	l, _ := start(t, &server{images: all})
	l.SetSize(160, 24)
	view := uitest.Plain(l.View())
	if n := strings.Count(view, `{"odd"`); n != 7 {
		t.Errorf("it is shown %d times\n%s", n, view)
	}
	if !strings.Contains(view, "hidden? ") {
		t.Errorf("it is not said that it may be hidden\n%s", view)
	}
	// Where the name has little room, what matters less goes first.
	l.ctx.Memory.KeepDraft(record.Draft{Base: *odd})
	glyphs := l.ctx.Theme.Glyphs
	for width, want := range map[int]string{160: "hidden? " + glyphs.Lock + "? " + glyphs.Draft, 80: " " + glyphs.Lock + "? " + glyphs.Draft} {
		l.SetSize(width, 24)
		if view := uitest.Plain(l.View()); !strings.Contains(view, want) {
			t.Errorf("%d columns do not show %q\n%s", width, want, view)
		}
	}
	l.ctx.Memory.DropDraft(odd.ID)
	for order := range orders {
		for _, back := range []bool{false, true} {
			l.rows.sortBy(order, back)
			if last := l.rows.shown[len(l.rows.shown)-1]; len(l.rows.shown) != 7 || l.store.ID(last) != odd.ID {
				t.Errorf("%s, back %v: it is not last: %v", orders[order].name, back, names(l))
			}
		}
	}
	l.rows.sortBy(newestFirst, false)
	for _, term := range []string{"protected:no", "!protected:yes", "hidden:no", `size:""`, `tag:""`, `name:""`, "!image", "!status:active"} {
		uitest.Run(l, uitest.Keys("/"), uitest.Type(term), uitest.Keys("enter"))
		for _, at := range l.rows.shown {
			if l.store.ID(at) == odd.ID {
				t.Errorf("%s finds it", term)
			}
		}
		uitest.Run(l, uitest.Keys("esc"))
		if len(l.rows.shown) != 7 {
			t.Fatalf("%s does not go away", term)
		}
	}
}
