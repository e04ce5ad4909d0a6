package merge_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

func TestErased(t *testing.T) {
	base := model.Image{Name: model.Some("a"), Tags: []string{"t"}, MinDisk: 1, Properties: map[string]model.Opt[string]{}}
	wanted := base.Clone()
	wanted.Name = model.Some("mine")
	seen := base.Clone()
	seen.Name, seen.MinDisk, seen.Tags = model.Some("theirs"), 5, []string{"t", "u"}
	seen.Properties["p"] = model.Some("1")
	got := wanted.Clone() // the edit wrote the whole image back

	erased, whole := merge.Overwrote(base, wanted, seen, got)
	if labels(erased) != "name tags min_disk p" {
		t.Errorf("erased: %v", erased)
	}
	if erased[2].Before != "1 GB" || erased[2].After != "5 GB" {
		t.Errorf("the wrong way round: %v", erased[2])
	}
	if whole.Name.Value != "theirs" || whole.MinDisk != 5 {
		t.Errorf("whole: %+v", whole)
	}

	got.MinDisk = 7 // someone's later edit
	got.Properties["p"] = model.Some("1")
	if erased, _ = merge.Overwrote(base, wanted, seen, got); labels(erased) != "name tags" {
		t.Errorf("erased: %v", erased)
	}
	if erased, _ = merge.Overwrote(base, wanted, base, wanted); len(erased) > 0 {
		t.Errorf("nothing was seen, yet erased is %v", erased)
	}
}

func TestErasedLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := oneEach(modeltest.LivedImage().Draw(r, "base"))
		wanted, seen := oneEach(modeltest.LivedEdit(r, base)), oneEach(modeltest.LivedEdit(r, base))
		if erased, _ := merge.Overwrote(base, wanted, wanted, wanted); len(erased) > 0 {
			r.Errorf("a reading of the edit itself: %v", erased)
		}
		// The edit came last and wrote all of it: whatever they changed to
		// something that we did not want is erased, and nothing else.
		erased, whole := merge.Overwrote(base, wanted, seen, wanted)
		if n := len(withoutServers(merge.Changes(wanted, whole))); n != len(erased) {
			r.Errorf("%d differ, erased %v", n, erased)
		}
		if erased, _ = merge.Overwrote(base, wanted, seen, whole); len(erased) > 0 {
			r.Errorf("both were applied, yet erased is %v", erased)
		}
	})
}

func ExampleOverwrote() {
	base := model.Image{Name: model.Some("Fedora 17"), MinDisk: 1}
	wanted := model.Image{Name: model.Some("Fedora 17 Server"), MinDisk: 1}
	seen := model.Image{Name: model.Some("Fedora 17"), MinDisk: 5}       // while the edit was in flight
	got := model.Image{Name: model.Some("Fedora 17 Server"), MinDisk: 1} // after it
	erased, _ := merge.Overwrote(base, wanted, seen, got)
	fmt.Println(erased[0].Label, "is", erased[0].Before, "and was", erased[0].After)
	// Output: min_disk is 1 GB and was 5 GB
}
