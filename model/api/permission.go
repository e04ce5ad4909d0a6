package api

import (
	"cmp"

	"github.com/glance-tui/glance-tui/model"
)

// WhyNotEdit predicts why the session may not change an image, in a sentence
// without a full stop; "" where it may, or where too little is known to tell. It
// is the rule of every release: an image is changed by its own project and by
// administrators (measured: 403 for all others who may see it). A deployment's
// policy can say otherwise, and only a real edit shows that: an empty patch is
// accepted from everyone.
func (s Session) WhyNotEdit(i model.Image) string {
	owner := i.Owner.Or("")
	switch {
	case !s.RolesKnown || s.IsAdmin || s.ProjectID == "" || !i.Knows("owner") || owner == s.ProjectID:
		return ""
	case owner == "":
		return "it belongs to no project: only administrators may change it"
	}
	return "it belongs to the project " + cmp.Or(s.ProjectNames[owner], owner) + ": only that project and administrators may change it"
}
