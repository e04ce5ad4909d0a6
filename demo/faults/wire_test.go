package faults_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model/patch"
)

// wire is the embedded service with faults, and what a raw client of HTTP sees
// of it.
type wire struct {
	*testing.T
	server *demo.Server
	url    string
	id     string // of an image
	client *http.Client
	// patience is how long an edit is waited for.
	patience time.Duration
}

// seen is what came back.
type seen struct {
	err     error // no head came
	code    int
	header  http.Header
	body    string
	bodyErr error // the body broke off
}

func newWire(t *testing.T) *wire {
	t.Helper()
	server, running := demotest.StartServer(t, demo.Options{Still: true})
	// A client that follows nothing and decodes nothing.
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	w := &wire{T: t, server: server, url: running.URL, patience: time.Minute, client: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	var list struct{ Images []struct{ ID string } }
	if err := json.Unmarshal([]byte(w.read("/v2/images?status=queued&limit=1").body), &list); err != nil || len(list.Images) != 1 {
		t.Fatal(err, list)
	}
	w.id = list.Images[0].ID
	return w
}

func (w *wire) fault(texts ...string) {
	w.Helper()
	var list []faults.Fault
	for _, text := range texts {
		f, err := faults.Parse(text)
		if err != nil {
			w.Fatal(err)
		}
		list = append(list, f)
	}
	w.server.Faults().Set(list...)
}

func (w *wire) send(ctx context.Context, method, path, body string) seen {
	w.Helper()
	req, err := http.NewRequestWithContext(ctx, method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	if method == http.MethodPatch {
		req.Header.Set("Content-Type", patch.MediaTypeV21)
		req.GetBody = nil // nothing may send it again
	}
	res, err := w.client.Do(req)
	if err != nil {
		return seen{err: err}
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	return seen{code: res.StatusCode, header: res.Header, body: string(data), bodyErr: err}
}

func (w *wire) read(path string) seen {
	w.Helper()
	return w.send(w.Context(), http.MethodGet, path, "")
}

func (w *wire) image() seen { w.Helper(); return w.read("/v2/images/" + w.id) }

// rename sends an edit, and says whether the service has it now.
func (w *wire) rename(name string) (s seen, done bool) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	s = w.send(ctx, http.MethodPatch, "/v2/images/"+w.id, `[{"op":"replace","path":"/name","value":"`+name+`"}]`)
	w.server.Faults().Set()
	return s, strings.Contains(w.image().body, `"name":"`+name+`"`)
}

// whole is an answer to which nothing happened.
func (s seen) whole() bool {
	return s.err == nil && s.bodyErr == nil && s.code == 200 && json.Valid([]byte(s.body)) && s.header.Get("Content-Type") == "application/json"
}

func (s seen) refusal(code int) bool {
	var said struct{ Message string }
	return s.err == nil && s.code == code && json.Unmarshal([]byte(s.body), &said) == nil && said.Message != ""
}

// onTheWire says of each kind of fault what a client sees of a PATCH, and
// whether the edit is carried out.
var onTheWire = map[string]struct {
	sees func(seen) bool
	done bool
}{
	"delay":       {seen.whole, true},
	"hang":        {func(s seen) bool { return errors.Is(s.err, context.DeadlineExceeded) }, false},
	"drop-before": {func(s seen) bool { return s.err != nil && s.code == 0 }, false},
	"drop-after":  {func(s seen) bool { return s.err != nil && s.code == 0 }, true},
	"drop-head":   {func(s seen) bool { return s.code == 200 && s.body == "" && s.bodyErr != nil }, true},
	"drop-during": {func(s seen) bool { return s.code == 200 && len(s.body) > 100 && s.bodyErr != nil }, true},
	"drop-late":   {seen.whole, true},
	"stall":       {func(s seen) bool { return s.code == 200 && errors.Is(s.bodyErr, context.DeadlineExceeded) }, true},
	"slow":        {seen.whole, true},
	"truncate": {func(s seen) bool {
		return s.code == 200 && s.bodyErr == nil && strings.HasPrefix(s.body, "{") && !json.Valid([]byte(s.body))
	}, true},
	"garbage": {func(s seen) bool { return s.code == 200 && s.bodyErr == nil && !json.Valid([]byte(s.body)) }, true},
	"mark": {func(s seen) bool {
		return s.code == 200 && strings.HasPrefix(s.body, "\ufeff{") && json.Valid([]byte(s.body)[3:])
	}, true},
	"ignore": {seen.whole, false},
	"empty":  {func(s seen) bool { return s.code == 200 && s.bodyErr == nil && s.body == "" }, true},
	"html": {func(s seen) bool {
		return s.code == 200 && strings.HasPrefix(s.header.Get("Content-Type"), "text/html") && strings.Contains(s.body, "<h1>")
	}, false},
	"type": {func(s seen) bool { return s.header.Get("Content-Type") == "text/plain" && json.Valid([]byte(s.body)) }, true},
	"redirect": {func(s seen) bool {
		return s.code == 302 && strings.HasPrefix(s.header.Get("Location"), "/moved/v2/images/")
	}, false},
	"redirect-loop": {func(s seen) bool { return s.code == 302 && strings.HasPrefix(s.header.Get("Location"), "/v2/images/") }, false},
	"huge":          {func(s seen) bool { return s.whole() && len(s.body) >= 100<<20 }, true},
	"endless":       {seen.whole, true}, // it is about lists: see TestLists
	"endless-new":   {seen.whole, true},
	"other-image":   {func(s seen) bool { return s.whole() && strings.Contains(s.body, `"id":"07he4000-`) }, true},
	"fields-missing": {func(s seen) bool {
		return s.whole() && strings.HasPrefix(s.body, `{"id":"`) && strings.Count(s.body, ":") == 1
	}, true},
	"fields-null": {func(s seen) bool {
		return s.whole() && strings.Contains(s.body, `"visibility":null`) && strings.Contains(s.body, `"tags":null`) && !strings.Contains(s.body, `"id":null`)
	}, true},
	"fields-wrong": {func(s seen) bool {
		return s.whole() && strings.Contains(s.body, `"visibility":{"text":17}`) && strings.Contains(s.body, `"tags":"one, two"`) && strings.Contains(s.body, `"protected":"yes"`)
	}, true},
	"fields-unknown": {func(s seen) bool {
		return s.whole() && strings.Contains(s.body, `"later_list":[1,"two",null,[]]`) && strings.Contains(s.body, `"visibility":"private"`)
	}, true},
	"401": {func(s seen) bool { return s.refusal(401) }, false},
	"403": {func(s seen) bool { return s.refusal(403) }, false},
	"404": {func(s seen) bool { return s.refusal(404) }, false},
	"408": {func(s seen) bool { return s.refusal(408) }, false},
	"409": {func(s seen) bool { return s.refusal(409) }, false},
	"413": {func(s seen) bool { return s.refusal(413) }, false},
	"429": {func(s seen) bool { return s.refusal(429) }, false},
	"500": {func(s seen) bool { return s.refusal(500) }, false},
	"502": {func(s seen) bool { return s.refusal(502) }, false},
	"503": {func(s seen) bool { return s.refusal(503) }, false},
	"504": {func(s seen) bool { return s.refusal(504) }, false},
}

func TestEachFaultOnTheWire(t *testing.T) {
	for _, k := range faults.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			want, known := onTheWire[k.Name]
			if !known {
				t.Fatal("nobody says what it looks like on the wire")
			}
			w := newWire(t)
			text := "patch:" + k.Name
			switch k.Name {
			case "hang", "stall":
				w.patience = 300 * time.Millisecond
			case "delay", "slow":
				text += "=20ms"
			}
			w.fault(text)
			began := time.Now()
			s, done := w.rename("x")
			if !want.sees(s) {
				t.Errorf("%v %d %v %.300s %v", s.err, s.code, s.header, s.body, s.bodyErr)
			}
			if done != want.done {
				t.Errorf("carried out: %v", done)
			}
			if took := time.Since(began); k.Name == "slow" && took < 7*20*time.Millisecond || k.Name == "delay" && took < 20*time.Millisecond {
				t.Errorf("it took %v", took)
			}
			reached := 0
			if done {
				reached = 1
			}
			if i := w.server.Faults(); i.Arrived("patch") != 1 || i.CarriedOut("patch") != reached {
				t.Errorf("%d arrived, %d were carried out", i.Arrived("patch"), i.CarriedOut("patch"))
			}
			if k.Early != !want.done {
				t.Errorf("the table says that it is early: %v", k.Early)
			}
		})
	}
}

