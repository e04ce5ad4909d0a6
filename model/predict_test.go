package model

import "testing"

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
		release Release
		before  Image
		patch   string
		want    Status
	}{
		{"nothing", ReleaseCurrent, fedora(t), ``, StatusQueued},
		{"a name", ReleaseCurrent, fedora(t), name, StatusQueued},
		{"the first location", ReleaseCurrent, fedora(t), format + `,` + add, StatusActive},
		{"the first list", ReleaseCurrent, fedora(t), format + `,` + whole, StatusActive},
		{"a location without formats", ReleaseCurrent, fedora(t), add, StatusQueued},
		{"one more location", ReleaseCurrent, stored(t), add, StatusActive},
		{"a removal", ReleaseCurrent, stored(t), first, StatusActive},
		{"no location left", ReleaseCurrent, stored(t), empty, StatusActive},
		{"no location left, 2015", Release2015, stored(t), empty, StatusQueued},
		{"one by one, 2015", Release2015, stored(t), first + `,` + first + `,` + first, StatusQueued},
		{"gone and come, 2015", Release2015, stored(t), empty + `,` + add, StatusActive},
		{"none from none, 2015", Release2015, fedora(t), empty, StatusQueued},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := RulesFor(c.release).Predict(c.before, patchOf(t, `[`+c.patch+`]`)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	saving := stored(t)
	saving.Status = StatusSaving
	if got := (Rules{}).Predict(saving, patchOf(t, `[`+name+`,`+add+`]`)); got != StatusSaving {
		t.Errorf("saving becomes %s", got)
	}
}
