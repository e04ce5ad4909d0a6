package model

import "fmt"

// RulesFor are the rules of a release with the default schema and limits.
func RulesFor(r Release) Rules { return Rules{Release: r} }

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

// emptiesLocations is whether the server takes the removal of all locations.
func (r Rules) emptiesLocations() bool { return r.Release == Release2015 }
