package demo_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
)

// Many clients at once, while images change by themselves: nothing breaks, no
// list shows an image twice, and every answer is one that a lone client could
// get. It is the race detector that makes this worth running.
func TestManyClientsAtOnce(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now, Images: 300, ImportTime: time.Second})
	admin := a.admin()
	shared := admin.ready("everybody's")
	var clients sync.WaitGroup
	for n := range 6 {
		clients.Go(func() {
			me := admin
			if n%2 == 1 {
				me = a // without a token
			}
			for round := range 8 {
				id := me.ready(fmt.Sprintf("image %d of %d", round, n))
				me.patch(shared, fmt.Sprintf(`[{"op":"add","path":"/p%d","value":"%d"}]`, n, round)).want(200)
				me.put(fmt.Sprintf("/v2/images/%s/tags/t%d", shared, n), "").want(204)
				me.upload(id, "data").want(204)
				me.post("/v2/images/"+shared+"/members", fmt.Sprintf(`{"member":"m%d-%d"}`, n, round)).want(200)
				seen := make(map[string]bool)
				for next := "/v2/images?limit=50&visibility=all"; next != ""; {
					var p page
					me.get(next).want(200).decode(&p)
					for _, i := range p.Images {
						if seen[i.ID] {
							t.Errorf("%s is listed twice", i.ID)
						}
						seen[i.ID] = true
					}
					next = p.Next
				}
				if !seen[id] {
					t.Errorf("a list leaves the image %s out", id)
				}
				if s := me.show(id).Status; s != model.StatusActive {
					t.Errorf("an uploaded image is %s", s)
				}
				me.delete("/v2/images/" + id).want(204)
				clock.Advance(3 * time.Second)
			}
		})
	}
	clients.Wait()
	var members struct{ Members []any }
	a.get("/v2/images/" + shared + "/members").want(200).decode(&members)
	if len(members.Members) != 6*8 {
		t.Errorf("%d members", len(members.Members))
	}
}
