package edit

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Request is one request of an edit as it will be sent. Mostly an edit has one,
// a PATCH; what deletes data is sent apart, after the rest was accepted, and so
// is a location for a server that hides them.
type Request struct {
	Patch patch.Patch
	// Before is the image that it will find: predicted for all but the first.
	Before model.Image
	Wire   rules.Request
	// Location is what it adds by a call of its own instead of by a PATCH.
	Location *model.Location
	Steps    []explain.Step
	// First is how many operations are in the requests before it.
	First int
}

// Parts are how an edit is sent.
type Parts struct {
	// Requests are in the order in which they are sent: each only after the one
	// before it was accepted.
	Requests []Request
	// Partable reports whether the edit can be sent in one request or in two.
	Partable bool
	// Together is why it is one request although it deletes data with other
	// things: the end of a sentence, see [rules.Rules.Split].
	Together string
}

// Part makes the requests of a patch. They are two where that keeps a refusal
// from costing data, unless whole says that the user wants one.
func Part(base model.Image, edits patch.Patch, rules rules.Rules, whole bool) Parts {
	patches, together := rules.Split(base, edits)
	_, calls := rules.LocationCall(base, patches[len(patches)-1])
	p := Parts{Partable: len(patches) > 1 && !calls, Together: together}
	if whole && p.Partable {
		patches = []patch.Patch{edits}
	}
	first := 0
	for n, at := range rules.Stages(base, patches) {
		q := Request{
			Patch: patches[n], Before: at, Wire: rules.Request(at, patches[n]),
			Steps: explain.Steps(rules, at, patches[n]), First: first,
		}
		if l, is := rules.LocationCall(at, q.Patch); is {
			q.Location = &l
		}
		p.Requests = append(p.Requests, q)
		first += len(q.Patch)
	}
	return p
}

// Several reports whether there is more than one.
func (p Parts) Several() bool { return len(p.Requests) > 1 }

// Calls reports whether the last of them adds a location by a call of its own.
func (p Parts) Calls() bool {
	return len(p.Requests) > 0 && p.Requests[len(p.Requests)-1].Location != nil
}

// Steps are the operations of all requests in words, in the order in which they
// are sent.
func (p Parts) Steps() []explain.Step {
	var steps []explain.Step
	for _, q := range p.Requests {
		steps = append(steps, q.Steps...)
	}
	return steps
}

// Wire is how they go over the wire.
func (p Parts) Wire() []rules.Request {
	wire := make([]rules.Request, len(p.Requests))
	for n, q := range p.Requests {
		wire[n] = q.Wire
	}
	return wire
}

// Patches are the patch of each.
func (p Parts) Patches() []patch.Patch {
	patches := make([]patch.Patch, len(p.Requests))
	for n, q := range p.Requests {
		patches[n] = q.Patch
	}
	return patches
}
