package rules_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

func TestPredict(t *testing.T) {
	const (
		format = `{"op":"replace","path":"/disk_format","value":"qcow2"}`
		add    = `{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{}}}`
		whole  = `{"op":"replace","path":"/locations","value":[{"url":"http://a/x","metadata":{}}]}`
		empty  = `{"op":"replace","path":"/locations","value":[]}`
		first  = `{"op":"remove","path":"/locations/0"}`
		name   = `{"op":"replace","path":"/name","value":"x"}`
	)
	for _, c := range []struct {
		name    string
		release api.Release
		before  model.Image
		patch   string
		want    model.Status
	}{
		{"nothing", api.ReleaseCurrent, modeltest.Fedora(t), ``, model.StatusQueued},
		{"a name", api.ReleaseCurrent, modeltest.Fedora(t), name, model.StatusQueued},
		{"the first location", api.ReleaseCurrent, modeltest.Fedora(t), format + `,` + add, model.StatusActive},
		{"the first list", api.ReleaseCurrent, modeltest.Fedora(t), format + `,` + whole, model.StatusActive},
		{"a location without formats", api.ReleaseCurrent, modeltest.Fedora(t), add, model.StatusQueued},
		{"one more location", api.ReleaseCurrent, modeltest.Stored(t), add, model.StatusActive},
		{"a removal", api.ReleaseCurrent, modeltest.Stored(t), first, model.StatusActive},
		{"no location left", api.ReleaseCurrent, modeltest.Stored(t), empty, model.StatusActive},
		{"no location left, 2015", api.Release2015, modeltest.Stored(t), empty, model.StatusQueued},
		{"one by one, 2015", api.Release2015, modeltest.Stored(t), first + `,` + first + `,` + first, model.StatusQueued},
		{"gone and come, 2015", api.Release2015, modeltest.Stored(t), empty + `,` + add, model.StatusActive},
		{"none from none, 2015", api.Release2015, modeltest.Fedora(t), empty, model.StatusQueued},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rules.For(c.release).Predict(c.before, rulestest.PatchOf(t, `[`+c.patch+`]`)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	saving := modeltest.Stored(t)
	saving.Status = model.StatusSaving
	if got := (rules.Rules{}).Predict(saving, rulestest.PatchOf(t, `[`+name+`,`+add+`]`)); got != model.StatusSaving {
		t.Errorf("saving becomes %s", got)
	}
}
