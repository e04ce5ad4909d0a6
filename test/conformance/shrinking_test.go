package conformance

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
)

// attempts is how many smaller edits are tried on a server.
const attempts = 150

// shrink looks for a smaller edit that fails in the same way, each on an image
// of its own, and tells it.
func (e *editor) shrink(t testing.TB, p modeltest.Pair, fault *editFault) *editFault {
	t.Helper()
	e = &editor{server: e.server, at: e.at, client: e.client, rules: e.rules, spoil: e.spoil} // these do not count
	number := 0
	modeltest.Shrink(p, attempts, func(smaller modeltest.Pair) bool {
		number++
		got := e.again(t, smaller, number)
		if got == nil || got.kind != fault.kind {
			return false
		}
		fault = got
		return true
	})
	t.Logf("the smallest edit that fails so, of %d that were tried:\n%s", number, fault)
	return fault
}

// again makes another such image and edits it. It is nil where the edit does not
// fail, or no such image can be had.
func (e *editor) again(t testing.TB, p modeltest.Pair, number int) (fault *editFault) {
	a := &attempt{TB: t}
	r := &trial{TB: a, at: e.at, who: Admin}
	r.places = places{"$mirror": e.server.mirror, "$run": fmt.Sprint("shrinking-", number)}
	defer func() {
		r.clean()
		if thrown := recover(); thrown != nil && thrown != errAttempt {
			panic(thrown)
		}
	}()
	base, wanted := e.remake(r, p)
	if _, fault = e.edit(r, base, wanted); a.failed {
		return nil
	}
	return fault
}

// remake makes an image like the one before the edit, and moves the edit to it.
func (e *editor) remake(r *trial, p modeltest.Pair) (base, wanted model.Image) {
	r.prepare(image(J{"disk_format": orNil(p.Before.DiskFormat), "container_format": orNil(p.Before.ContainerFormat)}))
	onFile := slices.IndexFunc(p.Before.Locations, model.Location.HoldsData)
	if onFile >= 0 {
		r.prepare(upload(someData))
	}
	base = e.get(r)
	move := func(i model.Image) model.Image {
		i = i.Clone()
		if onFile >= 0 && len(base.Locations) > 0 {
			for n, l := range i.Locations {
				if l.URL == p.Before.Locations[onFile].URL {
					i.Locations[n].URL = base.Locations[0].URL
				}
			}
		}
		i.ID = "" // so that likeWanted gives it what the server sets
		return likeWanted(base, i)
	}
	patch, err := e.rules.Diff(base, move(p.Before))
	if err == nil && len(patch) > 0 {
		_, _, err = e.client.Patch(r.Context(), base.ID, patch)
	}
	if err != nil {
		r.Fatal(err) // there is no such image
	}
	base = e.get(r)
	return base, move(p.After)
}

func orNil(v model.Opt[string]) any {
	if !v.Set {
		return nil
	}
	return v.Value
}

// attempt is a test that may fail without any harm.
type attempt struct {
	testing.TB
	failed bool
}

var errAttempt = fmt.Errorf("the attempt came to nothing")

func (a *attempt) Helper()               {}
func (a *attempt) Errorf(string, ...any) { a.failed = true }
func (a *attempt) Error(...any)          { a.failed = true }
func (a *attempt) Fatalf(string, ...any) { panic(errAttempt) }
func (a *attempt) Fatal(...any)          { panic(errAttempt) }
func (a *attempt) Failed() bool          { return a.failed }

// TestFailuresShrink spoils what is sent, as a bug would: a patch loses its
// removals of properties. What fails of a large edit is a small one.
func TestFailuresShrink(t *testing.T) {
	s := demoServer(t)
	at := s.need(t, Main)
	var sent atomic.Int64
	e := &editor{server: s, at: at, client: at.connect(t, Admin)}
	e.rules = e.learnRules(t)
	e.spoil = func(p patch.Patch) patch.Patch {
		sent.Add(1)
		left := slices.DeleteFunc(slices.Clone(p), func(o patch.Operation) bool {
			return o.Op == patch.OpRemove && !strings.HasPrefix(o.Path, "/locations")
		})
		if len(left) == 0 {
			return patch.Patch{{Op: patch.OpReplace, Path: "/os_hidden", Value: false}}
		}
		return left
	}
	random := modeltest.New(4, urlsOnMirror(s.mirror)...)
	large := modeltest.Pair{Before: random.Image()}
	large.Before.Properties["gone"], large.Before.Properties["stays"] = model.Some("x"), model.Some("y")
	large.After = random.Wanted(random.Wanted(random.Wanted(large.Before)))
	delete(large.After.Properties, "gone")
	fault := e.again(t, large, 0)
	if fault == nil {
		t.Fatal("the spoilt edit does not fail")
	}
	small := e.shrink(t, large, fault)
	if small.kind != fault.kind || len(merge.Changes(small.pair.Before, small.pair.After)) != 1 ||
		len(small.pair.After.Properties) > 0 || len(small.pair.Before.Properties) > 1 || len(small.pair.Before.Tags) > 0 {
		t.Errorf("the smallest is\n%s", small)
	}
}
