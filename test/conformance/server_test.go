package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is one that the cases run against: an embedded one or a real one, in
// all the set-ups that it can have.
type server struct {
	// name is what differences are listed under: "demo", "glance 25".
	name   string
	mirror string // where files lie that it can reach, without a slash at its end
	setups map[Setup]*endpoint
	// parallel is how many cases run at a time, edits how many random ones are
	// made unless said otherwise.
	parallel, edits int
}

// endpoint is an Image service in one set-up.
type endpoint struct {
	url string
	// auth logs someone in; nil where no one needs to.
	auth   *keystone
	region string // in its catalog
}

// keystone logs users in and remembers their tokens.
type keystone struct {
	url   string // with /v3
	users map[Who]login

	mu     sync.Mutex
	tokens map[Who]session
}

type login struct{ name, password, project string }

type session struct{ token, project string }

func newKeystone(url string, users map[Who]login) *keystone {
	return &keystone{url: url, users: users, tokens: map[Who]session{}}
}

// session is the token of someone and the id of the project.
func (k *keystone) session(who Who) (session, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s, known := k.tokens[who]; known {
		return s, nil
	}
	u, known := k.users[who]
	if !known {
		return session{}, fmt.Errorf("no one is called %s", who)
	}
	domain := J{"name": "Default"}
	body := text(J{"auth": J{
		"identity": J{"methods": []string{"password"}, "password": J{"user": J{
			"name": u.name, "password": u.password, "domain": domain}}},
		"scope": J{"project": J{"name": u.project, "domain": domain}},
	}})
	answer, err := k.post(body)
	for tries := 0; err != nil && tries < 3; tries++ { // a busy Keystone drops connections
		time.Sleep(time.Second)
		answer, err = k.post(body)
	}
	if err != nil {
		return session{}, err
	}
	defer answer.Body.Close()
	var read struct {
		Token struct{ Project struct{ ID string } }
	}
	if answer.StatusCode != http.StatusCreated {
		return session{}, fmt.Errorf("log in as %s: %s", u.name, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(&read); err != nil {
		return session{}, fmt.Errorf("log in as %s: %w", u.name, err)
	}
	k.tokens[who] = session{token: answer.Header.Get("X-Subject-Token"), project: read.Token.Project.ID}
	return k.tokens[who], nil
}

func (k *keystone) post(body string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, k.url+"/auth/tokens", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	return web.Do(request)
}

// reply is what came back.
type reply struct {
	code    int
	header  http.Header
	body    []byte
	message string // of a refusal, in one line
}

// web has no proxy: everything is on loopback.
var web = &http.Client{
	Timeout:   5 * time.Minute,
	Transport: &http.Transport{MaxIdleConnsPerHost: 16},
	CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	},
}

// send sends a call; its texts are filled in already.
func (e *endpoint) send(c Call) (reply, error) {
	var body io.Reader
	if c.Body != "" || c.Type != "" {
		body = strings.NewReader(c.Body)
	}
	return e.sendBody(c, body)
}

func (e *endpoint) sendBody(c Call, body io.Reader) (reply, error) {
	request, err := http.NewRequestWithContext(context.Background(), c.Method, e.url+c.Path, body)
	if err != nil {
		return reply{}, err
	}
	// Glance may send more than it announced where a location's file is longer
	// than the image.
	request.Close = strings.HasSuffix(c.Path, "/file")
	request.Header.Set("Accept", "application/json")
	if c.Type != "" {
		request.Header.Set("Content-Type", c.Type)
	}
	switch {
	case e.auth == nil || c.As == Anonymous:
	case c.As == Impostor:
		request.Header.Set("X-Auth-Token", "gAAAAABnobodyissuedthis")
	default:
		s, err := e.auth.session(c.As)
		if err != nil {
			return reply{}, err
		}
		request.Header.Set("X-Auth-Token", s.token)
	}
	for name, value := range c.Header {
		request.Header.Set(name, value)
	}
	answer, err := web.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer answer.Body.Close()
	r := reply{code: answer.StatusCode, header: answer.Header}
	if r.body, err = io.ReadAll(answer.Body); err != nil {
		return reply{}, err
	}
	r.message = message(r.body)
	return r, nil
}

// message is the text of a refusal without its markup.
func message(body []byte) string {
	var read struct{ Message string }
	if json.Unmarshal(body, &read) != nil {
		read.Message = string(bytes.TrimSpace(body))
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(read.Message, "<br />", " ")), " ")
}

// need stops the test when the server does not run in a set-up: in CI that is a
// failure.
func (s *server) need(t testing.TB, setup Setup) *endpoint {
	t.Helper()
	e, found := s.setups[setup]
	if !found {
		stop := t.Skipf
		if os.Getenv("CI") == "true" {
			stop = t.Fatalf
		}
		stop("%s does not run as %q: test/real/glance.sh start --all", s.name, setup)
	}
	return e
}