// A setting that carries the request out first does so, with every kind that
// takes it.
func TestCarriedOutFirst(t *testing.T) {
	for _, k := range faults.Kinds() {
		if len(k.Settings) == 0 || k.Settings[0] != "after" {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			w := newWire(t)
			if k.Name == "hang" || k.Name == "delay" {
				w.patience = 300 * time.Millisecond
			}
			w.fault("patch:" + k.Name + ",after")
			if s, done := w.rename("x"); !done || s.whole() {
				t.Errorf("carried out: %v, and %d", done, s.code)
			}
		})
	}
}

func TestSettingsOfRefusals(t *testing.T) {
	w := newWire(t)
	w.fault("get:503,html,retry-after=7")
	if s := w.image(); s.code != 503 || s.header.Get("Retry-After") != "7" || !strings.Contains(s.body, "<h1>503 Service Unavailable</h1>") {
		t.Errorf("%+v", s)
	}
	w.fault("get:429,retry-at=100")
	s := w.image()
	at, err := http.ParseTime(s.header.Get("Retry-After"))
	if ahead := time.Until(at); err != nil || ahead < 90*time.Second || ahead > 101*time.Second {
		t.Errorf("%v: %v", s.header, err)
	}
	w.fault("token:500")
	if s := w.send(t.Context(), http.MethodPost, "/identity/v3/auth/tokens", "{}"); !strings.Contains(s.body, `{"error":{"code":500,`) {
		t.Errorf("%s", s.body)
	}
	w.fault("get:type=-")
	if s := w.image(); len(s.header["Content-Type"]) != 0 || !json.Valid([]byte(s.body)) {
		t.Errorf("%v", s.header)
	}
}

