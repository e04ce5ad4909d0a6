package api

import "strconv"

// MinorVersion is the minor version of a version of the Image API v2 as
// servers name it, 16 of "v2.16"; -1 of anything else.
func MinorVersion(id string) int {
	const prefix = "v2."
	if len(id) <= len(prefix) || id[:len(prefix)] != prefix {
		return -1
	}
	n, err := strconv.ParseUint(id[len(prefix):], 10, 16)
	if err != nil {
		return -1
	}
	return int(n)
}

// locationCallsSince is the minor version with calls for locations.
const locationCallsSince = 17

// HasLocationCalls reports whether the server has POST and GET
// /v2/images/{id}/locations, as far as its version is known.
func (s Session) HasLocationCalls() bool { return MinorVersion(s.APIVersion) >= locationCallsSince }

// hiddenSince is the minor version with hidden images (Glance 17, 2018).
const hiddenSince = 7

// HidesImages reports whether the server can have hidden images, as far as its
// version and its schema are known.
func (s Session) HidesImages() bool {
	minor := MinorVersion(s.APIVersion)
	return !s.NoHidden && (minor < 0 || minor >= hiddenSince)
}
