package model

import (
	"encoding/json"
	"strings"
)

// edit is an operation as it is meant: what it changes and to what.
type edit struct {
	op    Op
	name  string // of the attribute or property; the path itself where it is no pointer
	at    string // the place within locations: "-", "0"; empty for the list as a whole
	value any    // plain JSON, see plainValue
	fault string // why the path is no pointer
}

func readEdit(o Operation) edit {
	e := edit{op: o.Op, name: o.Path}
	if o.Op != OpRemove {
		// A value that is no JSON cannot be sent; its words say so.
		e.value, _ = plainValue(o.Value)
	}
	tokens, fault := pointerTokens(o.Path)
	if fault != "" {
		e.fault = fault
		return e
	}
	e.name = tokens[0]
	e.at = strings.Join(tokens[1:], "/")
	return e
}

// text, flag, count, tags and locations read a value of the kind its attribute
// has; false for anything else.

func (e edit) text() (Opt[string], bool) {
	if e.value == nil {
		return Null[string](), true
	}
	s, ok := e.value.(string)
	return Opt[string]{Value: s, Set: ok}, ok
}

func (e edit) flag() (bool, bool) {
	b, ok := e.value.(bool)
	return b, ok
}

func (e edit) count() (int64, bool) {
	n, ok := e.value.(json.Number)
	if !ok {
		return 0, false
	}
	return wholeNumber(n.String())
}

func (e edit) tags() ([]string, bool) {
	list, ok := e.value.([]any)
	if !ok {
		return nil, false
	}
	tags := make([]string, len(list))
	for n, element := range list {
		if tags[n], ok = element.(string); !ok {
			return nil, false
		}
	}
	return NormalTags(tags), true
}

func (e edit) locations() ([]Location, bool) {
	list, ok := e.value.([]any)
	if !ok {
		return nil, false
	}
	out := make([]Location, len(list))
	for n, element := range list {
		if out[n], ok = plainLocation(element); !ok {
			return nil, false
		}
	}
	return out, true
}

func (e edit) location() (Location, bool) { return plainLocation(e.value) }

func plainLocation(value any) (Location, bool) {
	object, ok := value.(map[string]any)
	if !ok {
		return Location{}, false
	}
	if _, ok = object["url"].(string); !ok {
		return Location{}, false
	}
	return locationOf(value), true
}

// json is the value as it will stand in the request.
func (e edit) json() string {
	text, err := encode(e.value)
	if err != nil {
		return "?"
	}
	return visible(string(text))
}

// walk follows a patch operation by operation, so that each can be put in
// words with what the image is at that moment. It goes on after an operation
// that the server refuses: the image then stays about as it was.
type walk struct {
	rules Rules
	draft *draft
}

func (r Rules) walkFrom(before Image) *walk {
	r.CheckLocation = nil // it may ask the network; words need no answer
	r.RolesKnown = false  // who may publish is the server's policy
	return &walk{rules: r, draft: newDraft(r, before)}
}

// advance makes the image what it is after the operation, and says how the
// server refuses it.
func (w *walk) advance(o Operation) *Rejection {
	c, refused := w.rules.change(o)
	if refused != nil {
		return refused
	}
	return w.draft.apply(c)
}

// image is what the next operation finds, but for its locations.
func (w *walk) image() *Image { return &w.draft.image }

// locations is the list that the next operation finds.
func (w *walk) locations() []Location { return w.draft.shown().Locations }

// removed are the locations that an operation takes away.
func (w *walk) removed(e edit) []Location {
	if e.fault != "" || e.name != "locations" {
		return nil
	}
	now := w.locations()
	switch {
	case e.op == OpRemove && e.at != "":
		if at, ok := locationIndex(e.at, len(now)-1); ok && at < len(now) {
			return now[at : at+1]
		}
	case e.op == OpReplace && e.at == "" && w.rules.emptiesLocations():
		if list, ok := e.locations(); ok && len(list) == 0 {
			return now
		}
	}
	return nil
}
