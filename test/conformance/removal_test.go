package conformance

import (
	"errors"
	"net/http"
	"testing"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// refusedEdit is an edit that takes data in the file store away, together with
// something that the server refuses.
type refusedEdit struct {
	name string
	// meanwhile is what someone else does after the image was read.
	meanwhile []Call
	change    func(*model.Image)
	code      int
	// costly is an edit whose refusal costs the data unless it is parted.
	costly bool
}

var refusedEdits = []refusedEdit{
	{
		name:      "a property that someone removed meanwhile",
		meanwhile: given(patchCall(remove("/p"))),
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
		name:      "another order, after someone added a location",
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
	{
		name: "more properties than the server takes: counted after the removal",
		change: func(i *model.Image) {
			for name := range properties(128) {
				i.Properties[name] = model.Some("x")
			}
		},
		code:   http.StatusRequestEntityTooLarge,
		costly: true,
	},
}

// TestRefusedEditCostsNoData puts a removal from the file store into one edit
// with something that fails: the data must be there afterwards, whether the
// edit is sent in one request or parted as the program offers it. (What the
// server itself does to a patch in another order is in the group "atomic".)
func TestRefusedEditCostsNoData(t *testing.T) {
	t.Run("demo", func(t *testing.T) { refuseEdits(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { refuseEdits(t, realServer(t)) })
}

func refuseEdits(t *testing.T, s *server) {
	at := s.need(t, Main)
	user := at.connect(t, Admin)
	for _, c := range refusedEdits {
		t.Run(c.name, func(t *testing.T) {
			if !c.costly {
				t.Run("in one request", func(t *testing.T) { c.run(t, s, user, false) })
			}
			t.Run("parted", func(t *testing.T) { c.run(t, s, user, true) })
		})
	}
}

// ungoverned is a program that does not know the server's quotas.
var ungoverned = rules.Rules{Limits: rules.Limits{Tags: -1, Properties: -1}}

func (c refusedEdit) run(t *testing.T, s *server, user *client.Client, parted bool) {
	r := &trial{TB: t, at: s.need(t, Main), who: Admin}
	r.places = places{"$mirror": s.mirror, "$run": "removal"}
	defer r.clean()
	for _, call := range given(uploaded(J{"p": "x"}), located("f1", "f2")) {
		r.prepare(call)
	}
	base, err := user.Get(t.Context(), r.places["$image"])
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range c.meanwhile {
		r.prepare(call)
	}
	wanted := base.Clone()
	wanted.Locations = wanted.Locations[1:] // the data goes
	c.change(&wanted)
	edit, err := ungoverned.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	if !edit.RemovesLocations() {
		t.Fatalf("%s removes nothing", edit.JSON())
	}
	requests := []patch.Patch{edit}
	if parted {
		requests, _ = ungoverned.Split(base, edit)
	}
	for _, request := range requests {
		if _, _, err = user.Patch(t.Context(), base.ID, request); err != nil {
			break
		}
	}
	refusal, ok := errors.AsType[*api.Failure](err)
	if !ok || refusal.Exchange.Code != c.code {
		t.Fatalf("%s is answered with %v, want %d", edit.JSON(), err, c.code)
	}
	r.checkData(someData)
}
