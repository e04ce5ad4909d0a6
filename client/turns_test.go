package client

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/patch"
)

// crowd counts how many requests of each path are on at once.
type crowd struct {
	mu        sync.Mutex
	now, most map[string]int
	all, peak int // of all paths together
}

func (c *crowd) enter(path string) (leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now[path]++
	c.all++
	c.most[path], c.peak = max(c.most[path], c.now[path]), max(c.peak, c.all)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.now[path]--
		c.all--
	}
}

// However many edits of few images come at once, and whoever gives up waiting:
// of one image there is never more than one on its way, of several there are.
func TestNeverTwoEditsOfOneImageAtOnce(t *testing.T) {
	const images, editors, edits = 3, 12, 15
	seen := crowd{now: map[string]int{}, most: map[string]int{}}
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		leave := seen.enter(r.URL.Path)
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(2 * time.Millisecond) // what a server takes for it
		leave()
		switch rand.IntN(4) {
		case 0:
			hangUp(t, w)
		case 1:
			answerJSON(w, 409, `{"message":"no","code":"409 Conflict","title":"Conflict"}`)
		default:
			answerJSON(w, 200, imageJSON("a"))
		}
	})
	var all sync.WaitGroup
	for editor := range editors {
		all.Go(func() {
			for n := range edits {
				ctx, cancel := context.WithCancel(background())
				if editor%4 == 0 { // gives up before its turn comes
					ctx, cancel = context.WithTimeout(background(), time.Millisecond)
				}
				id := fmt.Sprint("image", (editor+n)%images)
				if editor%4 == 0 {
					// The server may still be at it, so only waiting may end.
					if done, err := c.writes.take(ctx, id); err == nil {
						done()
					}
				} else {
					_, _, _ = c.Patch(ctx, id, patch.Patch{{Op: patch.OpAdd, Path: fmt.Sprintf("/p%d", n), Value: "x"}})
				}
				cancel()
			}
		})
	}
	all.Wait()
	seen.mu.Lock() // a request that was given up may still be at the server
	defer seen.mu.Unlock()
	for path, most := range seen.most {
		if most != 1 {
			t.Errorf("%d at once of %s", most, path)
		}
	}
	if len(seen.most) != images || seen.peak < 2 {
		t.Errorf("of %d images, %d at once", len(seen.most), seen.peak)
	}
	if len(c.writes.taken) != 0 {
		t.Error("a turn was not given back")
	}
}
