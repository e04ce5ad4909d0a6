package model

// Some readings do not show an image's locations, and that is no news of them:
//
//   - A server that hides locations has no member "locations" in its answers.
//     LocationsShown is false then.
//   - One that shows them gives an empty list for a deactivated image to whoever
//     is no administrator (measured, and read in Glance 25: the list is emptied
//     as it leaves the database), and leaves out direct_url and stores. Releases
//     before 2021 do so for every image where the policy get_image_location says
//     no. [Viewer.Read] tells such a list from that of an image without data.
//
// What is not shown is unknown: it did not change, was not lost, and cannot be
// edited.

// Viewer reads images for someone, and learns by what is shown whose locations
// are. It is not for several goroutines at once.
type Viewer struct {
	// Admin reports whether it is known to have the role admin.
	Admin bool
	// shown are statuses in which an image's locations were shown to it.
	shown map[Status]bool
}

// Read marks an image, as the server gave it, whose locations are hidden from
// the viewer. An empty list of an image that has data counts as hidden, unless
// the viewer is an administrator, or was shown the locations of an image in
// that status before.
func (v *Viewer) Read(i *Image) {
	switch {
	case !i.LocationsShown || i.Status != StatusActive && i.Status != StatusDeactivated:
	case len(i.Locations) > 0:
		if v.shown == nil {
			v.shown = map[Status]bool{}
		}
		v.shown[i.Status] = true
	case !v.Admin && !v.shown[i.Status]:
		i.Locations, i.LocationsShown, i.LocationsWithheld = nil, false, true
	}
}

// Recalling is the image with the locations that an earlier reading showed,
// where they are withheld now: an edit of them waits until they are shown again.
func (i Image) Recalling(earlier Image) Image {
	if i.LocationsWithheld && !i.LocationsShown && earlier.LocationsShown {
		i.Locations, i.LocationsShown = CloneLocations(earlier.Locations), true
	}
	return i
}

// WithholdsPlaces reports whether the image may lack what follows from its locations
// only because they are withheld; from a server that hides all of them, too.
func (i Image) WithholdsPlaces() bool {
	return i.LocationsWithheld || !i.LocationsShown && i.Status == StatusDeactivated
}

// FollowsLocations reports whether an attribute is shown with the locations alone.
func FollowsLocations(name string) bool {
	return name == "direct_url" || name == "stores"
}

// ShowsLocations reports whether the locations are what the reading itself says.
func (i *Image) ShowsLocations() bool { return i.LocationsShown && !i.LocationsWithheld }

// WhyWithheld says in a few words why the locations are withheld.
func (i Image) WhyWithheld() string {
	if i.Status == StatusDeactivated {
		return "hidden from you while the image is deactivated"
	}
	return "hidden from you by this server's policy"
}
