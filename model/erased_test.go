package model

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestErased(t *testing.T) {
	base := Image{Name: Some("a"), Tags: []string{"t"}, MinDisk: 1, Properties: map[string]Opt[string]{}}
	wanted := base.Clone()
	wanted.Name = Some("mine")
	seen := base.Clone()
	seen.Name, seen.MinDisk, seen.Tags = Some("theirs"), 5, []string{"t", "u"}
	seen.Properties["p"] = Some("1")
	got := wanted.Clone() // the edit wrote the whole image back

	erased, whole := Rules{}.Erased(base, wanted, seen, got)
	if labels(erased) != "name tags min_disk p" {
		t.Errorf("erased: %v", erased)
	}
	if erased[2].Before != "1 GB" || erased[2].After != "5 GB" {
		t.Errorf("the wrong way round: %v", erased[2])
	}
	if whole.Name.Value != "theirs" || whole.MinDisk != 5 {
		t.Errorf("whole: %+v", whole)
	}

	got.MinDisk = 7 // somebody's later edit
	got.Properties["p"] = Some("1")
	if erased, _ = (Rules{}).Erased(base, wanted, seen, got); labels(erased) != "name tags" {
		t.Errorf("erased: %v", erased)
	}
	if erased, _ = (Rules{}).Erased(base, wanted, base, wanted); len(erased) > 0 {
		t.Errorf("nothing was seen, yet erased is %v", erased)
	}
}

func TestErasedLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := oneEach(livedImage().Draw(r, "base"))
		wanted, seen := oneEach(livedEdit(r, base)), oneEach(livedEdit(r, base))
		if erased, _ := (Rules{}).Erased(base, wanted, wanted, wanted); len(erased) > 0 {
			r.Errorf("a reading of the edit itself: %v", erased)
		}
		// The edit came last and wrote all of it: whatever they changed to
		// something that we did not want is erased, and nothing else.
		erased, whole := Rules{}.Erased(base, wanted, seen, wanted)
		if n := len(withoutServers(Changes(wanted, whole))); n != len(erased) {
			r.Errorf("%d differ, erased %v", n, erased)
		}
		if erased, _ = (Rules{}).Erased(base, wanted, seen, whole); len(erased) > 0 {
			r.Errorf("both came through, yet erased is %v", erased)
		}
	})
}

func ExampleRules_Erased() {
	base := Image{Name: Some("Fedora 17"), MinDisk: 1}
	wanted := Image{Name: Some("Fedora 17 Server"), MinDisk: 1}
	seen := Image{Name: Some("Fedora 17"), MinDisk: 5}       // while the edit was on its way
	got := Image{Name: Some("Fedora 17 Server"), MinDisk: 1} // after it
	erased, _ := Rules{}.Erased(base, wanted, seen, got)
	fmt.Println(erased[0].Label, "is", erased[0].Before, "and was", erased[0].After)
	// Output: min_disk is 1 GB and was 5 GB
}
