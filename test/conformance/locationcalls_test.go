package conformance

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/rules"
)

// TestHiddenLocation adds locations where they are hidden the program's way: a
// PATCH first, then the call, whose end the status tells.
func TestHiddenLocation(t *testing.T) {
	t.Run("demo", func(t *testing.T) { addHidden(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { addHidden(t, realServer(t)) })
}

func addHidden(t *testing.T, s *server) {
	if !Newer.Exists(s.name) {
		t.Skipf("%s has no calls for locations", s.name)
	}
	at := s.need(t, Newer)
	user := at.connect(t, Demo)
	if _, err := user.Versions(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		status     model.Status
		failed     bool
	}{
		{"a file", "/f17.raw", model.StatusActive, false},
		{"no file", "/nosuch", model.StatusQueued, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &trial{TB: t, at: at, who: Demo, circumstances: circumstances{places: places{"$run": "hidden"}}}
			defer r.clean()
			r.prepare(queued(J{"disk_format": nil}))
			base, now := r.addByCall(user, s.mirror+c.file)
			if now.Status != c.status || rules.CallFailed(now) != c.failed {
				t.Errorf("status %s, failed %t", now.Status, rules.CallFailed(now))
			}
			wanted := hiddenEdit(base, s.mirror+c.file)
			if became := merge.Compare(base, wanted, now); became.All() == c.failed {
				t.Errorf("became %+v", became)
			}
		})
	}
}

// hiddenEdit gives a format and a location.
func hiddenEdit(base model.Image, url string) model.Image {
	wanted := base.Clone()
	wanted.DiskFormat = model.Some("raw")
	wanted.Locations, wanted.LocationsShown = []model.Location{{URL: url}}, true
	return wanted
}

// addByCall carries such an edit out and waits for the end of its task.
func (r *trial) addByCall(user *client.Client, url string) (base, now model.Image) {
	r.Helper()
	rules := rules.ForSession(user.Session())
	read := func() model.Image {
		image, err := user.Get(r.Context(), r.places["$image"])
		if err != nil {
			r.Fatal(err)
		}
		return image
	}
	base = read()
	edit, err := rules.Diff(base, hiddenEdit(base, url))
	if err != nil {
		r.Fatal(err)
	}
	requests, _ := rules.Split(base, edit)
	if len(requests) != 2 {
		r.Fatalf("parted into %v", requests)
	}
	if _, _, err := user.Patch(r.Context(), base.ID, requests[0]); err != nil {
		r.Fatal(err)
	}
	between := read()
	if !rules.MayFollow(base, requests[0], between) {
		r.Fatal("the call may not follow")
	}
	l, is := rules.LocationCall(between, requests[1])
	if !is {
		r.Fatalf("%s is no call", requests[1].JSON())
	}
	if _, err := user.AddLocation(r.Context(), base.ID, l); err != nil {
		r.Fatal(err)
	}
	now = read()
	for end := time.Now().Add(timeout); now.TaskAtWork() && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		now = read()
	}
	return base, now
}
