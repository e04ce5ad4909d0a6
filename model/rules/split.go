package rules

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Why an edit that deletes data stays one request all the same: ends of a
// sentence.
const (
	togetherFull    = "the list of locations is full, so the removal must make room first"
	togetherBuilt   = "its other operations build on the removal"
	togetherRefused = "the server refuses it either way"
)

// Split parts an edit so that no refusal can cost data. The server deletes the
// data of a removed location at once and does not bring it back when a later
// operation, or a check at the very end such as the quota of properties, fails
// (measured). So what deletes data, which is what Explain marks with
// [explain.HazardDeletesData], goes into a second request, to be sent only after the
// first was accepted; there it is alone. The first never deletes data: a
// refusal of it changes nothing.
//
// An edit that adds a location by API 2.17's call is parted as well, see
// [Rules.LocationCall].
//
// There are two requests only where p deletes data and does something else,
// too. Both are sent one after another to the image before; the result is the
// one that p has. What names a place in the list of locations is counted again.
//
// together is empty unless p would have to be parted and cannot be; it says
// why, as the end of a sentence.
func (r Rules) Split(before model.Image, p patch.Patch) (requests []patch.Patch, together string) {
	whole := []patch.Patch{p}
	if parts, is := r.partCall(before, p); is {
		return parts, ""
	}
	deletes := r.DeletesData(before, p)
	if !slices.Contains(deletes, true) || !slices.Contains(deletes, false) {
		return whole, ""
	}
	r = r.WithoutOthers()
	after, err := r.Apply(before, p)
	if err != nil {
		return whole, togetherRefused
	}
	first, together := r.sparing(p, deletes, len(before.Locations))
	if together != "" {
		return whole, together
	}
	between, err := r.Apply(before, first)
	if err != nil {
		var refused *patch.Rejection
		if errors.As(err, &refused) && refused.Code == http.StatusRequestEntityTooLarge {
			return whole, togetherFull
		}
		return whole, togetherBuilt
	}
	second, err := r.Diff(between, after)
	if err != nil || slices.Contains(r.DeletesData(before, first), true) || slices.Contains(r.DeletesData(between, second), false) {
		return whole, togetherBuilt
	}
	if got, err := r.Apply(between, second); err != nil || !bytes.Equal(jsontext.MustEncode(got), jsontext.MustEncode(after)) {
		return whole, togetherBuilt
	}
	return []patch.Patch{first, second}, ""
}

// MayFollow reports whether the request that comes after a first one may be
// sent. It names locations by their place in the list: now, the image as it
// was read after first was accepted for before, must have the very list that
// was predicted. Otherwise someone else changed it, or the server sorts its
// locations, and another location's data would be deleted. Where a call for a
// location follows, the image must be queued still, with both formats.
func (r Rules) MayFollow(before model.Image, first patch.Patch, now model.Image) bool {
	predicted, err := r.WithoutOthers().Apply(before, first)
	if r.CallsForLocations(before) {
		return err == nil && r.mayCall(now)
	}
	return err == nil && now.ShowsLocations() && pairing.SameLocationLists(predicted.Locations, now.Locations)
}

// Stages are the images that the requests of an edit find when they are sent
// one after another: before, then what the first makes of it, and so on; as
// many as there are requests. One that is certain to be refused changes nothing.
func (r Rules) Stages(before model.Image, requests []patch.Patch) []model.Image {
	r = r.WithoutOthers()
	stages := make([]model.Image, len(requests))
	for n, p := range requests {
		stages[n] = before
		if after, err := r.Apply(before, p); err == nil {
			before = after
		}
	}
	return stages
}

// WithoutOthers are the rules that a patch can be followed by, without asking
// what others decide: the host of a URL, and the policy on roles.
func (r Rules) WithoutOthers() Rules {
	r.CheckLocation, r.RolesKnown = nil, false
	return r
}

// DeletesData says of each operation whether it deletes data.
func (r Rules) DeletesData(before model.Image, p patch.Patch) []bool {
	deletes := make([]bool, len(p))
	w := r.Walk(before)
	for n, o := range p {
		deletes[n] = slices.ContainsFunc(w.removed(patch.Decode(o)), model.Location.HoldsData)
		_ = w.Advance(o) // what is refused deletes nothing
	}
	return deletes
}

// sparing is the patch without the operations that delete data. The locations
// that those take away stay in the list, so the places that the others name
// are counted again. That is no help, and together says why, where the list is
// sent whole after a removal: it names just what is left.
func (r Rules) sparing(p patch.Patch, deletes []bool, locations int) (out patch.Patch, together string) {
	l := make(sparedList, locations)
	for n, o := range p {
		e := patch.Decode(o)
		switch {
		case e.Name != "locations":
		case deletes[n] && o.Op == patch.OpReplace:
			l.sparedAll()
			continue
		case deletes[n]:
			l[l.place(e.At, -1)] = true
			continue
		case o.Op == patch.OpReplace:
			if slices.Contains(l, true) {
				if exceeds(len(l), r.limits().Locations) {
					return nil, togetherFull
				}
				return nil, togetherBuilt
			}
			list, _ := e.Locations()
			l = make(sparedList, len(list))
		case o.Op == patch.OpAdd:
			at := l.place(e.At, 0)
			o.Path = l.path(o.Path, at)
			l = slices.Insert(l, at, false)
		case o.Op == patch.OpRemove:
			at := l.place(e.At, -1)
			o.Path = l.path(o.Path, at)
			l = slices.Delete(l, at, at+1)
		}
		out = append(out, o)
	}
	return out, ""
}

// sparedList is the list of locations as the request without the removals
// makes it: true for a location that the whole patch has taken away by then.
type sparedList []bool

// place finds the place in the list that the patch names by a token, counting
// only what the patch left. "-" is the end; -1 as beyond makes that the last
// location, 0 the place behind it.
func (l sparedList) place(token string, beyond int) int {
	left := 0
	for _, gone := range l {
		if !gone {
			left++
		}
	}
	wanted, _ := LocationIndex(token, left+beyond)
	for at, gone := range l {
		switch {
		case gone:
		case wanted == 0:
			return at
		default:
			wanted--
		}
	}
	return len(l)
}

func (l sparedList) sparedAll() {
	for n := range l {
		l[n] = true
	}
}

// path is the path of a place, given what the patch calls it.
func (l sparedList) path(called string, at int) string {
	if !slices.Contains(l, true) || at == len(l) {
		return called // the same in both lists: so is "-", and what is beyond the end
	}
	return "/locations/" + strconv.Itoa(at)
}
