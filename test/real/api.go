package realglance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
)

// API is a user's way to the main Glance, for tests that set a scene or look
// at what came of it: plain requests, nothing of the program under test.
type API struct {
	t     testing.TB
	url   string
	token string
}

// Login logs a user in ("admin" or "demo").
func (s *Server) Login(t testing.TB, user string) *API {
	t.Helper()
	u := s.Users[user]
	type name struct {
		Name string `json:"name"`
	}
	body := map[string]any{"auth": map[string]any{
		"identity": map[string]any{"methods": []string{"password"}, "password": map[string]any{
			"user": map[string]any{"name": u.Name, "password": u.Password, "domain": name{u.Domain}}}},
		"scope": map[string]any{"project": map[string]any{"name": u.Project, "domain": name{u.ProjectDomain}}},
	}}
	api := &API{t: t, url: s.KeystoneURL}
	header, _ := api.send(http.MethodPost, "/auth/tokens", body, http.StatusCreated)
	api.url, api.token = s.Glance["main"], header.Get("X-Subject-Token")
	return api
}

// Create makes an image, and takes it away when the test ends. It answers the
// image's id.
func (a *API) Create(attributes map[string]any) string {
	a.t.Helper()
	_, body := a.send(http.MethodPost, "/v2/images", attributes, http.StatusCreated)
	var image struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &image); err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { a.Delete(image.ID) })
	return image.ID
}

// Get reads an image as the server shows it.
func (a *API) Get(id string) map[string]any {
	a.t.Helper()
	_, body := a.send(http.MethodGet, "/v2/images/"+id, nil, http.StatusOK)
	var image map[string]any
	if err := json.Unmarshal(body, &image); err != nil {
		a.t.Fatal(err)
	}
	return image
}

// Delete takes an image away; one that is gone already is fine.
func (a *API) Delete(id string) {
	a.t.Helper()
	a.send(http.MethodDelete, "/v2/images/"+id, nil, http.StatusNoContent, http.StatusNotFound)
}

// Act runs an action: "deactivate" or "reactivate".
func (a *API) Act(id, action string) {
	a.t.Helper()
	a.send(http.MethodPost, "/v2/images/"+id+"/actions/"+action, nil, http.StatusNoContent)
}

func (a *API) send(method, path string, body any, want ...int) (http.Header, []byte) {
	a.t.Helper()
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			a.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(context.Background(), method, a.url+path, bytes.NewReader(text))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("X-Auth-Token", a.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, code := range want {
		if resp.StatusCode == code {
			return resp.Header, answer
		}
	}
	a.t.Fatal(fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, answer))
	return nil, nil
}
