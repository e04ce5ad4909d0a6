package list

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// What it costs to watch 100,000 images: requests and bytes on the wire, heads
// and all, a minute. The clock is the test's, so that these do not depend on the
// machine. docs/performance.md has the table.
func TestWatchingAHundredThousandImages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads very many images")
	}
	c := newCloud(t, many)
	c.read(160, 41)
	if c.store.Live() != many || c.watch.Err() != nil {
		t.Fatalf("%d images, %v", c.store.Live(), c.watch.Err())
	}
	t.Logf("%-42s %v", "the whole list, once", cost{1, float64(c.wire.requests.Load()), float64(c.wire.bytes.Load())})
	c.pass(time.Minute)

	bound := func(what string, got cost, requests, kilobytes float64) {
		t.Helper()
		t.Logf("%-42s %v", what, got)
		if got.requests/got.minutes > requests || got.bytes/got.minutes > 1000*kilobytes {
			t.Errorf("%s: over %.1f requests or %.1f kB a minute", what, requests, kilobytes)
		}
	}
	attended := func(minutes int) (sum cost) {
		for range minutes {
			c.give(screen.Touched{})
			sum = sum.and(c.during(time.Minute))
		}
		return sum
	}

	quiet := attended(6)
	bound("quiet, the user there", quiet, 24.5, 400)
	c.give(screen.Touched{})
	c.pass(20 * time.Minute)
	bound("quiet, no one there for 20 minutes", c.during(30*time.Minute), 4.2, 68)
	c.give(screen.Touched{})

	// Someone renames an image each second, one after another.
	changed := 0
	c.looking = func() {
		for at := c.Now().Truncate(time.Second).Add(time.Second); !at.After(c.due); at = at.Add(time.Second) {
			c.until(at)
			c.rename(c.id(50+changed), fmt.Sprint("renamed-", changed))
			changed++
		}
	}
	bound("a change a second", attended(4), 25, 600)
	c.looking = func() {}
	c.pass(30 * time.Second)
	for n := range changed {
		if got := c.name(50 + n); got != fmt.Sprint("renamed-", n) {
			t.Fatalf("change %d of %d was missed: %q", n, changed, got)
		}
	}

	for n := range 500 {
		c.rename(c.id(1000+n), fmt.Sprint("bulk-", n))
	}
	bound("500 changes in one second, the minute after", attended(1), 25, 1700)
	bound("… and the minutes after that", attended(6), 24.5, 480)
	for n := range 500 {
		if got := c.name(1000 + n); got != fmt.Sprint("bulk-", n) {
			t.Fatalf("change %d of 500 was missed: %q", n, got)
		}
	}

	inSight := viewer{c.List}.VisibleRows()
	var gone []string
	for n, at := range inSight {
		if n%2 == 0 {
			gone = append(gone, c.store.ID(at))
		}
	}
	for n := len(gone); n < 200; n++ {
		gone = append(gone, c.id(many/20+many/250*n))
	}
	for _, id := range gone {
		c.delete(id)
	}
	bound("200 deleted, 20 of them visible", attended(2), 27, 420)
	for _, id := range gone[:(len(inSight)+1)/2] {
		if at, _ := c.store.Find(id); !c.store.Deleted(at) {
			t.Errorf("an image visible is still there")
		}
	}
	// One that is scrolled into sight.
	at, _ := c.store.Find(gone[150])
	c.move(rowOf(c.List, at))
	attended(1)
	if !c.store.Deleted(at) {
		t.Error("an image that came into sight is still there")
	}
	c.move(0)

	at = c.rows.shown[7]
	c.hide(c.store.ID(at))
	attended(3)
	if !c.store.Row(at).Hidden || c.store.Deleted(at) {
		t.Error("an image that was hidden is not known as hidden")
	}

	c.delay = 3 * time.Second
	attended(1)
	bound("a server that takes three seconds", attended(10), 2.1, 60)
	c.delay = 0
	attended(2)

	c.give(tea.BlurMsg{})
	bound("out of focus, the first five minutes", c.during(5*time.Minute), 4.2, 110)
	bound("out of focus after that", c.during(time.Hour), 0, 0)
	c.give(tea.FocusMsg{})
	if back := c.during(time.Second); back.requests != 2 {
		t.Errorf("%.0f requests when the focus is back", back.requests)
	}

	id := c.importing()
	img, err := c.ctx.Service.Get(t.Context(), id)
	if err != nil || !img.Status.Transitional() {
		t.Fatalf("%s %v", img.Status, err)
	}
	c.give(screen.Sent{Before: img, After: img, Asked: c.ctx.Ask()})
	bound("an edit of one's own changing", attended(5), 42, 420)
	c.Advance(time.Hour) // the import ends
	c.give(screen.Touched{})
	c.pass(time.Minute)
	if at, _ := c.store.Find(id); c.store.Status(at) != model.StatusActive {
		t.Errorf("the image is %s", c.store.Status(at))
	}
	bound("after it", attended(6), 24.5+confirmed, 400)
}

// importing makes an image that is being imported.
func (c *cloud) importing() string {
	const id = "5ad0a5f5-51f9-4e6e-9e0c-0a1c6b1c7e11"
	c.send("POST", "/v2/images", "application/json", `{"id":"`+id+`","name":"imported","disk_format":"raw","container_format":"bare"}`)
	c.send("PUT", "/v2/images/"+id+"/stage", "application/octet-stream", "data")
	c.send("POST", "/v2/images/"+id+"/import", "application/json", `{"method":{"name":"glance-direct"}}`)
	return id
}

func rowOf(l *List, at int32) int {
	for row, a := range l.rows.shown {
		if a == at {
			return row
		}
	}
	return -1
}
