package modeltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Shorter searches for a patch of at most "longest" operations that makes
// "after" of "before" by brute force: breadth first over all operations with
// values from the two images, as Rules.Apply takes them, without patches that
// take away a location that is to stay. It is nil where there is none.
//
// After "work" patches it gives up, and searched is false; 0 means no end.
func Shorter(rules rules.Rules, before, after model.Image, longest, work int) (shorter patch.Patch, searched bool) {
	before.Tags, after.Tags = model.NormalTags(before.Tags), model.NormalTags(after.Tags)
	s := search{rules: rules, before: before, after: after, work: work, wanted: state(after), seen: map[string]bool{}}
	return s.run(longest)
}

// search is a breadth-first search for a patch.
type search struct {
	rules         rules.Rules
	before, after model.Image
	wanted        string
	work          int
	seen          map[string]bool
}

// run finds a patch of at most "depth" operations that does it.
func (s *search) run(depth int) (found patch.Patch, searched bool) {
	front, tried := []patch.Patch{nil}, 0
	for range depth {
		var next []patch.Patch
		for _, p := range front {
			shown, err := s.rules.ApplyResponse(s.before, p)
			if err != nil {
				continue // cannot be: only accepted ones are kept
			}
			for _, o := range s.operations(shown) {
				if tried++; s.work > 0 && tried > s.work {
					return nil, false
				}
				longer := append(p[:len(p):len(p)], o)
				if !s.visit(longer) {
					continue
				}
				if stored, _ := s.rules.Apply(s.before, longer); state(stored) == s.wanted {
					return longer, true
				}
				next = append(next, longer)
			}
		}
		front = next
	}
	return nil, true
}

// visit reports whether the patch is accepted, takes nothing away that stays, and
// leads to where no shorter one did.
func (s *search) visit(p patch.Patch) bool {
	answer, err := s.rules.ApplyResponse(s.before, p)
	if err != nil {
		return false
	}
	have, had := countURLs(answer.Locations), countURLs(s.before.Locations)
	for url, wanted := range countURLs(s.after.Locations) {
		if have[url] < min(wanted, had[url]) {
			return false
		}
	}
	stored, _ := s.rules.Apply(s.before, p)
	ordered := slices.ContainsFunc(p, func(o patch.Operation) bool { return o.Op == patch.OpReplace && o.Path == "/locations" })
	key := state(answer) + state(stored) + strconv.FormatBool(ordered)
	if s.seen[key] {
		return false
	}
	s.seen[key] = true
	return true
}

func countURLs(list []model.Location) map[string]int {
	count := map[string]int{}
	for _, l := range list {
		count[l.URL]++
	}
	return count
}

// state is what an edit can change about an image, as text to compare.
func state(i model.Image) string {
	values := make([]any, 0, 12)
	for _, a := range model.Settable() {
		values = append(values, a.Sent(&i))
	}
	return fmt.Sprintf("%#v %v", values, i.Properties) + locationsText(i.Locations)
}

// locationsText is a list without what only the server sets.
func locationsText(list []model.Location) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(locationText(l))
		b.WriteByte('\n')
	}
	return b.String()
}

func locationText(l model.Location) string {
	_, stored := l.Metadata["store"]
	switch {
	case len(l.Metadata) == 0, stored && len(l.Metadata) == 1:
		return l.URL // most are so, and this is called often
	case stored:
		l = l.Clone()
		delete(l.Metadata, "store")
	}
	body, err := json.Marshal(l)
	if err != nil {
		panic(err) // it came from JSON
	}
	return string(body)
}

// operations is every operation that changes something about the image as it
// is, with values from the wanted one.
func (s *search) operations(now model.Image) []patch.Operation {
	var out []patch.Operation
	to := s.after
	for _, a := range model.Settable() {
		if !a.Same(&now, &to) {
			out = append(out, patch.Operation{Op: patch.OpReplace, Path: "/" + a.Name, Value: a.Sent(&to)})
		}
	}
	for name, value := range to.Properties {
		if old, found := now.Properties[name]; !found || old != value {
			out = append(out, patch.Operation{Op: patch.OpAdd, Path: "/" + patch.EscapePointer(name), Value: nullable(value)})
		}
	}
	for name := range now.Properties {
		if _, wanted := to.Properties[name]; !wanted {
			out = append(out, patch.Operation{Op: patch.OpRemove, Path: "/" + patch.EscapePointer(name)})
		}
	}
	return append(out, s.locationOperations(now.Locations)...)
}

func nullable(v model.Opt[string]) any {
	if !v.Set {
		return nil
	}
	return v.Value
}

func (s *search) locationOperations(now []model.Location) []patch.Operation {
	var out []patch.Operation
	for n := range now {
		out = append(out, patch.Operation{Op: patch.OpRemove, Path: "/locations/" + strconv.Itoa(n)})
	}
	for n := range len(now) + 1 {
		for _, l := range s.after.Locations {
			out = append(out, patch.Operation{Op: patch.OpAdd, Path: "/locations/" + strconv.Itoa(n), Value: l})
			if len(l.Metadata) > 0 {
				l.Metadata = nil
				out = append(out, patch.Operation{Op: patch.OpAdd, Path: "/locations/" + strconv.Itoa(n), Value: l})
			}
		}
	}
	source := now
	if len(now) == 0 {
		source = s.after.Locations
		bare := make([]model.Location, len(source)) // metadata can follow
		for n, l := range source {
			bare[n].URL = l.URL
		}
		if len(bare) <= mostArranged {
			out = s.replaceByEach(out, bare)
		}
	}
	if len(source) > mostArranged {
		source = nil
	}
	return s.replaceByEach(out, source)
}

// mostArranged bounds the lists that are arranged: 5 locations have 120 orders,
// each with several metadata.
const mostArranged = 5

// replaceByEach appends a replacement of the whole list by each arrangement of one.
func (s *search) replaceByEach(out []patch.Operation, list []model.Location) []patch.Operation {
	for _, arranged := range s.arrangements(list) {
		out = append(out, patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: arranged})
	}
	return out
}

// arrangements is every order of the locations, each as it is or with metadata
// that is wanted for its URL.
func (s *search) arrangements(list []model.Location) [][]model.Location {
	if len(list) == 0 {
		return [][]model.Location{nil}
	}
	var out [][]model.Location
	for n, l := range list {
		variants := []model.Location{l}
		for _, w := range s.after.Locations {
			if w.URL == l.URL && locationText(w) != locationText(l) {
				variants = append(variants, w)
			}
		}
		rest := slices.Delete(slices.Clone(list), n, n+1)
		for _, tail := range s.arrangements(rest) {
			for _, v := range variants {
				out = append(out, append([]model.Location{v}, tail...))
			}
		}
	}
	return out
}
