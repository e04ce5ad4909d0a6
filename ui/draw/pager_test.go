package draw

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/ui/keys"
)

func pagerOf(n, width, height int) *Pager {
	p := &Pager{}
	p.SetSize(width, height)
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("line %d", i+1))
	}
	p.SetLines(lines)
	return p
}

func press(p *Pager, names ...string) string {
	for _, n := range names {
		p.Update(keys.Press(n))
	}
	var out []string
	for _, l := range strings.Split(ansi.Strip(p.View(dark)), "\n") {
		out = append(out, strings.TrimSpace(l))
	}
	return strings.Join(out, "|")
}

func TestPagerShowsAllThatFits(t *testing.T) {
	if got := press(pagerOf(3, 20, 3), "j", "G"); got != "line 1|line 2|line 3" {
		t.Error(got)
	}
}

func TestPagerTellsWhatIsOutOfSight(t *testing.T) {
	p := pagerOf(6, 30, 4)
	for _, c := range []struct{ key, want string }{
		{"k", "line 1|line 2|line 3|↓ 3 more"},
		{"j", "line 2|line 3|line 4|↑ 1 above   ↓ 2 more"},
		{"G", "line 4|line 5|line 6|↑ 3 above"},
		{"ctrl+u", "line 2|line 3|line 4|↑ 1 above   ↓ 2 more"},
		{"g", "line 1|line 2|line 3|↓ 3 more"},
	} {
		if got := press(p, c.key); got != c.want {
			t.Errorf("after %s: %s, want %s", c.key, got, c.want)
		}
	}
}

func TestPagerStaysInSightWhenLinesOrRoomShrink(t *testing.T) {
	p := pagerOf(50, 20, 10)
	press(p, "G")
	p.SetLines([]string{"only"})
	if got := press(p); got != "only" {
		t.Error(got)
	}
	p = pagerOf(50, 20, 10)
	press(p, "G")
	p.SetSize(20, 30)
	if got := press(p); !strings.HasSuffix(got, "line 50|↑ 21 above") {
		t.Error(got)
	}
	for _, size := range [][2]int{{1, 1}, {0, 0}, {20, 1}, {-3, -3}} {
		p.SetSize(size[0], size[1])
		press(p, "G", "k", "ctrl+d")
	}
}

func TestPagerShowsLinesOnDemand(t *testing.T) {
	p := pagerOf(20, 30, 5)
	for _, c := range []struct {
		first, end int
		want       string
	}{
		{2, 4, "line 1|line 2|line 3|line 4|↓ 16 more"},
		{6, 8, "line 5|line 6|line 7|line 8|↑ 4 above   ↓ 12 more"},
		{5, 6, "line 5|line 6|line 7|line 8|↑ 4 above   ↓ 12 more"},
		{1, 3, "line 2|line 3|line 4|line 5|↑ 1 above   ↓ 15 more"},
		{10, 19, "line 11|line 12|line 13|line 14|↑ 10 above   ↓ 6 more"},
	} {
		p.Show(c.first, c.end)
		if got := press(p); got != c.want {
			t.Errorf("%d to %d: %s, want %s", c.first, c.end, got, c.want)
		}
	}
}
