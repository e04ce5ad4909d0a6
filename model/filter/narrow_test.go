package filter_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/filter"
)

func parsed(t *testing.T, text string) filter.Filter {
	t.Helper()
	f, err := filter.Parse(text, filterNow)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestNarrows(t *testing.T) {
	for _, c := range []struct {
		earlier, later string
		want           bool
	}{
		{"", "", true},
		{"", "u", true},
		{"u", "ub", true},
		{"ub", "u", false},
		{"u", "u", true},
		{"u", "U", true}, // both are taken in lower case
		{"u", "bu", false},
		{"ubuntu", "ubuntu s", true},
		{"ubuntu s", "ubuntu", false},
		{"a b", "b a", false},
		{"!u", "!u", true},
		{"!u", "!ub", false},
		{"u", "!u", false},
		{"status:q", "status:q u", true},
		{"status:q", "status:queued", false}, // it does; nothing but time is lost
		{"status:q", "!status:q", false},
		{"size:>1", "size:>10", false},
		{"location:~mir", "location:~mirror", true},
		{"location:mir", "location:mirror", false},
		{`location:""`, "location:~mirror", false},
		{"name:~a", `name:~"a b"`, true},
		{`name:"~a"`, `name:"~ab"`, false},
		{"!name:~a", "!name:~ab", false},
		{"tag:~a", "name:~a", false},
		{"prop:os", "prop:os=ubuntu", true},
		{"prop:os=ubuntu", "prop:os", false},
		{"prop:os=u", "prop:os=ub", false},
		{"prop:os=~u", "prop:os=~ub", true},
		{"prop:os=~u", "prop:osx=~ub", false},
		{"prop:os", "prop:os_distro", false},
		{"updated:<2d", "updated:<2d u", false}, // time goes on
		{"u", "u updated:<2d", true},
	} {
		if got := parsed(t, c.later).Narrows(parsed(t, c.earlier)); got != c.want {
			t.Errorf("%q narrows %q: %v", c.later, c.earlier, got)
		}
	}
}

// What narrows a filter lets nothing pass that did not pass before.
func TestNarrowerFiltersLetLessPass(t *testing.T) {
	pieces := []string{
		"u", "b", "n", " ", "!", `"`, "~", "=", "a ", "ub", "status:", "q", "tag:", "name:", "location:", "prop:", "os", "os_distro=", "owner:me",
		"id:", "da", "size:>1", "G", "protected:y", `""`, ",", "hidden:n", "format:", `\`, "kernel_id", "a b", "Größe", "ſ", "K",
	}
	images := []model.Image{filterImage(), {ID: "0", Name: model.Some("ubuntu Kb")}, {ID: "da-ub", Name: model.Some("uubn"), Tags: []string{"ub", "ubn"}, Status: model.StatusQueued}}
	var narrowed, same int
	for seed := range uint64(30_000) {
		random := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		var earlier []filter.Filter
		for range 1 + random.IntN(8) {
			text.WriteString(pieces[random.IntN(len(pieces))])
			f, _ := filter.Parse(text.String(), filterNow.Add(time.Duration(len(earlier))*time.Hour))
			for _, e := range earlier {
				if !f.Narrows(e) {
					continue
				}
				narrowed++
				if e.Narrows(f) {
					same++
				}
				for i := range images {
					passes, passed := f.Match(&images[i], filterSession()), e.Match(&images[i], filterSession())
					if passes && !passed || e.Narrows(f) && passes != passed {
						t.Fatalf("%q, typed on the way to it: image %d passes %v, passed %v", text.String(), i, passes, passed)
					}
				}
			}
			earlier = append(earlier, f)
		}
	}
	if narrowed < 1000 || same < 1000 || same == narrowed {
		t.Errorf("only %d narrowed, %d of them the same", narrowed, same)
	}
}
