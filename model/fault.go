package model

import "strings"

// Field points at one place in the form of an image.
type Field struct {
	// Attr is the attribute's name in the API ("name", "tags", "locations");
	// for a custom property it is "properties".
	Attr string
	// Key is a property's name, or a tag; in a Conflict also the URL of the one
	// location that it is about.
	Key string
	// Index counts locations from 0 in the wanted list; -1 (or any value when
	// Attr is not "locations") means the list as a whole.
	Index int
	// Part of a location: "url" or "metadata"; of a property: "name" or "value".
	Part string
}

// Problem is something in a draft that the server would refuse (or, with
// Warning, might refuse), found before it is sent.
type Problem struct {
	Field Field
	// Text is one short sentence in words: "255 characters at most: 3 too many".
	Text string
	// Advice is the way out, where there is one: "add the new location in the same edit".
	Advice string
	// Warning faults do not keep the edit from being sent: the server decides.
	Warning bool
}

// Refusal is why no patch can express an edit. It holds at least one fault
// that is not a warning.
type Refusal struct{ Problems []Problem }

// Error joins the blocking faults, each with its field and its way out.
func (r *Refusal) Error() string {
	var parts []string
	for _, f := range r.Problems {
		if f.Warning {
			continue
		}
		s := f.Field.String() + ": " + f.Text
		if f.Advice != "" {
			s += " (" + f.Advice + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}
