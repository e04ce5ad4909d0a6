package explain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

func TestFailedOperation(t *testing.T) {
	const (
		name    = `{"op":"replace","path":"/name","value":"x"}`
		tags    = `{"op":"replace","path":"/tags","value":["x"]}`
		public  = `{"op":"replace","path":"/visibility","value":"public"}`
		owner   = `{"op":"replace","path":"/owner","value":"p2"}`
		format  = `{"op":"replace","path":"/disk_format","value":"raw"}`
		addP    = `{"op":"add","path":"/p","value":"1"}`
		setP    = `{"op":"replace","path":"/p","value":"1"}`
		dropP   = `{"op":"remove","path":"/p"}`
		addA    = `{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{}}}`
		addB    = `{"op":"add","path":"/locations/-","value":{"url":"http://b/x","metadata":{}}}`
		order   = `{"op":"replace","path":"/locations","value":[{"url":"http://mirror/f17.qcow2","metadata":{}}]}`
		empty   = `{"op":"replace","path":"/locations","value":[]}`
		first   = `{"op":"remove","path":"/locations/0"}`
		emoji   = `{"op":"add","path":"/e","value":"😀"}`
		general = "The resource could not be found."
	)
	for _, c := range []struct {
		patch  []string
		code   int
		detail string
		want   int
	}{
		{[]string{name, tags, setP}, 409, "Property p does not exist.", 2},
		{[]string{name, dropP, tags}, 409, "\nProperty p does not exist.\n\n", 1},
		{[]string{name, public, tags}, 403, "You are not authorized to complete publicize_image action.", 1},
		{[]string{name, owner}, 403, "Owner can't be updated by non admin.", 1},
		{[]string{format, name}, 403, "Attribute disk_format can be only replaced for a queued image.", 0},
		{[]string{name, addP}, 403, "Attribute 'p' is reserved.", 1},
		{[]string{name, tags}, 400, schemaText("tags", "'x' is too long"), 1},
		{[]string{name, emoji}, 400, "E can't contain 4 byte unicode characters.", 1},
		{[]string{name, addA}, 400, "Invalid location", 1},
		{[]string{addA, name, addB}, 400, "Invalid location", -1}, // either
		{[]string{addA, name, addB}, 400, "The Store URI was malformed.", -1},
		{[]string{addA, name, addB}, 400, "The location http://b/x already exists", 2},
		{[]string{name, order}, 400, "Original locations is not empty: [{}]", 1},
		{[]string{name, empty}, 403, "Cannot set locations to empty list.", 1},
		{[]string{first, first, first, name}, 403, "Cannot remove last location in the image.", 2},
		{[]string{addA, addB, first}, 403, "It's not allowed to add locations if locations are invisible.", 0},
		{[]string{name, addA, first}, 403, "You are not authorized to complete delete_image_location action.", 2},
		{[]string{name, addA, first}, 403, "You are not authorized to complete set_image_location action.", 1},
		{[]string{name, addA, first}, 409, "It's not allowed to remove locations if image status is queued.", 2},
		{[]string{name, tags, addP}, 413, "The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128", 1},
		{[]string{name, tags, addP}, 413, "The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128", -1},
		{[]string{addP, addP, dropP, dropP}, 409, "Property p does not exist.", 3},
		{[]string{name, tags}, 403, "You do not own this image", -1},
		{[]string{name}, 403, "You do not own this image", -1},
		{[]string{name}, 403, "You are not authorized to complete modify_image action.", -1},
		{[]string{name}, 404, general, -1},
		{[]string{name}, 401, "The request you have made requires authentication.", -1},
		{[]string{name}, 500, "The server has either erred or is incapable of performing the requested operation.", -1},
		{[]string{name}, 400, "Some text of a release to come", 0},
		{[]string{name, tags}, 400, "Some text of a release to come", -1},
		{[]string{name}, 200, "", -1},
		{nil, 400, "Invalid location", -1},
	} {
		p := rulestest.PatchOf(t, "["+strings.Join(c.patch, ",")+"]")
		if got := explain.FailedOperation((rules.Rules{}), modeltest.Stored(t), p, c.code, c.detail); got != c.want {
			t.Errorf("%s, %d %q: operation %d, want %d", p.JSON(), c.code, c.detail, got, c.want)
		}
	}
}

// What Apply predicts, FailedOperation finds from the answer's text and status alone.
func TestFailedOperationAgreesWithApply(t *testing.T) {
	broken := []patch.Operation{
		{Op: patch.OpRemove, Path: "/nothing"}, {Op: patch.OpReplace, Path: "/size", Value: int64(1)}, {Op: patch.OpRemove, Path: "/name"},
		{Op: patch.OpReplace, Path: "/name", Value: strings.Repeat("n", 256)}, {Op: patch.OpReplace, Path: "/min_disk", Value: int64(-1)},
		{Op: patch.OpAdd, Path: "/os_glance_x", Value: "1"}, {Op: patch.OpAdd, Path: "/new", Value: "\U0001f600"},
		{Op: patch.OpRemove, Path: "/locations/9"}, {Op: patch.OpReplace, Path: "/locations", Value: []model.Location{}},
		{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: "file:///etc/passwd"}},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{strings.Repeat("t", 256)}},
	}
	rapid.Check(t, func(r *rapid.T) {
		before := modeltest.LivedImage().Draw(r, "before")
		p, err := rules.Diff(before, modeltest.LivedEdit(r, before))
		if err != nil {
			r.Skip("no patch")
		}
		at := rapid.IntRange(0, len(p)).Draw(r, "at")
		bad := rapid.SampledFrom(broken).Draw(r, "broken")
		p = append(append(append(patch.Patch{}, p[:at]...), bad), p[at:]...)
		_, err = rules.Rules{}.Apply(before, p)
		var refused *patch.Rejection
		if !errors.As(err, &refused) {
			r.Fatalf("%s is not refused", p.JSON())
		}
		got := explain.FailedOperation(rules.Rules{}, before, p, refused.Code, refused.Message)
		either := got == -1 && refused.Message == "Invalid location"
		if got != refused.Index && !either {
			r.Errorf("%s: %d %s is about operation %d, got %d", p.JSON(), refused.Code, refused.Message, refused.Index, got)
		}
	})
}

func ExampleFailedOperation() {
	patch := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "x"}, {Op: patch.OpReplace, Path: "/visibility", Value: "public"}}
	fmt.Println(explain.FailedOperation(rules.Rules{}, model.Image{}, patch, 403, "You are not authorized to complete publicize_image action."))
	// Output: 1
}
