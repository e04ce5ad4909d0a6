package demo

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// authRequest is the body of POST /v3/auth/tokens, as far as it is understood.
type authRequest struct {
	Auth *struct {
		Identity struct {
			Methods  []string `json:"methods"`
			Password struct {
				User authUser `json:"user"`
			} `json:"password"`
			Token struct {
				ID string `json:"id"`
			} `json:"token"`
			ApplicationCredential struct {
				ID     string   `json:"id"`
				Name   string   `json:"name"`
				Secret string   `json:"secret"`
				User   authUser `json:"user"`
			} `json:"application_credential"`
		} `json:"identity"`
		Scope json.RawMessage `json:"scope"`
	} `json:"auth"`
}

type authUser struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Password string     `json:"password"`
	Domain   authDomain `json:"domain"`
}

type authDomain struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// known is whether a domain is the one that there is.
func (d authDomain) known() bool { return d.ID == DomainID || d.ID == "" && d.Name == Domain }

// find is the user by id, or by name and domain.
func (u authUser) find() *user {
	if u.ID != "" {
		if found := userNamed(u.ID); found != nil && found.id == u.ID {
			return found
		}
		return nil
	}
	if !u.Domain.known() {
		return nil
	}
	if found := userNamed(u.Name); found != nil && found.name == u.Name {
		return found
	}
	return nil
}

// authTokens serves /v3/auth/tokens: POST logs in, GET and HEAD tell about a
// token, DELETE revokes it.
func (c *call) authTokens() *identityFault {
	switch c.r.Method {
	case http.MethodPost:
		return c.login()
	case http.MethodGet, http.MethodHead, http.MethodDelete:
		return c.inspect()
	}
	c.w.Header().Set("Allow", "GET, HEAD, POST, DELETE")
	return identityRefuse(http.StatusMethodNotAllowed, "The method is not allowed for the requested URL.")
}

func (c *call) login() *identityFault {
	var q authRequest
	body, err := c.body()
	if err != nil || json.Unmarshal(body, &q) != nil {
		return errBadAuth("Expecting to find valid JSON in request body.")
	}
	if q.Auth == nil || len(q.Auth.Identity.Methods) == 0 {
		return errBadAuth("Expecting to find auth in request body.")
	}
	t, from, fault := c.identify(&q)
	if fault != nil {
		return fault
	}
	if fault := q.scope(t); fault != nil {
		return fault
	}
	id := c.tokens.issue(t, from)
	c.w.Header().Set("X-Subject-Token", id)
	c.json(http.StatusCreated, c.tokenDocument(t))
	return nil
}

func errBadAuth(what string) *identityFault {
	return identityRefuse(http.StatusBadRequest, what+" The server could not comply with the request "+
		"since it is either malformed or otherwise incorrect. The client is assumed to be in error.")
}

// identify finds out who logs in, by the first method of the request; from is
// the token that a login starts from, if any.
func (c *call) identify(q *authRequest) (t, from *token, fault *identityFault) {
	identity := &q.Auth.Identity
	switch method := identity.Methods[0]; method {
	case "password":
		u := identity.Password.User.find()
		if u == nil || identity.Password.User.Password != Password {
			return nil, nil, errNotAuthenticated()
		}
		return &token{methods: []string{method}, user: u}, nil, nil
	case "application_credential":
		found := findCredential(identity.ApplicationCredential.ID, identity.ApplicationCredential.Name,
			identity.ApplicationCredential.User.find())
		if found == nil || identity.ApplicationCredential.Secret != found.secret {
			return nil, nil, errNotAuthenticated()
		}
		return &token{methods: []string{method}, user: found.user, project: found.project, credential: found}, nil, nil
	case "token":
		from := c.tokens.find(identity.Token.ID)
		if from == nil {
			return nil, nil, identityRefuse(http.StatusNotFound, "Could not recognize Fernet token")
		}
		methods := append(slices.Clone(from.methods), method)
		return &token{methods: slices.Compact(methods), user: from.user, credential: from.credential}, from, nil
	}
	return nil, nil, errNotAuthenticated()
}

func findCredential(id, name string, u *user) *credential {
	for _, found := range credentials {
		if id != "" && found.id == id || id == "" && u != nil && found.name == name && found.user == u {
			return found
		}
	}
	return nil
}

