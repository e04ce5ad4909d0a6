package demo

import (
	"net/http"
	"slices"
	"strings"
)

// route is a path of the Image service below its version. A part in braces
// stands for any one part of a path.
type route struct {
	parts   []string
	actions []action
}

// action is what a method does with a path.
type action struct {
	method string
	do     func(*call) error
	// noBody refuses requests with a body, as Glance does where it needs none.
	noBody bool
}

func at(path string, actions ...action) route {
	return route{parts: strings.Split(path, "/"), actions: actions}
}

func get(do func(*call) error) action       { return action{http.MethodGet, do, true} }
func getAny(do func(*call) error) action    { return action{http.MethodGet, do, false} }
func post(do func(*call) error) action      { return action{http.MethodPost, do, false} }
func put(do func(*call) error) action       { return action{http.MethodPut, do, false} }
func patchWith(do func(*call) error) action { return action{http.MethodPatch, do, false} }
func remove(do func(*call) error) action    { return action{http.MethodDelete, do, true} }
func putBare(do func(*call) error) action   { return action{http.MethodPut, do, true} }
func postBare(do func(*call) error) action {
	return action{http.MethodPost, do, true}
}

// imageRoutes are the paths of the Image API v2. The order of a path's actions
// is that of its Allow header.
func (s *Server) imageRoutes() []route {
	routes := []route{
		at("images", getAny((*call).listImages), post((*call).createImage)),
		at("images/{image}", get((*call).showImage), patchWith((*call).patchImage), remove((*call).deleteImage)),
		at("images/{image}/tasks", get((*call).listTasks)),
		at("images/{image}/import", post((*call).importImage)),
		at("images/{image}/actions/deactivate", postBare((*call).deactivate)),
		at("images/{image}/actions/reactivate", postBare((*call).reactivate)),
		at("images/{image}/file", get((*call).download), put((*call).upload)),
		at("images/{image}/stage", put((*call).stage)),
		at("images/{image}/tags/{tag}", putBare((*call).addTag), remove((*call).removeTag)),
		at("images/{image}/members", get((*call).listMembers), post((*call).addMember)),
		at("images/{image}/members/{member}",
			get((*call).showMember), put((*call).changeMember), remove((*call).removeMember)),
		at("stores/{store}/{image}", remove((*call).deleteFromStore)),
		at("schemas/image", get((*call).imageSchema)),
		at("schemas/images", get((*call).imagesSchema)),
		at("schemas/member", get((*call).memberSchema)),
		at("schemas/members", get((*call).membersSchema)),
		at("info/import", get((*call).importInfo)),
		at("info/stores", get((*call).storesInfo)),
		at("info/stores/detail", get((*call).storesDetail)),
		at("info/usage", getAny((*call).usageInfo)),
	}
	if s.opts.LocationCalls {
		routes = append(routes, at("images/{image}/locations", post((*call).addLocation), get((*call).listLocations)))
	}
	return routes
}

// image serves the Image service: versions without a token, all else with one.
func (c *call) image() error {
	path := strings.TrimPrefix(c.r.URL.Path, "/")
	version, rest, _ := strings.Cut(path, "/")
	if version == "versions" {
		c.versions(http.StatusOK)
		return nil
	}
	if !c.knownVersion(version) {
		c.versions(http.StatusMultipleChoices)
		return nil
	}
	if err := c.authenticate(); err != nil {
		return err
	}
	return c.dispatch(strings.Split(rest, "/"))
}

// dispatch finds the action for a path. An unknown path is 404 whatever the
// method; an encoded slash counts as a slash (measured: a tag with one is 404).
func (c *call) dispatch(parts []string) error {
	for _, r := range c.routes {
		vars, ok := r.match(parts)
		if !ok {
			continue
		}
		c.vars = vars
		for _, a := range r.actions {
			if a.method == c.r.Method {
				return c.act(a)
			}
		}
		return c.refuseMethod(r)
	}
	return bare(http.StatusNotFound)
}

func (c *call) act(a action) error {
	if a.noBody && c.hasBody() {
		return refuse(http.StatusBadRequest, "A body is not expected with this request.")
	}
	return a.do(c)
}

func (c *call) refuseMethod(r route) error {
	methods := make([]string, len(r.actions))
	for n, a := range r.actions {
		methods[n] = a.method
	}
	return &fault{
		code:        http.StatusMethodNotAllowed,
		explanation: "The method " + c.r.Method + " is not allowed for this resource. ",
		header:      http.Header{"Allow": {strings.Join(slices.Compact(methods), ", ")}},
	}
}

func (r route) match(parts []string) (vars map[string]string, ok bool) {
	if len(parts) != len(r.parts) {
		return nil, false
	}
	vars = make(map[string]string)
	for n, want := range r.parts {
		switch {
		case strings.HasPrefix(want, "{"):
			if parts[n] == "" {
				return nil, false
			}
			vars[strings.Trim(want, "{}")] = parts[n]
		case want != parts[n]:
			return nil, false
		}
	}
	return vars, true
}
