package demo

import (
	"net/http"
	"strings"
)

// identityPath is where the token service lives below the server's URL.
const identityPath = "/identity"

func isIdentity(path string) bool {
	return path == identityPath || strings.HasPrefix(path, identityPath+"/")
}

// identityFault is an answer of the token service that says no.
type identityFault struct {
	code    int
	message string
}

func (f *identityFault) Error() string { return f.message }

func identityRefuse(code int, message string) *identityFault { return &identityFault{code, message} }

func errNotAuthenticated() *identityFault {
	return identityRefuse(http.StatusUnauthorized, "The request you have made requires authentication.")
}

// identity serves the token service: version discovery, tokens, and the names
// of projects, users and the domain.
func (c *call) identity() {
	c.w.Header().Set("Vary", "X-Auth-Token")
	path := strings.Trim(strings.TrimPrefix(c.r.URL.Path, identityPath), "/")
	var fault *identityFault
	switch path {
	case "":
		fault = c.only(http.MethodGet, c.identityVersions)
	case "v3":
		fault = c.only(http.MethodGet, c.identityVersion)
	case "v3/auth/tokens":
		fault = c.authTokens()
	default:
		fault = c.only(http.MethodGet, func() *identityFault { return c.directory(strings.Split(path, "/")) })
	}
	if fault != nil {
		c.identityRefused(fault)
	}
}

func (c *call) only(method string, do func() *identityFault) *identityFault {
	if c.r.Method != method {
		c.w.Header().Set("Allow", method)
		return identityRefuse(http.StatusMethodNotAllowed, "The method is not allowed for the requested URL.")
	}
	return do()
}

func (c *call) identityRefused(f *identityFault) {
	if f.code == http.StatusUnauthorized {
		c.w.Header().Set("WWW-Authenticate", `Keystone uri="`+c.identityURL()+`"`)
	}
	c.json(f.code, map[string]any{"error": map[string]any{
		"code": f.code, "message": f.message, "title": http.StatusText(f.code),
	}})
}

// identityURL is the token service's versioned URL.
func (c *call) identityURL() string { return c.base() + identityPath + "/v3" }

func (c *call) identityVersionDocument() map[string]any {
	return map[string]any{
		"id": "v3.14", "status": "stable", "updated": "2020-04-07T00:00:00Z",
		"links": []apiLink{{Rel: "self", Href: c.identityURL() + "/"}},
		"media-types": []any{map[string]any{
			"base": "application/json", "type": "application/vnd.openstack.identity-v3+json",
		}},
	}
}

// identityVersions answers GET /identity: 300, as Keystone does.
func (c *call) identityVersions() *identityFault {
	c.w.Header().Set("Location", c.identityURL()+"/")
	c.json(http.StatusMultipleChoices, map[string]any{
		"versions": map[string]any{"values": []any{c.identityVersionDocument()}},
	})
	return nil
}

// identityVersion answers GET /identity/v3.
func (c *call) identityVersion() *identityFault {
	c.json(http.StatusOK, map[string]any{"version": c.identityVersionDocument()})
	return nil
}

// directory answers what a token may ask: its own projects and catalogue, and
// as an administrator the names of everything.
func (c *call) directory(parts []string) *identityFault {
	t := c.tokens.find(c.r.Header.Get("X-Auth-Token"))
	if t == nil {
		return errNotAuthenticated()
	}
	switch path := strings.Join(parts, "/"); path {
	case "v3/auth/projects":
		c.json(http.StatusOK, c.collection("projects", c.projectDocuments(projectsOf(t.user))))
		return nil
	case "v3/auth/catalog":
		c.json(http.StatusOK, map[string]any{"catalog": c.catalogue(), "links": map[string]any{"self": c.identityURL() + "/auth/catalog"}})
		return nil
	}
	if len(parts) < 2 || len(parts) > 3 {
		return errNoSuchPage()
	}
	return c.names(t, parts[1], parts[2:])
}

func errNoSuchPage() *identityFault {
	return identityRefuse(http.StatusNotFound, "The requested URL was not found on the server.")
}

// names answers /v3/projects, /v3/users and /v3/domains, with an id or as a
// list that "name" narrows.
func (c *call) names(t *token, kind string, id []string) *identityFault {
	documents, known := c.documents(kind)
	if !known {
		return errNoSuchPage()
	}
	singular := strings.TrimSuffix(kind, "s")
	if len(id) == 0 {
		if !t.admin() {
			return errForbiddenAction("identity:list_" + kind)
		}
		name := c.r.URL.Query().Get("name")
		found := []map[string]any{}
		for _, d := range documents {
			if name == "" || d["name"] == name {
				found = append(found, d)
			}
		}
		c.json(http.StatusOK, c.collection(kind, found))
		return nil
	}
	own := t.project != nil && t.project.id == id[0] || t.user.id == id[0]
	if !t.admin() && !own {
		return errForbiddenAction("identity:get_" + singular)
	}
	for _, d := range documents {
		if d["id"] == id[0] {
			c.json(http.StatusOK, map[string]any{singular: d})
			return nil
		}
	}
	return identityRefuse(http.StatusNotFound, "Could not find "+singular+": "+id[0]+".")
}

func errForbiddenAction(action string) *identityFault {
	return identityRefuse(http.StatusForbidden, "You are not authorized to perform the requested action: "+action+".")
}

func (c *call) documents(kind string) (documents []map[string]any, known bool) {
	switch kind {
	case "projects":
		return c.projectDocuments(projects), true
	case "users":
		for _, u := range users {
			documents = append(documents, map[string]any{
				"id": u.id, "name": u.name, "domain_id": DomainID, "enabled": true,
				"password_expires_at": nil, "options": map[string]any{}, "links": c.self("users/" + u.id),
			})
		}
		return documents, true
	case "domains":
		return []map[string]any{{
			"id": DomainID, "name": Domain, "description": "The only domain", "enabled": true,
			"tags": []string{}, "options": map[string]any{}, "links": c.self("domains/" + DomainID),
		}}, true
	}
	return nil, false
}

func (c *call) projectDocuments(list []*project) []map[string]any {
	documents := []map[string]any{}
	for _, p := range list {
		documents = append(documents, map[string]any{
			"id": p.id, "name": p.name, "description": p.description, "domain_id": DomainID,
			"parent_id": DomainID, "enabled": true, "is_domain": false, "tags": []string{},
			"options": map[string]any{}, "links": c.self("projects/" + p.id),
		})
	}
	return documents
}

func (c *call) self(path string) map[string]any {
	return map[string]any{"self": c.identityURL() + "/" + path}
}

func (c *call) collection(kind string, documents []map[string]any) map[string]any {
	return map[string]any{
		kind: documents,
		"links": map[string]any{
			"next": nil, "previous": nil, "self": c.identityURL() + "/" + kind,
		},
	}
}
