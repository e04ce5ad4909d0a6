package api

import "fmt"

// ReleaseNamed reads a release as a user names it: "2015", "current" or
// nothing (current).
func ReleaseNamed(name string) (Release, error) {
	switch name {
	case "", "current":
		return ReleaseCurrent, nil
	case string(Release2015):
		return Release2015, nil
	}
	return ReleaseCurrent, fmt.Errorf("unknown release %q: use current or 2015", name)
}

// String names the release: "current" or "2015".
func (r Release) String() string {
	if r == ReleaseCurrent {
		return "current"
	}
	return string(r)
}

// Release names a set of server rules. The zero value is ReleaseCurrent.
type Release string

const (
	// ReleaseCurrent is every server with the fix of CVE-2016-0757 (early
	// 2016): an image keeps at least one location.
	ReleaseCurrent Release = ""
	// Release2015 is a server before that fix: one "replace /locations []"
	// takes all locations away and the image goes from active to queued.
	Release2015 Release = "2015"
)
