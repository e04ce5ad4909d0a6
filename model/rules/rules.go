package rules

import (
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Rules are what a particular server accepts. The zero value is a current
// server with the default schema and the default limits.
type Rules struct {
	Release api.Release
	// Schema is the deployment's /v2/schemas/image; nil means DefaultSchema.
	Schema *Schema
	// Limits are the server's quotas; a zero field means the default.
	Limits Limits
	// RolesKnown and Admin say what is known of the caller: with RolesKnown
	// and without Admin, what needs the role admin gets a warning.
	RolesKnown bool
	Admin      bool
	// LocationCalls says that the server has API 2.17's calls for locations, by
	// which a queued image can get one even where the server hides them.
	LocationCalls bool
	// Stores are those of a server that has several, as far as they are known.
	Stores []api.Store
	// CheckLocation answers for a URL that a patch adds, as the server does
	// after asking the other side: the size of what is there in bytes, or
	// the refusal (400). Only Apply calls it. Nil takes every URL whose scheme
	// is allowed and leaves the size as it is.
	CheckLocation func(url string) (size int64, refused *patch.Rejection)
}

// Limits are the configurable quotas of a server. The server's 413 has the
// last word.
type Limits struct {
	Tags       int // image_tag_quota, default 128
	Properties int // image_property_quota, default 128
	Locations  int // image_location_quota, default 10
}

// For are the rules of a release with the default schema and limits.
func For(r api.Release) Rules { return Rules{Release: r} }

// EmptiesLocations reports whether the server takes the removal of all locations.
func (r Rules) EmptiesLocations() bool { return r.Release == api.Release2015 }

// ForSession are those of the server, as far as the session tells; the deployment's
// schema is not among it.
func ForSession(s api.Session) Rules {
	return Rules{Release: s.Release, RolesKnown: s.RolesKnown, Admin: s.IsAdmin, LocationCalls: s.HasLocationCalls()}
}
