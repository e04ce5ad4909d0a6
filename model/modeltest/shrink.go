package modeltest

import (
	"maps"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
)

// Pair is an edit: the image before it, and what it is to be.
type Pair struct{ Before, After model.Image }

// Shrink makes an edit that fails small: it takes away what the failure does
// not need, one thing at a time, until nothing more can go. fails says whether
// an edit still fails, and may be asked about edits that no one would make;
// after "tries" questions the smallest so far is the result (0: no end).
func Shrink(p Pair, tries int, fails func(Pair) bool) Pair {
	asked := 0
	for {
		smaller, found := p, false
		for _, reduce := range reductions(p) {
			next := Pair{p.Before.Clone(), p.After.Clone()}
			reduce(&next)
			if next.size() >= p.size() {
				continue // else it might go on for ever
			}
			if asked++; tries > 0 && asked > tries {
				return p
			}
			if fails(next) {
				smaller, found = next, true
				break
			}
		}
		if !found {
			return p
		}
		p = smaller
	}
}

// size is how much there is to read: differences count most, then elements,
// then texts.
func (p Pair) size() int {
	size := 10000 * len(merge.Changes(p.Before, p.After))
	for _, i := range []model.Image{p.Before, p.After} {
		size += 500*(len(i.Locations)+len(i.Properties)+len(i.Tags)) + len(state(i))
		for _, on := range []bool{i.Protected, i.Hidden} {
			if on {
				size += 10
			}
		}
	}
	return size
}

// reductions are the ways to make an edit smaller, the boldest first.
func reductions(p Pair) []func(*Pair) {
	var out []func(*Pair)
	both := func(change func(*model.Image)) {
		out = append(out, func(p *Pair) { change(&p.Before); change(&p.After) })
	}
	undo := func(change func(before, after *model.Image)) {
		out = append(out, func(p *Pair) { change(&p.Before, &p.After) })
	}
	// Leave whole attributes as they are, or out.
	undo(func(b, a *model.Image) { a.Locations = b.Clone().Locations })
	undo(func(b, a *model.Image) { a.Properties = maps.Clone(b.Properties) })
	for _, a := range model.Settable() {
		undo(func(before, after *model.Image) { a.Copy(after, before) })
	}
	both(func(i *model.Image) { i.Properties = map[string]model.Opt[string]{} })
	both(func(i *model.Image) { i.Tags = nil })
	// One element, in both or in the edit alone.
	for _, name := range names(p) {
		both(func(i *model.Image) { delete(i.Properties, name) })
		undo(func(b, a *model.Image) { copyProperty(a, *b, name) })
	}
	for _, tag := range model.NormalTags(slices.Concat(p.Before.Tags, p.After.Tags)) {
		both(func(i *model.Image) { i.Tags = without(i.Tags, tag) })
		undo(func(b, a *model.Image) { copyTag(a, *b, tag) })
	}
	for _, url := range urls(p) {
		is := func(l model.Location) bool { return l.URL == url }
		both(func(i *model.Image) { i.Locations = slices.DeleteFunc(i.Locations, is) })
		undo(func(b, a *model.Image) { copyLocation(a, *b, url) })
		both(func(i *model.Image) {
			for n := range i.Locations {
				if is(i.Locations[n]) {
					i.Locations[n].Metadata = map[string]any{}
				}
			}
		})
	}
	// Plainer values.
	for _, a := range model.Settable() {
		both(plain(a))
		out = append(out, func(p *Pair) { plain(a)(&p.Before) })
	}
	for _, name := range names(p) {
		out = append(out, func(p *Pair) { plainProperty(&p.Before, name, "a"); plainProperty(&p.After, name, "b") })
		out = append(out, func(p *Pair) { plainProperty(&p.Before, name, "a"); plainProperty(&p.After, name, "a") })
	}
	return out
}

// plain gives an attribute a value that says little.
func plain(a *model.Attribute) func(*model.Image) {
	return func(i *model.Image) {
		switch v := a.Field(i).(type) {
		case *model.Opt[string]:
			if !a.Formats {
				*v = model.Null[string]()
			}
		case *string:
			*v = string(model.Private)
		case *bool:
			*v = false
		case *int64:
			*v = 0
		}
	}
}

// names are the properties of both, sorted.
func names(p Pair) []string {
	all := maps.Clone(p.Before.Properties)
	if all == nil {
		all = map[string]model.Opt[string]{}
	}
	maps.Copy(all, p.After.Properties)
	return slices.Sorted(maps.Keys(all))
}

// urls are the locations of both, each once.
func urls(p Pair) []string {
	var out []string
	for _, l := range slices.Concat(p.Before.Locations, p.After.Locations) {
		if !slices.Contains(out, l.URL) {
			out = append(out, l.URL)
		}
	}
	return out
}

func copyProperty(to *model.Image, from model.Image, name string) {
	value, found := from.Properties[name]
	switch {
	case found && to.Properties != nil:
		to.Properties[name] = value
	case !found:
		delete(to.Properties, name)
	}
}

func plainProperty(i *model.Image, name, text string) {
	if value, found := i.Properties[name]; found && value.Set {
		i.Properties[name] = model.Some(text)
	}
}

func without(tags []string, tag string) []string {
	return slices.DeleteFunc(slices.Clone(tags), func(t string) bool { return t == tag })
}

func copyTag(to *model.Image, from model.Image, tag string) {
	to.Tags = without(to.Tags, tag)
	if slices.Contains(from.Tags, tag) {
		to.Tags = append(to.Tags, tag)
	}
}

// copyLocation makes locations of one URL what they are in the other image,
// without moving the others.
func copyLocation(to *model.Image, from model.Image, url string) {
	is := func(l model.Location) bool { return l.URL == url }
	at := slices.IndexFunc(to.Locations, is)
	to.Locations = slices.DeleteFunc(to.Locations, is)
	if at < 0 || at > len(to.Locations) {
		at = len(to.Locations)
	}
	var kept []model.Location
	for _, l := range from.Clone().Locations {
		if is(l) {
			kept = append(kept, l)
		}
	}
	to.Locations = slices.Insert(to.Locations, at, kept...)
}
