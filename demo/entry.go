package demo

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// record is an image at one moment. What it holds is shared and never changed
// once it is stored: a change stores another record.
type record struct {
	// image has its locations, and says that they are shown.
	image model.Image
	// internal are the properties that no image shows as one: os_glance_*, which
	// only the server sets, and a hidden "stores".
	internal map[string]string
}

// clone is a record that can be changed.
func (r record) clone() record {
	c := record{image: r.image.Clone(), internal: make(map[string]string, len(r.internal))}
	for name, value := range r.internal {
		c.internal[name] = value
	}
	return c
}

// entry is an image's place in the store. Besides the record it holds what
// lists ask for most, so that a list of 100,000 images can be searched without
// building those that are synthetic.
type entry struct {
	id         string
	created    time.Time
	updated    time.Time
	status     model.Status
	visibility model.Visibility
	owner      string // "" for none
	hidden     bool

	synthetic int32   // the number of a synthetic image, meaningful while record is nil
	record    *record // nil for a synthetic image that nobody changed
}

// set makes a record the state of the image.
func (e *entry) set(r record) {
	e.record = &r
	e.updated = r.image.UpdatedAt
	e.status = r.image.Status
	e.visibility = r.image.Visibility
	e.owner = r.image.Owner.Or("")
	e.hidden = r.image.Hidden
}

// before is the order in which images were created; ids decide a tie.
func (e *entry) before(other *entry) bool {
	if !e.created.Equal(other.created) {
		return e.created.Before(other.created)
	}
	return e.id < other.id
}
