package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// imageRecord is an image as it is kept. It is not the API's document, in which
// a property may not be called as an attribute, nor locations be there that
// the server hides: an unfinished edit may hold both.
type imageRecord struct {
	ID              string             `json:"id"`
	Name            *string            `json:"name"`
	Status          model.Status       `json:"status"`
	Visibility      model.Visibility   `json:"visibility"`
	Owner           *string            `json:"owner"`
	Protected       bool               `json:"protected"`
	Hidden          bool               `json:"os_hidden"`
	MinDisk         int64              `json:"min_disk"`
	MinRAM          int64              `json:"min_ram"`
	DiskFormat      *string            `json:"disk_format"`
	ContainerFormat *string            `json:"container_format"`
	Size            *int64             `json:"size"`
	VirtualSize     *int64             `json:"virtual_size"`
	Checksum        *string            `json:"checksum"`
	HashAlgo        *string            `json:"os_hash_algo"`
	HashValue       *string            `json:"os_hash_value"`
	CreatedAt       time.Time          `json:"created_at,omitzero"`
	UpdatedAt       time.Time          `json:"updated_at,omitzero"`
	Tags            []string           `json:"tags"`
	LocationsShown  bool               `json:"locations_shown"`
	Withheld        bool               `json:"locations_withheld,omitempty"`
	Locations       []model.Location   `json:"locations"`
	Properties      map[string]*string `json:"properties"`

	// Extra holds raw JSON: the image's Extra and, under names that no member of
	// Extra has, its Unread.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
	// Missing are the names of those of Unread that have no value.
	Missing []string `json:"missing,omitempty"`
}

func recordImage(i model.Image) *imageRecord {
	r := &imageRecord{
		ID: i.ID, Name: pointer(i.Name), Status: i.Status, Visibility: i.Visibility, Owner: pointer(i.Owner),
		Protected: i.Protected, Hidden: i.Hidden, MinDisk: i.MinDisk, MinRAM: i.MinRAM,
		DiskFormat: pointer(i.DiskFormat), ContainerFormat: pointer(i.ContainerFormat),
		Size: pointer(i.Size), VirtualSize: pointer(i.VirtualSize),
		Checksum: pointer(i.Checksum), HashAlgo: pointer(i.HashAlgo), HashValue: pointer(i.HashValue),
		CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
		Tags: i.Tags, LocationsShown: i.LocationsShown, Withheld: i.LocationsWithheld, Locations: i.Locations,
	}
	keep := func(name string, raw json.RawMessage) {
		if r.Extra == nil {
			r.Extra = make(map[string]json.RawMessage, len(i.Extra)+len(i.Unread))
		}
		r.Extra[name] = raw
	}
	for name, raw := range i.Extra {
		if !isTooDeep(raw) {
			keep(name, raw)
		}
	}
	for name, raw := range i.Unread {
		if len(raw) == 0 {
			r.Missing = append(r.Missing, name)
			slices.Sort(r.Missing)
			continue
		}
		if isTooDeep(raw) {
			raw = json.RawMessage("null") // it must not be taken for known
		}
		keep(name, raw)
	}
	if i.Properties != nil {
		r.Properties = make(map[string]*string, len(i.Properties))
		for name, value := range i.Properties {
			r.Properties[name] = pointer(value)
		}
	}
	return r
}

func (r *imageRecord) image() model.Image {
	i := model.Image{
		ID: r.ID, Name: opt(r.Name), Status: r.Status, Visibility: r.Visibility, Owner: opt(r.Owner),
		Protected: r.Protected, Hidden: r.Hidden, MinDisk: r.MinDisk, MinRAM: r.MinRAM,
		DiskFormat: opt(r.DiskFormat), ContainerFormat: opt(r.ContainerFormat),
		Size: opt(r.Size), VirtualSize: opt(r.VirtualSize),
		Checksum: opt(r.Checksum), HashAlgo: opt(r.HashAlgo), HashValue: opt(r.HashValue),
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
		Tags: r.Tags, LocationsShown: r.LocationsShown, LocationsWithheld: r.Withheld, Locations: r.Locations, Extra: r.Extra,
	}
	unread := func(name string, raw json.RawMessage) {
		if i.Unread == nil {
			i.Unread = make(map[string]json.RawMessage)
		}
		i.Unread[name] = raw
	}
	for name, raw := range r.Extra {
		_, _, cut := model.CutText(raw)
		if a, _ := model.AttributeNamed(name); a.Base || cut && a.Kind == model.KindProperties {
			unread(name, raw)
			delete(i.Extra, name)
		}
	}
	for _, name := range r.Missing {
		unread(name, json.RawMessage{})
	}
	if len(i.Extra) == 0 {
		i.Extra = nil
	}
	if r.Properties != nil {
		i.Properties = make(map[string]model.Opt[string], len(r.Properties))
		for name, value := range r.Properties {
			i.Properties[name] = opt(value)
		}
	}
	return i
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

func pointer[T comparable](o model.Opt[T]) *T {
	if !o.Set {
		return nil
	}
	return &o.Value
}

func opt[T comparable](p *T) model.Opt[T] {
	if p == nil {
		return model.Null[T]()
	}
	return model.Some(*p)
}

// patchRecord reads a patch as model writes it. It takes what ParsePatch would
// refuse: whatever was sent is history.
type patchRecord []operationRecord

type operationRecord struct {
	Op    model.Op `json:"op"`
	Path  string   `json:"path"`
	Value any      `json:"value"`
}

func (p patchRecord) patch() model.Patch {
	patch := make(model.Patch, len(p))
	for n, o := range p {
		patch[n] = model.Operation{Op: o.Op, Path: o.Path, Value: o.Value}
	}
	return patch
}
