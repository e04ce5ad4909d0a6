package conformance

import (
	"errors"
	"net/http"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

// refusedEdit is an edit that takes data in the file store away, together with
// something that the server refuses.
type refusedEdit struct {
	name string
	// meanwhile is what somebody else does after the image was read.
	meanwhile []Call
	change    func(*model.Image)
	code      int
}

var refusedEdits = []refusedEdit{
	{
		name:      "a property that somebody removed meanwhile",
		meanwhile: given(patch(remove("/p"))),
		change:    func(i *model.Image) { i.Properties["p"] = model.Some("y") },
		code:      http.StatusConflict,
	},
	{
		name: "a new location that cannot be read",
		change: func(i *model.Image) {
			i.Locations = append(i.Locations, model.Location{URL: i.Locations[0].URL + "/nosuch", Metadata: map[string]any{}})
		},
		code: http.StatusBadRequest,
	},
	{
		name:      "deactivated meanwhile",
		meanwhile: given(action("deactivate")),
		change:    func(*model.Image) {},
		code:      http.StatusConflict,
	},
	{
		name:      "another order, after somebody added a location",
		meanwhile: given(located("f3")),
		change: func(i *model.Image) {
			i.Locations[0], i.Locations[1] = i.Locations[1], i.Locations[0]
		},
		code: http.StatusBadRequest,
	},
	{
		name:   "more tags than the server takes, which the program cannot know",
		change: func(i *model.Image) { i.Tags = manyTags(129) },
		code:   http.StatusRequestEntityTooLarge,
	},
}

// TestRefusedEditCostsNoData puts a removal from the file store into one edit
// with something that fails: the data must be there afterwards. (What the
// server itself does to a patch in another order is in the group "atomic".)
func TestRefusedEditCostsNoData(t *testing.T) {
	t.Run("demo", func(t *testing.T) { refuseEdits(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { refuseEdits(t, realServer(t)) })
}

func refuseEdits(t *testing.T, s *server) {
	at := s.need(t, Main)
	member := at.connect(t, Admin)
	for _, c := range refusedEdits {
		t.Run(c.name, func(t *testing.T) {
			r := &trial{TB: t, at: at, who: Admin}
			r.places = places{"$mirror": s.mirror, "$run": "removal"}
			defer r.clean()
			r.findProjects()
			for _, call := range given(uploaded(J{"p": "x"}), located("f1", "f2")) {
				r.prepare(call)
			}
			base, err := member.Get(t.Context(), r.places["$image"])
			if err != nil {
				t.Fatal(err)
			}
			for _, call := range c.meanwhile {
				r.prepare(call)
			}
			wanted := base.Clone()
			wanted.Locations = wanted.Locations[1:] // the data goes
			c.change(&wanted)
			// The program would know a quota of the usual size.
			edit, err := model.Rules{Limits: model.Limits{Tags: -1}}.Diff(base, wanted)
			if err != nil {
				t.Fatal(err)
			}
			if !edit.RemovesLocations() {
				t.Fatalf("%s removes nothing", edit.JSON())
			}
			_, _, err = member.Patch(t.Context(), base.ID, edit)
			refusal, ok := errors.AsType[*model.Failure](err)
			if !ok || refusal.Exchange.Code != c.code {
				t.Fatalf("%s is answered with %v, want %d", edit.JSON(), err, c.code)
			}
			r.checkData(someData)
		})
	}
}
