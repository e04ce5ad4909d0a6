package model

import "testing"

func TestCloneIsDeep(t *testing.T) {
	image := mustImage(t, `{"id":"1","tags":["a"],"locations":[{"url":"http://x","metadata":{"k":["v"]}}],"p":"1","self":"/x"}`)
	before := string(mustEncode(image))
	copied := image.Clone()
	copied.Tags[0] = "changed"
	copied.Locations[0].Metadata["k"].([]any)[0] = "changed"
	copied.Locations[0].URL = "changed"
	copied.Properties["p"] = Some("changed")
	copied.Extra["self"][0] = '!'
	if after := string(mustEncode(image)); after != before {
		t.Errorf("the original changed with its copy:\n%s\n%s", before, after)
	}
}