// scope gives the token the project that is asked for. Without a scope it is
// good for the token service only, unless it is an application credential's.
func (q *authRequest) scope(t *token) *identityFault {
	var scope struct {
		Project *struct {
			ID     string     `json:"id"`
			Name   string     `json:"name"`
			Domain authDomain `json:"domain"`
		} `json:"project"`
	}
	given := len(q.Auth.Scope) > 0 && string(q.Auth.Scope) != "null" && string(q.Auth.Scope) != `"unscoped"`
	if !given {
		return nil
	}
	if t.project != nil {
		return identityRefuse(http.StatusUnauthorized, "Application credentials cannot request a scope.")
	}
	if json.Unmarshal(q.Auth.Scope, &scope) != nil || scope.Project == nil {
		return errNotAuthenticated() // no role on a domain or the system
	}
	wanted := scope.Project
	var p *project
	switch {
	case wanted.ID != "":
		if p = projectNamed(wanted.ID); p != nil && p.id != wanted.ID {
			p = nil
		}
	case wanted.Domain.known():
		if p = projectNamed(wanted.Name); p != nil && p.name != wanted.Name {
			p = nil
		}
	}
	if p == nil || len(t.user.roles[p.id]) == 0 {
		return errNotAuthenticated()
	}
	t.project = p
	return nil
}

// inspect tells about the token in X-Subject-Token, or revokes it.
func (c *call) inspect() *identityFault {
	asking := c.tokens.find(c.r.Header.Get("X-Auth-Token"))
	if asking == nil {
		return errNotAuthenticated()
	}
	id := c.r.Header.Get("X-Subject-Token")
	if id == "" {
		return identityRefuse(http.StatusNotFound, "No token in the request")
	}
	t := c.tokens.find(id)
	if t == nil {
		return identityRefuse(http.StatusNotFound, "Could not recognize Fernet token")
	}
	if t.user != asking.user && !asking.admin() {
		return errForbiddenAction("identity:validate_token")
	}
	if c.r.Method == http.MethodDelete {
		c.tokens.revoke(id)
		c.empty(http.StatusNoContent)
		return nil
	}
	c.w.Header().Set("X-Subject-Token", id)
	c.json(http.StatusOK, c.tokenDocument(t))
	return nil
}

// keystoneTime is how Keystone writes times.
const keystoneTime = "2006-01-02T15:04:05.000000Z"

func (c *call) tokenDocument(t *token) map[string]any {
	domain := map[string]any{"id": DomainID, "name": Domain}
	document := map[string]any{
		"methods": t.methods,
		"user": map[string]any{
			"id": t.user.id, "name": t.user.name, "domain": domain, "password_expires_at": nil,
		},
		"audit_ids":  t.audits,
		"issued_at":  t.issued.Truncate(time.Microsecond).Format(keystoneTime),
		"expires_at": t.expires.Truncate(time.Microsecond).Format(keystoneTime),
	}
	if t.credential != nil {
		document["application_credential"] = map[string]any{
			"id": t.credential.id, "name": t.credential.name, "restricted": true,
		}
	}
	if t.project != nil {
		roles := []any{}
		for _, name := range t.roles() {
			roles = append(roles, map[string]any{"id": roleID(name), "name": name})
		}
		document["project"] = map[string]any{"id": t.project.id, "name": t.project.name, "domain": domain}
		document["is_domain"] = false
		document["roles"] = roles
		document["catalog"] = c.catalogue()
	}
	return map[string]any{"token": document}
}

// catalogue names both services, by the address that the client used.
func (c *call) catalogue() []any {
	service := func(kind, name, url string) map[string]any {
		endpoints := []any{}
		for _, interfaceName := range []string{"public", "internal", "admin"} {
			endpoints = append(endpoints, map[string]any{
				"id": shortID("endpoint", kind+interfaceName), "interface": interfaceName,
				"region": Region, "region_id": Region, "url": url,
			})
		}
		return map[string]any{"id": shortID("service", kind), "type": kind, "name": name, "endpoints": endpoints}
	}
	return []any{service("identity", "keystone", c.identityURL()), service("image", "glance", c.base())}
}
