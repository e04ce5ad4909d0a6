package demo

import (
	"net/http"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// caller is who sent a request.
type caller struct {
	admin bool
	// roleless is an administrator without the role admin: somebody without a
	// token. The rules of the policy that ask for the role refuse him.
	roleless bool
	project  string // "" when there is none, as for a request without a token
	user     string // id
}

// owns is whether the caller may change the image.
func (who caller) owns(owner string) bool {
	return who.admin || owner != "" && owner == who.project
}

// visible is whether GET by id shows the image (measured: what may not be seen
// is 404). The caller holds the lock.
func (s *store) visible(e *entry, who caller) bool {
	switch {
	case who.admin, e.owner == "",
		e.visibility == model.Public, e.visibility == model.Community,
		e.owner == who.project:
		return true
	}
	return e.visibility == model.Shared && s.member(e.id, who.project) != nil
}

// listed is whether a list shows the image, given the filters "visibility"
// and "member_status". The caller holds the lock.
func (s *store) listed(e *entry, who caller, filter string, memberStatus string) bool {
	if filter != "" && filter != visibilityAll && string(e.visibility) != filter {
		return false
	}
	own := who.project != "" && e.owner == who.project
	if filter == "" && e.visibility == model.Community && !own {
		return false
	}
	if who.admin || own || e.visibility == model.Public || e.visibility == model.Community {
		return true
	}
	if e.visibility != model.Shared {
		return false
	}
	m := s.member(e.id, who.project)
	return m != nil && (memberStatus == memberAll || m.Status == memberStatus)
}

// member is a project's membership of an image, nil without. The caller holds
// the lock.
func (s *store) member(id, project string) *api.Member {
	for n, m := range s.members[id] {
		if m.ProjectID == project {
			return &s.members[id][n]
		}
	}
	return nil
}

// refusePolicy is how a rule of the policy says no.
func refusePolicy(rule string) *fault {
	return refuse(http.StatusForbidden, "You are not authorized to complete %s action.", rule)
}

// errNotOwner answers a change to an image that the caller sees but does not
// own. The strict policy names the rule, the older one says why.
func (c *call) errNotOwner(rule string) *fault {
	return c.errStranger(rule, "You do not own this image")
}

func (c *call) errStranger(rule, legacy string, args ...any) *fault {
	if c.opts.StrictPolicy {
		return refusePolicy(rule)
	}
	return refuse(http.StatusForbidden, legacy, args...)
}

// errNoImage answers a request for an image that is not there for the caller.
func errNoImage(id string) *fault {
	return refuse(http.StatusNotFound, "No image found with ID %s", id)
}
