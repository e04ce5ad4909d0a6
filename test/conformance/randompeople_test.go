package conformance

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// Edits by users who are no administrators: of an image of their own project,
// and of someone else's, which they may see or not.

// ownEdits has an ordinary member edit images of the own project. What the
// policy refuses must have been warned of, and changes nothing.
func (e *editor) ownEdits(t *testing.T, seed uint64) {
	r := &trial{TB: t, at: e.at, who: Demo}
	r.places = places{"$mirror": e.server.mirror, "$run": fmt.Sprint("member-", seed)}
	defer r.clean()
	r.prepare(queued(nil))
	random := modeltest.New(seed, urlsOnMirror(e.server.mirror)...)
	base := e.get(r)
	for n := range editsPerImage {
		wanted := random.Wanted(base)
		if n == 0 {
			wanted = likeWanted(base, random.Image())
		}
		refusal := e.refusesMember(base, wanted)
		now, fault := e.edit(r, base, wanted)
		switch {
		case refusal == "" && fault != nil:
			t.Errorf("edit %d of seed %d: %s", n+1, seed, fault)
			return
		case refusal != "":
			if fault == nil || fault.kind != "server refuses" || !regexp.MustCompile(refusal).MatchString(fault.what[0]) {
				t.Errorf("edit %d of seed %d: expected a refusal for %s: %v", n+1, seed, refusal, fault)
				return
			}
			e.refused.Add(1)
			if !warned(e.rules.Check(base, wanted)) {
				t.Errorf("edit %d of seed %d: no warning of the refusal: %s", n+1, seed, fault)
			}
			now = e.get(r)
			for _, what := range unlike("before", object(r, base), object(r, now), false) {
				t.Errorf("edit %d of seed %d was refused, but %s", n+1, seed, what)
			}
		}
		base = now
	}
}

func warned(faults []model.Problem) bool {
	return slices.ContainsFunc(faults, func(f model.Problem) bool { return f.Warning })
}

// refusesMember is how the policy refuses an edit of an own image; "" where it
// does not. Which release removes locations for whom is a case of its own.
func (e *editor) refusesMember(base, wanted model.Image) string {
	const removal = "permissions/own image: a location removed"
	c := find(removal)
	patch, err := e.rules.Diff(base, wanted)
	switch {
	case err != nil:
		return ""
	case wanted.Visibility == model.Public && base.Visibility != model.Public:
		return "(?i)publi" // publicize_image, "make an image public"
	case patch.RemovesLocations() && Expected("permissions", c, e.server.name).Status == http.StatusForbidden:
		return "administrator may remove"
	}
	return ""
}

// strangers are images of the administrator, and what their edit by another
// project is answered with.
var strangers = []struct {
	visibility model.Visibility
	member     bool
	code       int
}{
	{model.Private, false, http.StatusNotFound},
	{model.Shared, false, http.StatusNotFound},
	{model.Shared, true, http.StatusForbidden},
	{model.Community, false, http.StatusForbidden},
	{model.Public, false, http.StatusForbidden},
}

// foreignEdits has another project edit the administrator's images.
func (e *editor) foreignEdits(t *testing.T, seed uint64) {
	kind := strangers[seed%uint64(len(strangers))]
	r := &trial{TB: t, at: e.at, who: Admin}
	r.places = places{"$mirror": e.server.mirror, "$run": fmt.Sprint("stranger-", seed)}
	defer r.clean()
	r.findProjects()
	made := active(J{"visibility": string(kind.visibility)})
	if seed%2 == 0 {
		made = uploaded(J{"visibility": string(kind.visibility)})
	}
	for _, c := range made {
		r.prepare(c)
	}
	if kind.member {
		r.prepare(share(r.places["$demo"]))
	}
	random := modeltest.New(seed, urlsOnMirror(e.server.mirror)...)
	base := r.read(r.places["$image"])
	image := imageOf(r, base)
	for n := range editsPerImage {
		patch, err := e.rules.Diff(image, random.Wanted(image))
		if err != nil {
			t.Fatal(err)
		}
		if len(patch) == 0 {
			continue
		}
		e.edits.Add(1)
		e.operations.Add(int64(len(patch)))
		_, _, err = e.client.Patch(t.Context(), image.ID, patch)
		refusal, ok := errors.AsType[*api.Failure](err)
		if !ok || refusal.Exchange.Code != kind.code {
			t.Errorf("edit %d of seed %d, of a %s image (a member: %t): %v, want %d\nby %s", n+1, seed, kind.visibility, kind.member, err, kind.code, patch.JSON())
			return
		}
		e.refused.Add(1)
		if now := r.read(image.ID); text(now) != text(base) {
			t.Errorf("edit %d of seed %d was refused, but the image is %s, was %s", n+1, seed, text(now), text(base))
		}
	}
	if seed%2 == 0 {
		r.checkData(someData)
	}
}

func imageOf(r *trial, value any) (image model.Image) {
	r.Helper()
	if err := image.UnmarshalJSON([]byte(text(value))); err != nil {
		r.Fatal(err)
	}
	return image
}
