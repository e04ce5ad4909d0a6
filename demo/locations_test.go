package demo_test

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
)

// TestLocationCalls are the parts that no conformance case holds: the task, and
// what others see of it.
func TestLocationCalls(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, HideLocations: true, LocationCalls: true, Now: clock.Now}).admin()
	id := a.create(`{"disk_format":"raw","container_format":"bare"}`)
	path := "/v2/images/" + id + "/locations"
	a.post(path, `{"url":"http://mirror.example/f17.raw"}`).want(202)
	if i := a.show(id); i.Status != model.StatusQueued || !i.TaskAtWork() {
		t.Errorf("while the task runs: %s, at work: %t", i.Status, i.TaskAtWork())
	}
	clock.Advance(time.Second)
	if i := a.show(id); i.Status != model.StatusActive || i.TaskAtWork() || i.LocationsShown {
		t.Errorf("afterwards: %s, at work: %t, locations shown: %t", i.Status, i.TaskAtWork(), i.LocationsShown)
	}
	var tasks struct {
		Tasks []struct{ Type, Status string }
	}
	a.get("/v2/images/" + id + "/tasks").want(200).decode(&tasks)
	if len(tasks.Tasks) != 1 || tasks.Tasks[0].Type != "location_import" || tasks.Tasks[0].Status != "success" {
		t.Errorf("tasks %+v", tasks)
	}
	var list []model.Location
	a.get(path).want(200).decode(&list)
	if len(list) != 1 || list[0].URL != "http://mirror.example/f17.raw" || list[0].Metadata["store"] != "web" {
		t.Errorf("locations %v", list)
	}
}

func TestLocationCallsAreAnOption(t *testing.T) {
	a := open(t, demo.Options{Empty: true}).admin()
	id := a.create(`{"disk_format":"raw","container_format":"bare"}`)
	a.post("/v2/images/"+id+"/locations", `{"url":"http://mirror.example/f17.raw"}`).want(404)
	a.get("/v2/images/" + id + "/locations").want(404)
}

// TestLocationCallOfADeletedImage: the task finds nothing to write to.
func TestLocationCallOfADeletedImage(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, LocationCalls: true, Now: clock.Now}).admin()
	id := a.create(`{"disk_format":"raw","container_format":"bare"}`)
	a.post("/v2/images/"+id+"/locations", `{"url":"http://mirror.example/f17.raw"}`).want(202)
	a.delete("/v2/images/" + id).want(204)
	clock.Advance(time.Second)
	a.get("/v2/images/" + id).want(404)
}