func TestWhichRequestsAreStruck(t *testing.T) {
	w := newWire(t)
	for which, want := range map[string]string{"": "5555", "@1": "5222", "@3": "2252", "@2-3": "2552", "@2-": "2555"} {
		w.fault("get:500" + which)
		got := ""
		for range 4 {
			_ = w.read("/v2/images?limit=1")
			got += string('0' + rune(w.image().code/100))
		}
		if got != want {
			t.Errorf("get:500%s strikes %s, want %s", which, got, want)
		}
	}
	for path, place := range map[string]string{
		"/v2/images?limit=1": "list", "/v2/images?updated_at=gte:2026-01-01T00:00:00Z": "watch", "/v2/images/" + w.id: "get",
		"/v2/images/" + w.id + "/members": "members", "/v2/schemas/image": "schema", "/versions": "versions", "/identity/v3": "any",
	} {
		w.fault(place + ":500")
		before := w.server.Faults().Arrived(place)
		if s := w.read(path); s.code != 500 || w.server.Faults().Arrived(place) != before+1 {
			t.Errorf("%s is not struck at %s: %d", path, place, s.code)
		}
	}
	w.fault("list:500")
	for _, path := range []string{"/v2/images/" + w.id, "/v2/schemas/image", "/versions", "/v2/images?updated_at=gte:2026-01-01T00:00:00Z"} {
		if s := w.read(path); s.code == 500 {
			t.Errorf("%s counts as a list", path)
		}
	}
}

// Faults add up: what comes first stands outermost.
func TestSeveralFaults(t *testing.T) {
	var struck atomic.Int32
	server := demo.New(demo.Options{Still: true, Struck: func(faults.Fault, *http.Request) { struck.Add(1) }})
	s := httptest.NewServer(server.Handler())
	defer s.Close()
	w := &wire{T: t, server: server, url: s.URL, client: http.DefaultClient}
	w.fault("delay=30ms", "list:fields-null=tags", "list:fields-wrong=name")
	began := time.Now()
	got := w.read("/v2/images?limit=3")
	if time.Since(began) < 30*time.Millisecond || strings.Count(got.body, `"tags":null`) != 3 || strings.Count(got.body, `"name":{"text":17}`) != 3 {
		t.Errorf("%s", got.body)
	}
	if struck.Load() != 3 {
		t.Errorf("%d strikes were told", struck.Load())
	}
}

func TestLists(t *testing.T) {
	w := newWire(t)
	type page struct {
		Images []struct{ ID string }
		Next   string
	}
	read := func(path string) (p page) {
		t.Helper()
		if err := json.Unmarshal([]byte(w.read(path).body), &p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	w.fault("list:endless")
	first := read("/v2/images?limit=5")
	again := read(first.Next + "&limit=5")
	if len(first.Images) != 5 || first.Next == "" || again.Next != first.Next || again.Images[0] != first.Images[0] {
		t.Errorf("%+v\n%+v", first, again)
	}
	w.fault("list:endless-new")
	ids := map[string]bool{}
	for p, n := read("/v2/images?limit=300"), 0; n < 5; p, n = read(p.Next+"&limit=300"), n+1 {
		if len(p.Images) != 300 || p.Next == "" {
			t.Fatalf("%d images, next %q", len(p.Images), p.Next)
		}
		for _, i := range p.Images {
			ids[i.ID] = true
		}
	}
	if len(ids) != 1500 {
		t.Errorf("%d ids", len(ids))
	}
	w.fault("list:fields-missing=id+tags")
	if s := w.read("/v2/images?limit=4"); !s.whole() || strings.Contains(s.body, `"id"`) || strings.Contains(s.body, `"tags"`) || strings.Count(s.body, `"visibility"`) != 4 {
		t.Errorf("%s", s.body)
	}
}

func TestRedirects(t *testing.T) {
	w := newWire(t)
	var other atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { other.Add(1) }))
	defer elsewhere.Close()
	w.client.CheckRedirect = nil // follow, as browsers do
	w.fault("get:redirect")
	if s := w.image(); !s.whole() || !strings.Contains(s.body, w.id) {
		t.Errorf("%+v", s)
	}
	w.fault("get:redirect-loop")
	if s := w.image(); s.err == nil {
		t.Errorf("%+v", s)
	}
	w.fault("get:redirect=" + elsewhere.URL)
	if s := w.image(); s.code != 200 || other.Load() != 1 {
		t.Errorf("%+v", s)
	}
}
