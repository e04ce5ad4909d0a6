package model

import (
	"encoding/json"
	"time"
)

// Image is one image as the Image API v2 returns it.
//
// Decoding keeps what it does not know: a base attribute of an unexpected type
// is in Unread as it came, and every other attribute that only the server sets
// is in Extra.
type Image struct {
	ID         string
	Name       Opt[string]
	Status     Status
	Visibility Visibility
	Owner      Opt[string] // project id
	Protected  bool
	Hidden     bool  // os_hidden
	MinDisk    int64 // GB
	MinRAM     int64 // MB

	DiskFormat      Opt[string]
	ContainerFormat Opt[string]

	Size        Opt[int64] // bytes
	VirtualSize Opt[int64] // bytes
	Checksum    Opt[string]
	HashAlgo    Opt[string] // os_hash_algo
	HashValue   Opt[string] // os_hash_value

	CreatedAt time.Time // zero when absent
	UpdatedAt time.Time // zero when absent; whole seconds

	// Tags is a set: the server keeps no order. Sorted when decoded.
	Tags []string

	// LocationsShown reports whether the answer had a "locations" attribute at
	// all. Without it the server hides locations and refuses to change them.
	LocationsShown bool
	// LocationsWithheld reports whether the server shows locations, but not those of
	// this image to whoever read it; see [Viewer]. LocationsShown is false then,
	// unless Locations are those that were shown last: [Image.Recalling].
	LocationsWithheld bool
	Locations         []Location

	// Properties are the custom properties that a client may change.
	// A null value is possible where the server's schema allows it
	// (kernel_id, ramdisk_id) and differs from an absent property.
	Properties map[string]Opt[string]

	// Extra is all else the answer held, by attribute name, as raw JSON:
	// self, file, schema, direct_url, stores, os_glance_*, and custom properties
	// that are not text. A client never patches these.
	Extra map[string]json.RawMessage

	// Unread are the base attributes whose value did not fit their field, by
	// name, as raw JSON; nothing, of length 0, where the server left one out
	// that it always shows. The field then has its zero value, which means nothing:
	// whoever reads a field of an image from a server asks [Image.Knows] first,
	// or takes the attribute's value from here. Nil for ordinary images.
	Unread map[string]json.RawMessage
}

// Location is one place where an image's data is.
type Location struct {
	URL string
	// Metadata as the server gave it; numbers are json.Number. Never nil
	// after decoding.
	Metadata map[string]any
}
