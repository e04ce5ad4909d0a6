package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// imageRecord is an image as it is kept. Its JSON is not the API's document, in
// which a property may not be called as an attribute, nor locations be there that
// the server hides: an unfinished edit may hold both.
type imageRecord struct{ model.Image }

func recordImage(i model.Image) *imageRecord { return &imageRecord{i} }

// besideAttributes are the members of a record that are not attributes of every
// image.
type besideAttributes struct {
	LocationsShown bool `json:"locations_shown"`
	Withheld       bool `json:"locations_withheld"`
	// Properties are null where the image has no map of them.
	Properties map[string]model.Opt[string] `json:"properties"`
	// Extra holds raw JSON: the image's Extra and, under names that no member of
	// Extra has, its Unread.
	Extra map[string]json.RawMessage `json:"extra"`
	// Missing are the names of those of Unread that have no value.
	Missing []string `json:"missing"`
}

// MarshalJSON writes the record, with members that never change their order: the
// same image is the same bytes.
func (r imageRecord) MarshalJSON() ([]byte, error) {
	w := model.WriteObject(nil)
	for _, a := range model.JSONOrder() {
		switch v := a.Field(&r.Image).(type) {
		case *time.Time:
			if !v.IsZero() {
				w.Any(a.Name, *v)
			}
		case *[]model.Location:
			w.Flag("locations_shown", r.LocationsShown)
			if r.LocationsWithheld {
				w.Flag("locations_withheld", true)
			}
			w.Any(a.Name, *v)
		default:
			w.Any(a.Name, v)
		}
	}
	w.Any("properties", r.Properties)
	extra, missing := r.notUnderstood()
	if len(extra) > 0 {
		w.Any("extra", extra)
	}
	if len(missing) > 0 {
		w.Any("missing", missing)
	}
	return w.End()
}

// notUnderstood is the image's Extra and Unread, but for what is too deep, and the
// names of what is missing.
func (r *imageRecord) notUnderstood() (extra map[string]json.RawMessage, missing []string) {
	extra = make(map[string]json.RawMessage, len(r.Extra)+len(r.Unread))
	for name, raw := range r.Extra {
		if !isTooDeep(raw) {
			extra[name] = raw
		}
	}
	for name, raw := range r.Unread {
		switch {
		case len(raw) == 0:
			missing = append(missing, name)
		case isTooDeep(raw):
			extra[name] = json.RawMessage("null") // it must not be taken for known
		default:
			extra[name] = raw
		}
	}
	slices.Sort(missing)
	return extra, missing
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *imageRecord) UnmarshalJSON(text []byte) error {
	var members map[string]json.RawMessage
	var beside besideAttributes
	if err := errors.Join(json.Unmarshal(text, &members), json.Unmarshal(text, &beside)); err != nil {
		return err
	}
	r.Image = model.Image{
		LocationsShown: beside.LocationsShown, LocationsWithheld: beside.Withheld,
		Properties: beside.Properties, Extra: beside.Extra,
	}
	for _, a := range model.JSONOrder() {
		if raw, found := members[a.Name]; found {
			if err := json.Unmarshal(raw, a.Field(&r.Image)); err != nil {
				return err
			}
		}
	}
	unread := func(name string, raw json.RawMessage) {
		if r.Unread == nil {
			r.Unread = make(map[string]json.RawMessage)
		}
		r.Unread[name] = raw
	}
	for name, raw := range r.Extra {
		_, _, cut := model.CutText(raw)
		if a, _ := model.AttributeNamed(name); a.Base || cut && a.Kind == model.KindProperties {
			unread(name, raw)
			delete(r.Extra, name)
		}
	}
	for _, name := range beside.Missing {
		unread(name, json.RawMessage{})
	}
	if len(r.Extra) == 0 {
		r.Extra = nil
	}
	return nil
}

// deepest is how deeply raw JSON may be nested to be kept. encoding/json reads
// ten thousand levels, of which a record takes some itself; a server that sends
// so many must not keep a draft from being kept.
const deepest = 1000

func isTooDeep(raw json.RawMessage) bool {
	if len(raw) <= deepest {
		return false
	}
	depth := 0
	for d := json.NewDecoder(bytes.NewReader(raw)); ; {
		token, err := d.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		if depth > deepest {
			return true
		}
	}
}

// patchRecord reads a patch as model writes it. It takes what ParsePatch would
// refuse: whatever was sent is history.
type patchRecord []operationRecord

type operationRecord struct {
	Op    patch.Op `json:"op"`
	Path  string   `json:"path"`
	Value any      `json:"value"`
}

func (p patchRecord) patch() patch.Patch {
	edits := make(patch.Patch, len(p))
	for n, o := range p {
		edits[n] = patch.Operation{Op: o.Op, Path: o.Path, Value: o.Value}
	}
	return edits
}
