package list

import "github.com/glance-tui/glance-tui/model"

// step is a filter and what it found.
type step struct {
	filter model.Filter
	match  matcher
	close  []int8 // by place, see matcher
}

// steps are the filters on the way to the present one, each narrower than the
// one before: what was there before each letter of it was typed. A letter more
// is asked only of what the step before left, which is soon a small part, and a
// letter less is known already.
type steps []step

// mostSteps bounds what they hold, which is a byte an image and step. Filters
// of more letters than that go on in the last.
const mostSteps = 24

// now is the present filter.
func (s steps) now() *step { return &s[len(s)-1] }

// to leads from the steps so far to another filter. It gives the steps to it,
// of which the last is to be asked of all that passed base; base is nil where
// that is each image. It is done already where the filter is one of the steps.
func (s steps) to(f model.Filter, m matcher) (to steps, base []int8, done bool) {
	for len(s) > 0 && !f.Narrows(s.now().filter) {
		s = s[:len(s)-1]
	}
	if len(s) > 0 {
		if base = s.now().close; s.now().filter.Narrows(f) {
			return s, base, true
		}
	}
	switch {
	case len(s) == mostSteps: // from the same numbers into the same
		s.now().filter, s.now().match = f, m
	case len(s) < cap(s): // the room of one that was left is used again
		s = s[:len(s)+1]
		s.now().filter, s.now().match = f, m
	default:
		s = append(s, step{filter: f, match: m})
	}
	return s, base, false
}

// alone leaves only the present one: what the others found does not hold any
// more.
func (s steps) alone() steps {
	s[0], s[len(s)-1] = s[len(s)-1], s[0]
	return s[:1]
}

// ask asks for each of n images how close it is. What base calls noMatch is not
// asked; base may be the step's own numbers.
func (s *step) ask(n int, base []int8, closeness func(m *matcher, at int32) int8) {
	s.match.ready()
	if cap(s.close) < n {
		s.close = make([]int8, n, n+n/4)
	}
	s.close = s.close[:n]
	for at := range n {
		if base != nil && base[at] == noMatch {
			s.close[at] = noMatch
			continue
		}
		s.close[at] = closeness(&s.match, int32(at))
	}
}

// again asks anew for some of n images, which came or changed.
func (s *step) again(n int, places []int32, closeness func(m *matcher, at int32) int8) {
	for len(s.close) < n {
		s.close = append(s.close, noMatch)
	}
	s.match.ready()
	for _, at := range places {
		s.close[at] = closeness(&s.match, at)
	}
}
