package demo_test

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
)

func TestQuirksOfThePatch(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	stores := func(i model.Image) string { return string(i.Extra["stores"]) }
	id := a.ready("one")
	// A property "stores" shows as long as there is no real one.
	a.patch(id, `[{"op":"replace","path":"/stores","value":"x"}]`).want(409)
	a.patch(id, `[{"op":"add","path":"/stores","value":"x"}]`).want(200)
	a.patch(id, `[{"op":"replace","path":"/stores","value":"y"}]`).want(200)
	if got := stores(a.show(id)); got != `"y"` {
		t.Errorf("stores %s", got)
	}
	a.upload(id, "data").want(204)
	if got := stores(a.show(id)); got != `"local"` {
		t.Errorf("stores of an active image %s", got)
	}
	if body := string(a.get("/v2/images/" + id).body); strings.Count(body, `"stores"`) != 1 {
		t.Errorf("stores stands there twice: %s", body)
	}
	a.patch(id, `[{"op":"remove","path":"/stores"}]`).want(200)
	a.patch(id, `[{"op":"remove","path":"/stores"}]`).want(409)

	// A location with an id is looked for, at the very end.
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(200)
	a.patch(id, `[{"op":"remove","path":"/locations/0"},{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f2.raw","metadata":{},"id":7}}]`).
		want(404).says("No location found with ID 7")
	wantStrings(t, "what is left", urls(a.show(id)), []string{"http://mirror/f1.raw"})

	// Tags are written last: an emoji among them is refused when all else is stored.
	a.patch(id, `[{"op":"replace","path":"/name","value":"two"},{"op":"replace","path":"/tags","value":["`+"\U0001F427"+`"]}]`).want(400)
	if got := a.show(id); got.Name != model.Some("two") || len(got.Tags) != 0 {
		t.Errorf("%q %q", got.Name.Value, got.Tags)
	}

	// In a path a tag's bytes are its letters.
	a.put("/v2/images/"+id+"/tags/%C3%A9", "").want(204)
	wantStrings(t, "tags", a.show(id).Tags, []string{"\u00c3\u00a9"})
	a.delete("/v2/images/" + id + "/tags/%C3%A9").want(204)
}
