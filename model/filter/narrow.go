package filter

import "strings"

// Narrows reports whether each image that passes f passes earlier too, whoever
// looks at it, by what the terms say: those of earlier come first in f, as they
// were or with letters added that leave fewer images, and others follow. A list
// that is filtered while the user types need then ask only the images that
// earlier let pass. False is no proof of the contrary; a filter with an age or
// a date narrows nothing, not even itself, since what passes changes with time.
func (f Filter) Narrows(earlier Filter) bool {
	if len(f.terms) < len(earlier.terms) {
		return false
	}
	for i := range earlier.terms {
		if !f.terms[i].narrows(&earlier.terms[i]) {
			return false
		}
	}
	return true
}

func (t *filterTerm) narrows(earlier *filterTerm) bool {
	switch key := t.key.term.Key; {
	case key != earlier.key.term.Key, t.not != earlier.not, key == "updated", key == "created":
		return false
	case t.free == earlier.free && t.value == earlier.value:
		return true
	case t.not:
		return false // what narrows a term widens its contrary
	case key == "":
		return strings.HasPrefix(t.free, earlier.free)
	case key == "prop":
		return t.value.narrowsProperty(earlier.value)
	default:
		return t.value.narrows(earlier.value)
	}
}

// narrows is for values of which all signs but "~" (contains) mean the same
// each time or nothing.
func (v filterValue) narrows(earlier filterValue) bool {
	sign, part := v.sign("~")
	before, shorter := earlier.sign("~")
	return sign != "" && before != "" && shorter.text != "" && strings.HasPrefix(part.text, shorter.text)
}

func (v filterValue) narrowsProperty(earlier filterValue) bool {
	if v.property() != earlier.property() {
		return false
	}
	former, compared := earlier.compared()
	if !compared {
		return true // it only has to exist
	}
	value, compared := v.compared()
	return compared && value.narrows(former)
}
