package demo

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"slices"
	"sync"
	"time"
)

// token is a login.
type token struct {
	methods    []string
	user       *user
	project    *project // nil when unscoped
	credential *credential
	audits     []string
	issued     time.Time
	expires    time.Time
}

func (t *token) roles() []string {
	if t.project == nil {
		return nil
	}
	return t.user.roles[t.project.id]
}

func (t *token) admin() bool { return slices.Contains(t.roles(), "admin") }

// tokenService knows the tokens that are good.
type tokenService struct {
	lifetime time.Duration

	mu     sync.Mutex
	tokens map[string]*token
}

// maxTokens bounds how many logins are remembered; the oldest is forgotten first.
const maxTokens = 10000

func newTokenService(lifetime time.Duration) *tokenService {
	return &tokenService{lifetime: lifetime, tokens: make(map[string]*token)}
}

// issue makes a token; one made from another ends when that does.
func (s *tokenService) issue(t *token, from *token) (id string) {
	t.issued = time.Now().UTC()
	t.expires = t.issued.Add(s.lifetime)
	t.audits = []string{randomText(16)}
	if from != nil {
		t.expires = from.expires
		t.audits = append(t.audits, from.audits[0])
	}
	id = "gAAAAAB" + randomText(130)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(t.issued)
	s.tokens[id] = t
	return id
}

// tidy forgets what has expired, and the oldest token when there are too many.
func (s *tokenService) tidy(now time.Time) {
	if len(s.tokens) < maxTokens {
		return
	}
	oldest := ""
	for id, t := range s.tokens {
		if !t.expires.After(now) {
			delete(s.tokens, id)
			continue
		}
		if oldest == "" || t.issued.Before(s.tokens[oldest].issued) {
			oldest = id
		}
	}
	if len(s.tokens) >= maxTokens {
		delete(s.tokens, oldest)
	}
}

// find is a token that is good now, nil otherwise.
func (s *tokenService) find(id string) *token {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tokens[id]
	if t != nil && !t.expires.After(time.Now()) {
		delete(s.tokens, id)
		return nil
	}
	return t
}

func (s *tokenService) revoke(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, id)
}

// ExpireTokens makes all tokens that were issued so far worthless, so that a
// client's renewal can be tried.
func (s *Server) ExpireTokens() {
	s.tokens.mu.Lock()
	defer s.tokens.mu.Unlock()
	clear(s.tokens.tokens)
}

func randomText(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

// noTokens are what clients send in place of a token when they were told that
// there is no Keystone: keystoneauth's plugin "none", and older ones.
var noTokens = []string{"", "notused", "notoken"}

// authenticate finds out who sent a request to the Image service.
func (c *call) authenticate() error {
	id := c.r.Header.Get("X-Auth-Token")
	if slices.Contains(noTokens, id) {
		if c.opts.RequireToken {
			return c.errUnauthorized()
		}
		c.who = caller{admin: true, roleless: true}
		return nil
	}
	t := c.tokens.find(id)
	if t == nil {
		return c.errUnauthorized()
	}
	c.who = caller{admin: t.admin(), user: t.user.id}
	if t.project != nil { // an unscoped token is taken, but owns nothing (measured)
		c.who.project = t.project.id
	}
	return nil
}

func (c *call) errUnauthorized() *fault {
	f := bare(http.StatusUnauthorized)
	f.header = http.Header{"Www-Authenticate": {`Keystone uri="` + c.base() + identityPath + `"`}}
	return f
}
