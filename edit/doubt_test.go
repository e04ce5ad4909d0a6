package edit

import (
	"errors"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// What a failure leaves open decides whether the image is looked at before
// anything else happens.
func TestDoubt(t *testing.T) {
	name := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "x"}}
	data := patch.Patch{{Op: patch.OpRemove, Path: "/locations/0"}}
	for _, tt := range []struct {
		kind                          api.FailureKind
		code                          int
		doubtful, deletes, unanswered bool // deletes: doubtful where the patch removes locations
	}{
		{api.FailedAnswerLost, 0, true, true, true},
		{api.FailedAnswerLost, 200, true, true, true},
		{api.FailedAnswerLost, 502, true, true, true},
		{api.FailedReadOnlyMode, 0, false, false, true},
		{api.FailedConfigured, 0, false, false, true},
		{api.FailedConfigured, 302, true, true, false},
		{api.FailedConfigured, 400, false, true, false},
		{api.FailedNetwork, 0, true, true, true},
		{api.FailedNotAnImage, 399, true, true, false},
		{api.FailedBadRequest, 400, false, true, false},
		{api.FailedConflict, 409, false, true, false},
		{api.FailedBadRequest, 499, false, true, false},
		{api.FailedServer, 500, true, true, false},
		{api.FailedServer, 501, true, true, true},
		{api.FailedServer, 503, true, true, true},
	} {
		f := &api.Failure{Kind: tt.kind}
		f.Exchange.Code = tt.code
		if got := Doubtful(f, name); got != tt.doubtful {
			t.Errorf("%s %d: doubtful %t", tt.kind, tt.code, got)
		}
		if got := Doubtful(f, data); got != tt.deletes {
			t.Errorf("%s %d, with data to be deleted: doubtful %t", tt.kind, tt.code, got)
		}
		if got := Unanswered(f); got != tt.unanswered {
			t.Errorf("%s %d: unanswered %t", tt.kind, tt.code, got)
		}
	}
	of := &api.Failure{Doing: "try"}
	if AsFailure(errors.Join(errors.New("x"), of)) != of {
		t.Error("a failure is replaced by another one")
	}
	if f := AsFailure(errors.New("x")); f == nil || f.Detail != "x" || f.Doing == "" || f.Err == nil {
		t.Errorf("%+v", f)
	}
}

// A plan that is refused is never sent, whatever else it holds.
func TestARefusedPlanIsNotSent(t *testing.T) {
	p := NewPlan(active(), with(active(), rename), rules.Rules{}, false)
	if !p.Sendable() {
		t.Fatal("a new name cannot be sent")
	}
	p.Refusal = &model.Refusal{}
	if p.Sendable() {
		t.Error("what is refused can be sent")
	}
}

// A plan says what becomes of the image, and how much of it can be undone.
func TestWhatAPlanPredicts(t *testing.T) {
	located := with(queued(), func(i *model.Image) {
		i.DiskFormat, i.ContainerFormat = model.Some("raw"), model.Some("bare")
		i.Locations = []model.Location{{URL: "http://mirror.example/x"}}
	})
	one := active()
	one.Locations = one.Locations[:1]
	for name, tt := range map[string]struct {
		base, wanted      model.Image
		status            model.Status
		changes, undoable int
		lost              bool
	}{
		"a name":            {active(), with(active(), rename), model.StatusActive, 1, 1, false},
		"a name, shared":    {active(), with(with(active(), rename), publish), model.StatusActive, 2, 2, false},
		"the first data":    {with(queued(), func(*model.Image) {}), located, model.StatusActive, 3, 0, true},
		"data that is gone": {active(), with(active(), dropFirstData), model.StatusActive, 1, 0, true},
	} {
		p := NewPlan(tt.base, tt.wanted, rules.Rules{}, false)
		if p.Status != tt.status || p.Changes != tt.changes || p.Undoable > tt.changes || !tt.lost && p.Undoable != tt.undoable || tt.lost != (len(p.Lost) > 0) {
			t.Errorf("%s: %s, %d changes, %d of them undoable, lost %q", name, p.Status, p.Changes, p.Undoable, p.Lost)
		}
		if tt.lost && p.Undoable >= tt.changes {
			t.Errorf("%s: all of it would be undone", name)
		}
	}
}

// Locations that are hidden now are those that an earlier reading showed: an edit
// of something else neither loses them nor takes them for removed.
func TestHiddenLocationsAreRecalled(t *testing.T) {
	base := active()
	hidden := with(base, func(i *model.Image) {
		i.Locations, i.LocationsShown, i.LocationsWithheld = nil, false, true
	})
	e := Onto(base, with(base, rename), hidden, rules.Rules{}, Options{})
	if e.state == Deciding || len(e.conflicts) > 0 {
		t.Fatalf("hidden locations are a conflict: %v", e.conflicts)
	}
	if p := e.plan; len(p.Patch) != 1 || p.Patch[0].Path != "/name" || !p.Base.LocationsShown || len(p.Base.Locations) != len(base.Locations) {
		t.Errorf("%+v", p.Patch)
	}
	e = Onto(base, with(base, dropFirstData), hidden, rules.Rules{}, Options{})
	if p := e.plan; p.Sendable() || p.Refusal == nil && e.state != Deciding {
		t.Errorf("an edit of hidden locations: %s, %+v, %v", p.Patch.JSON(), p.Refusal, e.state)
	}
}
