package ui

import (
	"path/filepath"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/history"
	"github.com/glance-tui/glance-tui/ui/response"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// The review of an undo goes back to where it was asked for.
func TestEscFromAnUndo(t *testing.T) {
	for name, c := range map[string]struct {
		way  []any
		want screen.Screen
	}{
		"from the answer":                  {[]any{uitest.Keys("u")}, &response.Response{}},
		"from the history over the answer": {[]any{uitest.Keys("H", "u")}, &history.History{}},
		"from the history":                 {[]any{uitest.Keys("esc", "H", "u")}, &history.History{}},
	} {
		t.Run(name, func(t *testing.T) {
			r := startOn(t, filepath.Join(t.TempDir(), "state"), demoImages())
			r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
			has(t, r.program, "200 OK")
			uitest.Run(r.program, c.way...)
			if _, ok := r.top().(*review.Review); !ok {
				t.Fatalf("no review:\n%s", r.screen())
			}
			uitest.Run(r.program, uitest.Keys("esc"))
			same := false
			switch c.want.(type) {
			case *response.Response:
				_, same = r.top().(*response.Response)
			case *history.History:
				_, same = r.top().(*history.History)
			}
			if !same {
				t.Errorf("esc leads to\n%s", r.screen())
			}
		})
	}
}

// What is undone from the answer is no loss to that answer.
func TestAnUndoIsNoLoss(t *testing.T) {
	r := startOn(t, filepath.Join(t.TempDir(), "state"), demoImages())
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("u"))
	uitest.Run(r.program, uitest.Keys("enter"))
	has(t, r.program, "200 OK", "Response: Fedora 17")
	hasNot(t, r.program, "overwrote")
	n := 0
	for _, s := range r.stack {
		if isOfEdit(s) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d screens of an edit on top of each other", n)
	}
	uitest.Run(r.program, uitest.Keys("esc"))
	hasNot(t, r.program, "overwrote", "Fedora 17!")
}

// What someone else reverted already is said to be so, and what cannot come
// back is not called done.
func TestNothingIsLeftToUndo(t *testing.T) {
	s := demoImages()
	r := startOn(t, filepath.Join(t.TempDir(), "state"), s)
	r.edits("Fedora 17", uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	uitest.Run(r.program, uitest.Keys("esc"))
	s.Change(uitest.Fedora().ID, func(i *model.Image) { i.Name = model.Some("Fedora 17") })
	uitest.Run(r.program, uitest.Keys("H", "u"))
	has(t, r.program, "Nothing left to undo: the image is as it was before the edit.", "Cannot be sent. Press esc to go back.")
	hasNot(t, r.program, "as you want it", "the form")
}
