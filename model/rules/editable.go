package rules

import (
	"fmt"
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// Editable reports whether a client can change an attribute of the image as it
// is now, and if not, why: one short sentence without a full stop. Custom
// properties as a whole go by "properties".
func (r Rules) Editable(base model.Image, attribute string) (ok bool, why string) {
	a, found := model.AttributeNamed(attribute)
	switch {
	case !found:
		return false, "images have no such attribute"
	case a.ByServer:
		return false, "only the server sets it"
	case base.Unread[attribute] != nil:
		return false, base.WhyUnread(attribute)
	case attribute == "os_hidden" && r.Schema.LacksHidden() && !base.Hidden:
		return false, cannotHide
	case a.Formats && base.Status != model.StatusQueued:
		return false, fmt.Sprintf("fixed once the image has left the status queued (it is %s)", base.StatusWord())
	case a.Kind == model.KindProperties && !r.schema().AdditionalProperties && len(r.DeclaredProperties()) == 0:
		return false, noCustomProperties
	case a.Kind == model.KindLocations && base.LocationsWithheld:
		return false, base.WhyWithheld()
	case a.Kind == model.KindLocations && r.CallsForLocations(base):
		return true, ""
	case a.Kind == model.KindLocations && !base.LocationsShown && r.LocationCalls:
		return false, whyHiddenLocations + fmt.Sprintf(" (it is %s)", base.StatusWord())
	case a.Kind == model.KindLocations && !base.LocationsShown:
		return false, hiddenLocations
	case a.Kind == model.KindLocations && !locationsOpen(base.Status):
		return false, closedLocations(base.StatusWord())
	}
	return true, ""
}

const cannotHide = "this server cannot hide images"

// Choices is the values that an attribute or property can have, nil when it is
// not one of a list. Visibilities come from the narrowest to the widest.
func (r Rules) Choices(attribute string) []string {
	described := r.schema().Attributes[attribute]
	if a, _ := model.AttributeNamed(attribute); a.Values != nil {
		return inOrder(a.Values, described.Enum)
	}
	return slices.Clone(described.Enum)
}

// inOrder is the known values that the schema allows, then those of the
// schema's that are not known; all known ones when the schema says nothing.
func inOrder(known, allowed []string) []string {
	var out []string
	for _, v := range known {
		if len(allowed) == 0 || slices.Contains(allowed, v) {
			out = append(out, v)
		}
	}
	for _, v := range allowed {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
