package line

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
	"github.com/glance-tui/glance-tui/test/wire"
)

// BenchmarkBytes counts what a change of the screen costs on the wire in a
// terminal of 40 lines, beside the shortest sequence that test/wire finds
// for it. With 100 columns there are rows alone; with 120 the selected image
// is beside them, which it does when the selection rests: rested-bytes is
// with that.
func BenchmarkBytes(b *testing.B) {
	down := []string{"ctrl+d", "ctrl+d", "j", "j", "j", "j", "j", "j", "j", "j"} // the cursor on the last line
	for _, c := range []struct {
		name   string
		width  int
		before []string // keys that lead there
		keys   []string
		after  []string // keys that lead back, not counted
	}{
		{"selection down", 120, nil, []string{"j"}, nil},
		{"selection down, rows alone", 100, nil, []string{"j"}, nil},
		{"selection up", 120, down, []string{"k"}, nil},
		{"scroll by one", 120, down, []string{"j"}, nil},
		{"scroll by one, rows alone", 100, down, []string{"j"}, nil},
		{"scroll by one of a held key", 120, down, []string{"j", "j", "j", "j", "j", "j", "j", "j", "j", "j"}, nil},
		{"page down", 120, down, []string{"ctrl+d"}, nil},
		{"page down, rows alone", 100, down, []string{"ctrl+d"}, nil},
		{"mark", 120, nil, []string{" "}, nil},
		{"sort", 120, nil, []string{"s"}, nil},
		{"a letter of the filter", 120, []string{"/"}, []string{"e"}, []string{"backspace"}},
		{"a letter of a name in the form", 120, []string{"e"}, []string{"x"}, nil},
		{"a letter more of it", 120, []string{"e", "x"}, []string{"x"}, nil},
		{"open an image", 120, nil, []string{"enter"}, []string{"esc"}},
		{"back from it", 120, []string{"enter"}, []string{"esc"}, []string{"enter"}},
		{"open the form", 120, nil, []string{"e"}, []string{"esc"}},
		{"back from it to the list", 120, []string{"e"}, []string{"esc"}, []string{"e"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			m, _, _ := still(b, 1000, c.width, "0")
			for _, k := range c.before {
				m.Press(k)
			}
			m.Silence(resting)
			var count counted
			for b.Loop() {
				count.change(m, len(c.keys), func() { m.Press(c.keys...) })
				m.Press(c.after...)
				m.Silence(resting)
			}
			count.report(b)
		})
	}
}

// counted sums what changes cost.
type counted struct {
	changes, keys    int
	written, rested  int
	smallest, atRest int
}

// change counts what a change costs at once, and with what follows when all
// rests.
func (c *counted) change(m *terminal.Terminal, keys int, happen func()) {
	from, before := len(m.Raw()), m.Seen()
	happen()
	for end := time.Now().Add(terminal.Timeout); len(m.Raw()) == from && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	m.Settle()
	written, after := len(m.Raw())-from, m.Seen()
	m.Silence(resting)
	rested := len(m.Raw()) - from
	c.changes, c.keys = c.changes+1, c.keys+keys
	c.written, c.rested = c.written+written, c.rested+rested
	if c.changes > 2 {
		c.smallest, c.atRest = c.smallest*c.changes/(c.changes-1), c.atRest*c.changes/(c.changes-1) // enough of them
		return
	}
	// The lower bound is no proof: what was written can be shorter.
	c.smallest += min(written, len(wire.Smallest(before, after)))
	c.atRest += min(rested, len(wire.Smallest(before, m.Seen())))
}

func (c *counted) report(b *testing.B) {
	b.Helper()
	each := func(n int) float64 { return float64(n) / float64(c.keys) }
	b.ReportMetric(0, "ns/op") // waiting, mostly
	b.ReportMetric(each(c.written), "bytes")
	b.ReportMetric(each(c.smallest), "smallest")
	if c.smallest > 0 {
		b.ReportMetric(float64(c.written)/float64(c.smallest), "ratio")
	}
	if c.rested != c.written {
		b.ReportMetric(each(c.rested), "rested-bytes")
		b.ReportMetric(float64(c.rested)/float64(c.atRest), "rested-ratio")
	}
}

// BenchmarkBytesOfNews is what comes by itself: a status that changes while
// someone watches, with its row, its announcement and the counts, and what
// it costs that row and announcement go back; a page of a list that is read.
func BenchmarkBytesOfNews(b *testing.B) {
	b.Run("a status that changes", func(b *testing.B) {
		m, _, url := still(b, 1000, 120, "1s")
		m.Press("/")
		m.Type("almalinux-10")
		m.Press("enter")
		m.WaitFor("● active")
		m.Press("j")
		m.Silence(resting)
		id := selected(b, url, "almalinux-10")
		verb, end := "deactivate", "went active"
		var count, later counted
		for b.Loop() {
			count.change(m, 1, func() {
				act(b, url+"/v2/images/"+id+"/actions/"+verb)
				m.WaitFor(end)
			})
			later.change(m, 1, func() { m.WaitGone(end) })
			if verb == "deactivate" {
				verb, end = "reactivate", "went deactivated"
			} else {
				verb, end = "deactivate", "went active"
			}
		}
		count.report(b)
		b.ReportMetric(float64(later.rested)/float64(later.changes), "later-bytes")
	})
	b.Run("a page of a list", func(b *testing.B) {
		for b.Loop() {
			_, url := serve(b, demo.Options{Still: true, Images: 3000, Latency: 100 * time.Millisecond})
			m := terminal.Start(b, 120, 40, command(b, url, "--refresh", "0"))
			m.WaitFor("NAME", " of ?")
			m.Silence(50 * time.Millisecond)
			from := len(m.Raw())
			m.WaitFor("3,000 images")
			m.Settle()
			b.ReportMetric(float64(len(m.Raw())-from)/30, "bytes/page")
		}
	})
}

// selected is the id of the image of that name.
func selected(t testing.TB, url, name string) string {
	t.Helper()
	answer, err := http.Get(url + "/v2/images?name=" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text := make([]byte, 1<<16)
	n, _ := answer.Body.Read(text)
	_, id, _ := strings.Cut(string(text[:n]), `"id": "`)
	if id == "" {
		_, id, _ = strings.Cut(string(text[:n]), `"id":"`)
	}
	id, _, _ = strings.Cut(id, `"`)
	return id
}

// act carries an action out as someone else.
func act(t testing.TB, url string) {
	t.Helper()
	answer, err := http.Post(url, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		t.Fatalf("%s: %s", url, answer.Status)
	}
}
