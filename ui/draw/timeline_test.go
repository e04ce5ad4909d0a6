package draw

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
)

func seen(all ...model.Status) (h History) {
	for i, s := range all {
		h = h.Saw(s, time.Unix(int64(i), 0))
	}
	return h
}

func TestTimelineDrawsTheWay(t *testing.T) {
	for _, c := range []struct {
		name  string
		h     History
		next  model.Status
		frame int
		width int
		want  string
	}{
		{"nothing seen", nil, "", 0, 80, ""},
		{"one status", seen("active"), "", 0, 80, "● active"},
		{"reached", seen("queued", "active"), "active", 9, 80, "◌ queued ━━━━━━━━━━━━━▶ ● active"},
		{"on the way", seen("queued"), "active", 3, 80, "◌ queued ━━━▶────────── ● active"},
		{"the way begins again", seen("queued"), "active", 14, 80, "◌ queued ▶───────────── ● active"},
		{"three", seen("queued", "saving", "active"), "", 0, 80, "◌ queued ━━━━━━━━━━━━━▶ ↑ saving ━━━━━━━━━━━━━▶ ● active"},
		{"tight", seen("queued", "saving", "active"), "", 0, 40, "◌ queued ━━━━━▶ ↑ saving ━━━━━▶ ● active"},
		{"too tight for all", seen("queued", "saving", "active"), "", 0, 30, "↑ saving ━━━━━━━━━━━▶ ● active"},
		{"an unknown status", seen("queued", "thawing"), "", 0, 80, "◌ queued ━━━━━━━━━━━━━▶ ? thawing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ansi.Strip(Timeline(dark, c.h, c.next, c.frame, c.width)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTimelineFitsEveryWidth(t *testing.T) {
	h := seen("queued", "uploading", "importing", "queued", "saving", "active", "deactivated")
	for width := range 120 {
		for frame := -16; frame < 16; frame += 5 {
			if w := safe.Width(Timeline(dark, h, "active", frame, width)); w > width {
				t.Fatalf("%d columns in a width of %d", w, width)
			}
		}
	}
}

func TestASeenStatusCountsOnce(t *testing.T) {
	h := seen("queued", "queued", "active", "active", "queued")
	if len(h) != 3 || h.Now() != "queued" || h[1].At != time.Unix(2, 0) {
		t.Errorf("%v", h)
	}
}
