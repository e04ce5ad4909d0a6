package state

import (
	"encoding/json"
	"reflect"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
)

const (
	// largestRecord is what one record of a history may take. An ordinary one
	// takes a few kilobytes; an image as large as a server allows, some
	// megabytes.
	largestRecord = 1 << 20
	// longestDetail is how much of a server's text is kept.
	longestDetail = 4 << 10
)

// sealBeginWithin writes an entry in at most largestRecord bytes. What is too
// large loses first what the edit leaves alone, without which it can be
// undone all the same, and then everything but the image's name and the paths.
func sealBeginWithin(r writtenBegin) ([]byte, error) {
	line, err := sealBegin(r)
	if err != nil || len(line) <= largestRecord {
		return line, err
	}
	base, wanted := *r.Base, *r.Wanted
	keepTouched(&base, &wanted)
	r.Base, r.Wanted = &base, &wanted
	if line, err = sealBegin(r); err != nil || len(line) <= largestRecord {
		return line, err
	}
	r.Cut = true
	r.Base, r.Wanted = nameOnly(base), nameOnly(wanted)
	r.Requests = pathsOnly(r.Requests)
	return sealBegin(r)
}

// keepTouched takes from both images what is the same in them and large.
func keepTouched(base, wanted *imageRecord) {
	base.Properties, wanted.Properties = differing(base.Properties, wanted.Properties)
	base.Extra, wanted.Extra = differing(base.Extra, wanted.Extra) // but not Unread, which keeps zeros from being taken for values
	if reflect.DeepEqual(base.Tags, wanted.Tags) {
		base.Tags, wanted.Tags = nil, nil
	}
	if reflect.DeepEqual(base.Locations, wanted.Locations) {
		base.Locations, wanted.Locations = nil, nil
	}
}

func differing[V model.Opt[string] | json.RawMessage](a, b map[string]V) (onlyA, onlyB map[string]V) {
	onlyA, onlyB = make(map[string]V), make(map[string]V)
	for name, value := range a {
		if other, both := b[name]; !both || !reflect.DeepEqual(value, other) {
			onlyA[name] = value
		}
	}
	for name, value := range b {
		if other, both := a[name]; !both || !reflect.DeepEqual(value, other) {
			onlyB[name] = value
		}
	}
	return onlyA, onlyB
}

func nameOnly(i imageRecord) *imageRecord {
	name := i.Name
	name.Value = shortened(name.Value)
	return recordImage(model.Image{ID: shortened(i.ID), Name: name, Status: i.Status, Visibility: i.Visibility})
}

// pathsOnly are the operations without their values, as many as fit.
func pathsOnly(requests []patch.Patch) []patch.Patch {
	const most = 1000
	out := make([]patch.Patch, 0, len(requests))
	left := most
	for _, p := range requests {
		short := make(patch.Patch, 0, min(len(p), left))
		for _, o := range p[:min(len(p), left)] {
			short = append(short, patch.Operation{Op: o.Op, Path: o.Path[:min(len(o.Path), 300)]})
		}
		left -= len(short)
		out = append(out, short)
	}
	return out
}

// sealEndWithin writes an ending in at most largestRecord bytes: without the
// image, where that is too large.
func sealEndWithin(r endRecord) ([]byte, error) {
	short := make([]record.Response, len(r.Answers))
	for n, a := range r.Answers {
		a.Detail, a.Reason, a.RequestID = shortened(a.Detail), shortened(a.Reason), shortened(a.RequestID)
		short[n] = a
	}
	r.Answers = short
	line, err := sealEnd(r)
	if err == nil && len(line) > largestRecord {
		r.After = nil
		line, err = sealEnd(r)
	}
	return line, err
}

// shortened is a text of at most longestDetail bytes, with whole characters.
func shortened(s string) string {
	if len(s) <= longestDetail {
		return s
	}
	end := longestDetail
	for end > longestDetail-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
