package model_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

func TestCloneIsDeep(t *testing.T) {
	image := modeltest.MustImage(t, `{"id":"1","tags":["a"],"locations":[{"url":"http://x","metadata":{"k":["v"]}}],"p":"1","self":"/x"}`)
	before := string(jsontext.MustEncode(image))
	copied := image.Clone()
	copied.Tags[0] = "changed"
	copied.Locations[0].Metadata["k"].([]any)[0] = "changed"
	copied.Locations[0].URL = "changed"
	copied.Properties["p"] = model.Some("changed")
	copied.Extra["self"][0] = '!'
	if after := string(jsontext.MustEncode(image)); after != before {
		t.Errorf("the original changed with its copy:\n%s\n%s", before, after)
	}
}
