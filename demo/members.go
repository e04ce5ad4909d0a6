package demo

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// memberStatuses are what a member may be.
var memberStatuses = []string{"pending", "accepted", "rejected"}

// memberDocument is a member as the API shows it.
type memberDocument struct {
	MemberID  string `json:"member_id"`
	ImageID   string `json:"image_id"`
	Status    string `json:"status"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
	Schema    string `json:"schema"`
}

func documentOf(imageID string, m api.Member) memberDocument {
	return memberDocument{
		MemberID: m.ProjectID, ImageID: imageID, Status: m.Status,
		CreatedAt: m.CreatedAt.Format(time.RFC3339), UpdatedAt: m.UpdatedAt.Format(time.RFC3339),
		Schema: "/v2/schemas/member",
	}
}

// listMembers answers GET /v2/images/{image}/members. A project that does not
// own the image sees only itself.
func (c *call) listMembers() error {
	r, err := c.memberImage()
	if err != nil {
		return err
	}
	if r.image.Visibility != model.Shared {
		return refuse(http.StatusForbidden,
			"Not allowed to list members for image %s: Only shared images have members.", r.image.ID)
	}
	documents := []memberDocument{}
	for _, m := range c.membersSeen(r) {
		documents = append(documents, documentOf(r.image.ID, m))
	}
	c.json(http.StatusOK, map[string]any{"members": documents, "schema": "/v2/schemas/members"})
	return nil
}

// showMember answers GET /v2/images/{image}/members/{member}.
func (c *call) showMember() error {
	r, err := c.memberImage()
	if err != nil {
		return err
	}
	if r.image.Visibility != model.Shared {
		return refuse(http.StatusNotFound, "Only shared images have members.")
	}
	for _, m := range c.membersSeen(r) {
		if m.ProjectID == c.vars["member"] {
			c.json(http.StatusOK, documentOf(r.image.ID, m))
			return nil
		}
	}
	return c.errNoMember()
}

// addMember answers POST /v2/images/{image}/members. Any text is taken for a
// project (measured).
func (c *call) addMember() error {
	project, err := c.memberField("member", "Member to be added not specified",
		`Expected a member in the form: {"member": "image_id"}`)
	if err != nil {
		return err
	}
	if project == "" {
		return refuse(http.StatusBadRequest, "Member can't be empty")
	}
	r, err := c.memberImage()
	if err != nil {
		return err
	}
	if err := c.mayManageMembers(r, "add_member", "create"); err != nil {
		return err
	}
	now := c.now()
	m := api.Member{ProjectID: project, Status: "pending", CreatedAt: now, UpdatedAt: now}
	if !c.images.addMember(r.image.ID, m) {
		return refuse(http.StatusConflict, "Member %s is duplicated for image %s", project, r.image.ID)
	}
	c.json(http.StatusOK, documentOf(r.image.ID, m))
	return nil
}

// changeMember answers PUT /v2/images/{image}/members/{member}. The owner may
// not accept in the member's place; an administrator may.
func (c *call) changeMember() error {
	status, err := c.memberField("status", "Status not specified",
		`Expected a status in the form: {"status": "status"}`)
	if err != nil {
		return err
	}
	r, err := c.memberImage()
	if err != nil {
		return err
	}
	owner := !c.who.admin && r.image.Owner == model.Some(c.who.project)
	if r.image.Visibility != model.Shared || owner {
		return refuse(http.StatusForbidden, "Not allowed to update members for image %s.", r.image.ID)
	}
	if !slices.ContainsFunc(c.membersSeen(r), func(m api.Member) bool { return m.ProjectID == c.vars["member"] }) {
		return c.errNoMember()
	}
	if !slices.Contains(memberStatuses, status) {
		return refuse(http.StatusBadRequest, `Incorrect request: Status must be "pending", "accepted" or "rejected".`)
	}
	m, found := c.images.changeMember(r.image.ID, c.vars["member"], status, c.now())
	if !found {
		return c.errNoMember()
	}
	c.json(http.StatusOK, documentOf(r.image.ID, m))
	return nil
}

// removeMember answers DELETE /v2/images/{image}/members/{member}.
func (c *call) removeMember() error {
	r, err := c.memberImage()
	if err != nil {
		return err
	}
	if err := c.mayManageMembers(r, "delete_member", "delete"); err != nil {
		return err
	}
	if !c.images.removeMember(r.image.ID, c.vars["member"]) {
		return c.errNoMember()
	}
	c.empty(http.StatusNoContent)
	return nil
}

// memberImage is the image whose members are asked for.
func (c *call) memberImage() (record, error) {
	r, found := c.images.find(c.vars["image"], c.who)
	if !found {
		return record{}, refuse(http.StatusNotFound, "Image %s not found.", c.vars["image"])
	}
	return r, nil
}

// mayManageMembers is whether the caller may add and remove members.
func (c *call) mayManageMembers(r record, rule, verb string) error {
	const refusal = "Not allowed to %s members for image %s."
	switch {
	case r.image.Visibility != model.Shared:
		return refuse(http.StatusForbidden, refusal, verb, r.image.ID)
	case !c.who.owns(r.image.Owner.Or("")):
		return c.errStranger(rule, refusal, verb, r.image.ID)
	}
	return nil
}

// membersSeen are the members that the caller sees: all of an own image, else
// only itself.
func (c *call) membersSeen(r record) []api.Member {
	members := c.images.membersOf(r.image.ID)
	if c.who.owns(r.image.Owner.Or("")) {
		return members
	}
	return slices.DeleteFunc(members, func(m api.Member) bool { return m.ProjectID != c.who.project })
}

func (c *call) errNoMember() *fault {
	return refuse(http.StatusNotFound, "%s not found in the member list of the image %s.",
		c.vars["member"], c.vars["image"])
}

// memberField reads the one text of a body; missing and wrong say what is
// amiss when it is not there, and when the body is no object.
func (c *call) memberField(name, missing, wrong string) (string, error) {
	value, err := c.jsonBody()
	if err != nil {
		return "", err
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return "", refuse(http.StatusBadRequest, "%s", wrong)
	}
	switch field := object[name].(type) {
	case string:
		return field, nil
	case json.Number:
		return field.String(), nil
	case nil:
		if _, found := object[name]; found {
			return "", nil
		}
		return "", refuse(http.StatusBadRequest, "%s", missing)
	}
	return "", refuse(http.StatusBadRequest, "%s", wrong)
}

// membersOf is a copy of an image's members.
func (s *store) membersOf(id string) []api.Member {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.members[id])
}

func (s *store) addMember(id string, m api.Member) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.member(id, m.ProjectID) != nil {
		return false
	}
	s.members[id] = append(s.members[id], m)
	return true
}

func (s *store) changeMember(id, project, status string, now time.Time) (api.Member, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.member(id, project)
	if m == nil {
		return api.Member{}, false
	}
	m.Status, m.UpdatedAt = status, now
	return *m, true
}

func (s *store) removeMember(id, project string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.members[id])
	s.members[id] = slices.DeleteFunc(s.members[id], func(m api.Member) bool { return m.ProjectID == project })
	return len(s.members[id]) < before
}
