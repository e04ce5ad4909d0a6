package merge

import (
	"errors"
	"maps"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Invert is the undo: a patch for the image as it is after p, that makes
// it what it was before. What cannot come back is left out of it, and lost says
// so, a sentence each: data that is deleted, formats that are fixed by now, the
// last location. A location that p added and whose removal would delete data
// stays, too: the undo destroys nothing. before is the image before p.
//
// back is empty when there is nothing to undo, or nothing that can be.
func Invert(r rules.Rules, p patch.Patch, before model.Image) (back patch.Patch, lost []string) {
	known := r
	known.CheckLocation, known.RolesKnown = nil, false // the server took p, whoever sent it
	after, err := known.Apply(before, p)
	if err != nil {
		return nil, []string{"The server rejects the edit, so there is nothing to undo."}
	}
	return invert(r, p, before, after)
}

// invert is Invert where what p makes of the image is known already.
func invert(r rules.Rules, p patch.Patch, before, after model.Image) (back patch.Patch, lost []string) {
	wanted := before.Clone()
	wanted.Locations, lost = restorable(r, before, after)
	for _, a := range model.Attributes() {
		if a.Formats && after.Status != model.StatusQueued && !a.Same(&before, &after) {
			a.Copy(&wanted, &after)
			lost = append(lost, "The "+explain.LowerFirst(a.Label)+" stays "+a.Words(&after)+": it is fixed once the image has data.")
		}
	}
	for _, o := range p {
		if l, ok := patch.Decode(o).Location(); ok && r.AddsByCall(before, o) {
			lost = append(lost, "The location "+quote.BareURL(l.URL)+" stays: the server hides it, and no request takes it away.")
		}
	}
	wanted, more := Reachable(r, after, wanted)
	lost = append(lost, more...)
	back, _ = r.Diff(after, wanted)
	if status := r.Predict(after, back); status != before.Status {
		lost = append(lost, "The image stays "+string(status)+".")
	}
	return back, lost
}

// restorable is the list of locations that the undo can reach.
func restorable(r rules.Rules, before, after model.Image) (list []model.Location, lost []string) {
	pairs := pairing.Pair(before.Locations, after.Locations)
	for n, l := range before.Locations {
		if pairs.ToAfter[n] < 0 && l.HoldsData() {
			lost = append(lost, "The data of "+quote.BareURL(l.URL)+" is deleted and cannot come back.")
			continue
		}
		list = append(list, l.Clone())
	}
	for m, l := range after.Locations {
		if pairs.ToBefore[m] < 0 && l.HoldsData() {
			list = append(list, l.Clone())
			lost = append(lost, "The location "+quote.BareURL(l.URL)+" stays: to remove it would delete its data.")
		}
	}
	emptied := len(before.Locations) == 0 && r.EmptiesLocations()
	if len(list) > 0 || len(after.Locations) == 0 || emptied {
		return list, lost
	}
	keep := after.Locations[0]
	return []model.Location{keep.Clone()}, append(lost,
		"The location "+quote.BareURL(keep.URL)+" stays: an image keeps at least one.")
}

// Reachable takes out of the undo from the image now whatever no patch can
// say, and says so, a sentence each.
func Reachable(r rules.Rules, now, wanted model.Image) (reached model.Image, lost []string) {
	wanted = wanted.Clone()
	given := map[model.Field]bool{} // once each, or an image that contradicts itself has no end
	for {
		_, err := r.Diff(now, wanted)
		var refused *model.Refusal
		if !errors.As(err, &refused) {
			return wanted, lost
		}
		gaveUp := false
		for _, f := range refused.Problems {
			if !f.Warning && !given[f.Field] && giveUp(&wanted, now, f.Field) {
				gaveUp, given[f.Field] = true, true
				lost = append(lost, "What the edit made of "+f.Field.String()+" stays: "+strings.TrimSuffix(f.Text, ".")+".")
			}
		}
		if !gaveUp {
			return now.Clone(), append(lost, "No patch leads back: "+strings.TrimSuffix(refused.Error(), ".")+".")
		}
	}
}

// giveUp leaves a field as it is after the edit; false when it already is.
func giveUp(wanted *model.Image, after model.Image, field model.Field) bool {
	before := wanted.Clone()
	a, _ := model.AttributeNamed(field.Attr)
	value, found := after.Properties[field.Key]
	switch {
	case a.Settable():
		a.Copy(wanted, &after)
	case field.Attr == "locations":
		wanted.Locations, wanted.LocationsShown = model.CloneLocations(after.Locations), after.LocationsShown
	case field.Attr != "properties":
		return false
	case field.Key == "" && field.Part == "":
		wanted.Properties = maps.Clone(after.Properties)
	case found && wanted.Properties != nil:
		wanted.Properties[field.Key] = value
	case found:
		wanted.Properties = map[string]model.Opt[string]{field.Key: value}
	default:
		delete(wanted.Properties, field.Key)
	}
	return len(Changes(before, *wanted)) > 0
}
