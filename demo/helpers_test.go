package demo_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// api talks to a service as one user; without a token when there is none.
type apiClient struct {
	t     testing.TB
	url   string
	auth  string
	token string
	web   *http.Transport
}

// answer is what came back.
type answer struct {
	t      testing.TB
	what   string
	code   int
	header http.Header
	body   []byte
}

// open starts a service on a network in memory and talks to it without a token.
func open(t testing.TB, opts demo.Options) apiClient {
	t.Helper()
	web := &http.Transport{DialContext: demotest.Serve(t, demo.New(opts).Handler())}
	t.Cleanup(web.CloseIdleConnections)
	const url = "http://127.0.0.1:9292"
	return apiClient{t: t, url: url, auth: url + "/identity/v3", web: web}
}

// as logs in.
func (a apiClient) as(user, project string) apiClient {
	a.t.Helper()
	body := passwordLogin(user, demo.Password, project)
	got := apiClient{t: a.t, url: a.auth, web: a.web}.send(http.MethodPost, "/auth/tokens", body, "Content-Type", "application/json")
	got.want(http.StatusCreated)
	a.token = got.header.Get("X-Subject-Token")
	return a
}

func (a apiClient) admin() apiClient { a.t.Helper(); return a.as(demo.Username, demo.Project) }
func (a apiClient) member() apiClient {
	a.t.Helper()
	return a.as(demo.MemberUsername, demo.MemberProject)
}

func passwordLogin(user, password, project string) string {
	return `{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"` + user +
		`","domain":{"name":"Default"},"password":"` + password + `"}}},` +
		`"scope":{"project":{"name":"` + project + `","domain":{"id":"default"}}}}}`
}

// send does one request; headers are names and values in turn.
func (a apiClient) send(method, path, body string, headers ...string) answer {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, a.url+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Accept", "application/json")
	if a.token != "" {
		request.Header.Set("X-Auth-Token", a.token)
	}
	for n := 0; n < len(headers); n += 2 {
		request.Header.Set(headers[n], headers[n+1])
	}
	response, err := a.web.RoundTrip(request)
	if err != nil {
		a.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{t: a.t, what: method + " " + path + " " + body, code: response.StatusCode, header: response.Header, body: data}
}

func (a apiClient) get(path string) answer {
	a.t.Helper()
	return a.send(http.MethodGet, path, "")
}

func (a apiClient) post(path, body string) answer {
	a.t.Helper()
	return a.send(http.MethodPost, path, body, "Content-Type", "application/json")
}

func (a apiClient) put(path, body string) answer {
	a.t.Helper()
	return a.send(http.MethodPut, path, body, "Content-Type", "application/json")
}

func (a apiClient) delete(path string) answer {
	a.t.Helper()
	return a.send(http.MethodDelete, path, "")
}

func (a apiClient) patch(id, operations string) answer {
	a.t.Helper()
	return a.send(http.MethodPatch, "/v2/images/"+id, operations, "Content-Type", patch.MediaTypeV21)
}

func (a apiClient) upload(id, data string) answer {
	a.t.Helper()
	return a.send(http.MethodPut, "/v2/images/"+id+"/file", data, "Content-Type", "application/octet-stream")
}

// create makes an image and gives its id.
func (a apiClient) create(body string) string {
	a.t.Helper()
	return a.post("/v2/images", body).want(http.StatusCreated).image().ID
}

// ready makes an image whose formats are set.
func (a apiClient) ready(name string) string {
	a.t.Helper()
	return a.create(`{"name":"` + name + `","disk_format":"raw","container_format":"bare"}`)
}

// show reads an image.
func (a apiClient) show(id string) model.Image {
	a.t.Helper()
	return a.get("/v2/images/" + id).want(http.StatusOK).image()
}

// page is one page of a list.
type page struct {
	Images []model.Image `json:"images"`
	First  string        `json:"first"`
	Next   string        `json:"next"`
	Schema string        `json:"schema"`
}

func (p page) names() []string {
	names := []string{}
	for _, i := range p.Images {
		names = append(names, i.Name.Or("(null)"))
	}
	return names
}

func (a apiClient) list(query string) page {
	a.t.Helper()
	var p page
	a.get("/v2/images?" + query).want(http.StatusOK).decode(&p)
	return p
}

// want fails the test unless the answer has the status.
func (a answer) want(code int) answer {
	a.t.Helper()
	if a.code != code {
		a.t.Fatalf("%.300s\nanswered %d, want %d\n%s", a.what, a.code, code, a.body)
	}
	return a
}

// says fails the test unless the answer's message holds the words.
func (a answer) says(words string) {
	a.t.Helper()
	if got := a.message(); !strings.Contains(got, words) {
		a.t.Errorf("%.300s\nsays %q, want %q in it", a.what, got, words)
	}
}

func (a answer) message() string {
	a.t.Helper()
	var document struct{ Message, Code, Title string }
	a.decode(&document)
	return document.Message
}

func (a answer) decode(into any) {
	a.t.Helper()
	if err := json.NewDecoder(bytes.NewReader(a.body)).Decode(into); err != nil {
		a.t.Fatalf("%.300s\nis no JSON: %v\n%s", a.what, err, a.body)
	}
}

func (a answer) image() model.Image {
	a.t.Helper()
	var i model.Image
	a.decode(&i)
	return i
}

func (a answer) object() map[string]any {
	a.t.Helper()
	var o map[string]any
	a.decode(&o)
	return o
}

// wantStrings compares two lists.
func wantStrings(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
