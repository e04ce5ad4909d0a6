package demo_test

import (
	"context"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model/api"
)

func TestVersionsNeedNoToken(t *testing.T) {
	a := open(t, demo.Options{Empty: true, RequireToken: true})
	for path, code := range map[string]int{"/versions": 200, "/": 300, "/v3/projects": 300, "/v2.1/images": 401, "/v2/images": 401} {
		a.get(path).want(code)
	}
	var versions struct{ Versions []struct{ ID, Status string } }
	a.get("/versions").decode(&versions)
	if first := versions.Versions[0]; first.ID != "v2.16" || first.Status != "CURRENT" {
		t.Errorf("the current version is %+v", first)
	}
	old := open(t, demo.Options{Empty: true, Release: api.Release2015})
	old.get("/versions").decode(&versions)
	if first := versions.Versions[0]; first.ID != "v2.3" {
		t.Errorf("a 2015 server's current version is %+v", first)
	}
}

// Clients that watch hold the times of changes against the server's own clock.
func TestTheDateIsThatOfTheImages(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, Now: clock.Now})
	clock.Advance(90 * time.Minute)
	for _, path := range []string{"/versions", "/v2/images", "/v2/images/nosuch"} {
		if got := a.get(path).header.Get("Date"); got != "Mon, 23 Nov 2026 15:32:07 GMT" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestEveryAnswerHasARequestID(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	form := regexp.MustCompile(`^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	for _, path := range []string{"/versions", "/v2/images", "/v2/images/nosuch", "/v2/nosuch", "/identity/v3"} {
		if id := a.get(path).header.Get("X-Openstack-Request-Id"); !form.MatchString(id) {
			t.Errorf("%s: request id %q", path, id)
		}
	}
	const own = "req-11111111-2222-3333-4444-555555555555"
	got := a.send(http.MethodGet, "/v2/images/nosuch", "", "X-Openstack-Request-Id", own).want(404)
	if id := got.header.Get("X-Openstack-Request-Id"); id != own {
		t.Errorf("a client's own id came back as %q", id)
	}
}

func TestErrorsFollowAccept(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	for accept, mediaType := range map[string]string{
		"application/json":                    "application/json",
		"application/*":                       "application/json",
		"*/*":                                 "text/html; charset=UTF-8",
		"application/json, */*":               "text/html; charset=UTF-8",
		"application/json;q=0.5, text/html":   "text/html; charset=UTF-8",
		"application/json, text/html;q=0.5":   "application/json",
		"text/plain":                          "text/plain; charset=UTF-8",
		"image/png":                           "text/plain; charset=UTF-8",
		"application/json;q=0, text/html;q=0": "text/plain; charset=UTF-8",
	} {
		got := a.send(http.MethodGet, "/v2/images/nosuch", "", "Accept", accept).want(404)
		if have := got.header.Get("Content-Type"); have != mediaType {
			t.Errorf("Accept %q: %s", accept, have)
		}
		if !strings.Contains(string(got.body), "No image found with ID nosuch") {
			t.Errorf("Accept %q: %s", accept, got.body)
		}
	}
	var document struct{ Message, Code, Title string }
	a.get("/v2/images/nosuch").decode(&document)
	if document.Code != "404 Not Found" || document.Title != "Not Found" || !strings.HasSuffix(document.Message, "\n\n\n") {
		t.Errorf("%+v", document)
	}
	hostile := a.send(http.MethodGet, "/v2/images/%3Cb%3E", "", "Accept", "text/html")
	if strings.Contains(string(hostile.body), "<b>") {
		t.Errorf("markup from the request in %s", hostile.body)
	}
}

func TestMethodsAndPaths(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	id := a.ready("one")
	for _, c := range []struct {
		method, path, allow string
		code                int
	}{
		{"PUT", "/v2/images", "GET, POST", 405},
		{"HEAD", "/v2/images", "GET, POST", 405},
		{"POST", "/v2/images/" + id, "GET, PATCH, DELETE", 405},
		{"GET", "/v2/images/" + id + "/actions/deactivate", "POST", 405},
		{"DELETE", "/v2/images/" + id + "/file", "GET, PUT", 405},
		{"GET", "/v2/images/" + id + "/tags/x", "PUT, DELETE", 405},
		{"POST", "/v2/images/" + id + "/members/x", "GET, PUT, DELETE", 405},
		{"POST", "/v2/info/import", "GET", 405},
		{"GET", "/v2/images/", "", 404},
		{"GET", "/v2/nosuch", "", 404},
		{"GET", "/v2/images/" + id + "/nosuch", "", 404},
		{"GET", "/v2/images/" + id + "/locations", "", 404},
		{"GET", "/v2/schemas/nosuch", "", 404},
		{"GET", "/v2.16/images", "", 200},
		{"GET", "/v2.99/images", "", 300},
	} {
		got := a.send(c.method, c.path, "").want(c.code)
		if allow := got.header.Get("Allow"); allow != c.allow {
			t.Errorf("%s %s: Allow %q", c.method, c.path, allow)
		}
	}
	a.send("GET", "/v2/images/"+id, "body").want(400).says("A body is not expected with this request.")
}

func TestCloseEndsEverything(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 3 {
		server := demo.New(demo.Options{Latency: time.Hour})
		running, err := server.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		waiting := make(chan struct{})
		go func() {
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			defer close(waiting)
			// Whether it is still answered is a matter of luck.
			if response, err := client.Get(running.URL + "/versions"); err == nil {
				response.Body.Close()
			}
		}()
		time.Sleep(20 * time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // what is under way is ended, not waited for
		if err := running.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		cancel()
		<-waiting
	}
	deadline := time.Now().Add(5 * time.Minute)
	for runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestStartRefusesNonsense(t *testing.T) {
	server := demo.New(demo.Options{Empty: true})
	if _, err := server.Start("no port"); err == nil {
		t.Error("an address without a port was taken")
	}
	running, err := server.Start(":0")
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close(t.Context())
	if !strings.HasPrefix(running.URL, "http://127.0.0.1:") {
		t.Errorf("without a host it listens on %s", running.URL)
	}
}

func TestLatencyHoldsAnswersBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := open(t, demo.Options{Empty: true, Latency: 60 * time.Millisecond})
		begin := time.Now()
		a.get("/v2/images").want(200)
		if took := time.Since(begin); took != 60*time.Millisecond {
			t.Errorf("answered after %v", took)
		}
	})
}
