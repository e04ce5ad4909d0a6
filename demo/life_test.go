package demo_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
)

// history watches a service for a while and notes each image's statuses.
func history(a apiClient, clock *demotest.Clock, d time.Duration) map[string][]model.Status {
	seen := make(map[string][]model.Status)
	for range int(d / time.Second) {
		for _, i := range a.list("limit=1000").Images {
			statuses := seen[i.ID]
			if len(statuses) == 0 || statuses[len(statuses)-1] != i.Status {
				seen[i.ID] = append(statuses, i.Status)
			}
		}
		clock.Advance(time.Second)
	}
	return seen
}

func TestImagesChangeByThemselves(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now})
	begin := len(a.list("limit=1000").Images)
	var upload, download, failure, staged, settled bool
	for _, statuses := range history(a, clock, 5*time.Minute) {
		upload = upload || slices.Equal(statuses, []model.Status{model.StatusQueued, model.StatusSaving, model.StatusActive})
		download = download || slices.Equal(statuses, []model.Status{model.StatusQueued, model.StatusImporting, model.StatusActive})
		failure = failure || slices.Equal(statuses, []model.Status{model.StatusQueued, model.StatusImporting, model.StatusQueued})
		staged = staged || slices.Equal(statuses, []model.Status{
			model.StatusQueued, model.StatusUploading, model.StatusImporting, model.StatusActive})
		settled = settled || slices.Equal(statuses, []model.Status{model.StatusUploading, model.StatusImporting, model.StatusActive})
	}
	if !upload || !download || !failure || !staged || !settled {
		t.Errorf("seen: an upload %v, a download %v, one that fails %v, a staged import %v, one of the data set %v",
			upload, download, failure, staged, settled)
	}
	// Old builds go, so that there is no end of them.
	history(a, clock, 4*time.Minute)
	nightlies := 0
	all := a.list("limit=1000")
	for _, i := range all.Images {
		if slices.Contains(i.Tags, "nightly") && strings.Contains(i.Name.Value, "-2026") {
			nightlies++
		}
	}
	if nightlies == 0 || nightlies > 4 || len(all.Images) > begin+5 {
		t.Errorf("%d builds, %d images at first, %d now", nightlies, begin, len(all.Images))
	}
}

func TestAnImportIsUnderWayAtTheStart(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now})
	moving := a.list("status=in:saving,importing&limit=1000")
	if len(moving.Images) < 3 {
		t.Errorf("moving at the start: %q", moving.names())
	}
	for _, i := range moving.Images {
		if i.Status == model.StatusImporting {
			var tasks struct{ Tasks []map[string]any }
			a.get("/v2/images/" + i.ID + "/tasks").want(200).decode(&tasks)
			if _, named := i.Extra["os_glance_import_task"]; !named {
				t.Errorf("%s is importing without a task", i.Name.Value)
			}
		}
	}
}

func TestStillImagesStay(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now, Still: true})
	before := a.get("/v2/images?limit=1000&visibility=all").body
	clock.Advance(48 * time.Hour)
	if after := a.get("/v2/images?limit=1000&visibility=all").body; string(after) != string(before) {
		t.Error("a still service changed")
	}
	again := open(t, demo.Options{Now: demotest.NewClock().Now, Still: true})
	if other := again.get("/v2/images?limit=1000&visibility=all").body; string(other) != string(before) {
		t.Error("another still service at the same time shows other images")
	}
	id := a.ready("one")
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"web-download","uri":"http://mirror/f1.raw"}}`).want(202)
	clock.Advance(10 * time.Second)
	if s := a.show(id).Status; s != model.StatusActive {
		t.Errorf("a client's import in a still service: %s", s)
	}
}

func TestALongSilenceIsNotCaughtUp(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now})
	a.list("")
	clock.Advance(365 * 24 * time.Hour)
	begin := time.Now()
	newest := a.list("limit=1").Images[0]
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("the first request after a year took %v", took)
	}
	if age := clock.Now().Sub(newest.CreatedAt); age > 2*time.Minute {
		t.Errorf("the newest image is %v old", age)
	}
}

func TestAnEditDuringAnUploadIsLost(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Now: clock.Now})
	saving := a.list("status=saving&name=debian-13-nightly-arm64").Images
	if len(saving) != 1 {
		t.Fatalf("%d images", len(saving))
	}
	a.patch(saving[0].ID, `[{"op":"replace","path":"/name","value":"lost"}]`).want(200)
	clock.Advance(time.Minute)
	if got := a.show(saving[0].ID); got.Status != model.StatusActive || got.Name != saving[0].Name {
		t.Errorf("%s %q", got.Status, got.Name.Value)
	}
}
