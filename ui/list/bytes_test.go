package list

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/test/wire"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

// drawn is a list on a terminal of 40 lines, with the lines around it, and what
// it writes.
type drawn struct {
	*List
	to *wire.Renderer
}

func drawnList(t *testing.T, width int) *drawn {
	t.Helper()
	s := &server{images: images(500)}
	for i := range s.images {
		img := &s.images[i]
		img.Name = model.Some(fmt.Sprintf("ubuntu-24.04-server-%03d", i*7919%1000))
		img.Tags = []string{"lts", "ubuntu"}
		img.Properties = map[string]model.Opt[string]{"architecture": model.Some("x86_64"), "os_distro": model.Some("ubuntu")}
	}
	l, _ := start(t, s)
	l.ctx.Options.Still = false
	l.SetSize(width, 36)
	d := &drawn{l, wire.NewRenderer(width, 40, colorprofile.TrueColor)}
	d.write()
	return d
}

func (d *drawn) write() int {
	return len(d.to.Write(tea.View{Content: "head\nrule\n" + d.View() + "\nflash\nkeys"}))
}

// What a key costs on the line is held, with a tenth to spare: the figures of
// docs/performance.md would be worth nothing if they crept up.
func TestAKeyCostsFewBytes(t *testing.T) {
	down := []string{"ctrl+d", "ctrl+d"} // to the last line visible
	for range 40 {
		down = append(down, "j")
	}
	for _, c := range []struct {
		name   string
		width  int
		before []string
		key    string
		most   int
	}{
		{"a move", 120, nil, "j", 180},
		{"a move, rows alone", 100, nil, "j", 180},
		{"a move up", 120, []string{"j", "j"}, "k", 180},
		{"a mark", 120, nil, "space", 230},
		{"a scroll by a held key", 120, down, "j", 315},
		{"a scroll, rows alone", 100, down, "j", 335},
		{"half a page", 120, down, "ctrl+d", 2400},
		{"half a page, rows alone", 100, down, "ctrl+d", 2800},
	} {
		d := drawnList(t, c.width)
		press(d.List, c.before...)
		d.write()
		press(d.List, c.key)
		if n := d.write(); n > c.most || n == 0 {
			t.Errorf("%s: %d bytes, %d at most", c.name, n, c.most)
		}
	}
}

// The first scroll beside a preview clears it; what rests is drawn once.
func TestTheImageBesideCostsFewBytes(t *testing.T) {
	d := drawnList(t, 120)
	press(d.List, "ctrl+d", "ctrl+d")
	d.write()
	rest(d.List)
	if n := d.write(); n > 850 || n == 0 {
		t.Errorf("the image beside the rows: %d bytes", n)
	}
	for range 15 {
		press(d.List, "j")
	}
	d.write()
	rest(d.List)
	d.write()
	press(d.List, "j")
	if n := d.write(); n > 530 || n == 0 {
		t.Errorf("the first scroll beside an image: %d bytes", n)
	}
}

// News of what is not on the screen, and looks without news, write nothing.
func TestNothingIsWrittenWhereNothingShows(t *testing.T) {
	d := drawnList(t, 120)
	unseen := d.store.Image(d.rows.shown[400]).Clone()
	for n := range 20 {
		unseen.Size = model.Some(int64(n) << 24)
		unseen.UpdatedAt = uitest.Clock.Add(time.Duration(n) * time.Second)
		for _, msg := range []tea.Msg{screen.ImageSeen{Image: unseen.Clone(), Asked: 1 << 20}, litTick{}, watchMsg{d.List, watch.Woken{Tag: -1}}} {
			d.Update(msg)
			if n := d.write(); n != 0 {
				t.Fatalf("%T: %d bytes", msg, n)
			}
		}
	}
}
