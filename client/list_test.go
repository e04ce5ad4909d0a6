package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// collect reads the whole list's ids.
func collect(t *testing.T, c *Client, limit int, filter url.Values) []string {
	t.Helper()
	ids, err := collected(c, limit, filter)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func collected(c *Client, limit int, filter url.Values) (ids []string, err error) {
	err = c.Each(background(), limit, filter, func(p api.Page) error {
		for _, img := range p.Images {
			ids = append(ids, img.ID)
		}
		return nil
	})
	return ids, err
}

func TestPageAsksForWhatItShould(t *testing.T) {
	asked := make(chan url.Values, 8)
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Query()
		answerJSON(w, 200, pageJSON("/v2/images?marker=b", "a", "b"))
	})
	filter := url.Values{"tag": {"x", "y & z"}, "os_hidden": {"true"}, "limit": {"7"}, "sort": {"name:asc"}, "marker": {"evil"}, "sort_key": {"size"}, "sort_dir": {"asc"}}
	p, err := c.Page(background(), "m", 50, filter)
	if err != nil || len(p.Images) != 2 || p.Marker != "b" {
		t.Fatalf("%+v %v", p, err)
	}
	want := url.Values{"tag": {"x", "y & z"}, "os_hidden": {"true"}, "limit": {"50"}, "marker": {"m"}, "sort_key": {"created_at"}, "sort_dir": {"desc"}}
	if got := <-asked; got.Encode() != want.Encode() {
		t.Errorf("asked %v, want %v", got, want)
	}
	for limit, want := range map[int]string{0: "100", -3: "100", 100000: "1000"} {
		if _, err := c.Page(background(), "", limit, nil); err != nil {
			t.Fatal(err)
		}
		if got := (<-asked).Get("limit"); got != want {
			t.Errorf("limit %d was sent as %s, want %s", limit, got, want)
		}
	}
}

func TestLastPageHasNoMarker(t *testing.T) {
	for name, body := range map[string]string{
		"no next": pageJSON("", "a", "b"), "empty": pageJSON("/v2/images?marker=b"),
		"next is null": `{"images":[` + imageJSON("a") + `],"next":null}`,
	} {
		c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 200, body) })
		if p, err := c.Page(background(), "", 2, nil); err != nil || p.Marker != "" {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
}

// Servers have been seen to page without end (by sizes that are null) and with
// overlaps. Nothing of that repeats an image or runs for ever.
func TestEachIsGuarded(t *testing.T) {
	tests := []struct {
		name   string
		answer func(n int32, marker string) string
		want   []string
		most   int32 // requests
		cut    bool  // it is said that not all was read
	}{
		{"the same page again and again", func(int32, string) string { return pageJSON("/v2/images?marker=b", "a", "b") }, []string{"a", "b"}, 3, true},
		{"two pages in turn", func(n int32, _ string) string {
			if n%2 == 1 {
				return pageJSON("/next", "a", "b")
			}
			return pageJSON("/next", "b", "c")
		}, []string{"a", "b", "c"}, 5, true},
		{"overlapping pages", func(n int32, _ string) string {
			return map[int32]string{1: pageJSON("/n", "a", "b"), 2: pageJSON("/n", "b", "c"), 3: pageJSON("", "c", "d")}[n]
		}, []string{"a", "b", "c", "d"}, 3, false},
		{"an image twice on a page", func(int32, string) string { return pageJSON("", "a", "a", "b") }, []string{"a", "b"}, 1, false},
		{"a next page that is empty", func(n int32, _ string) string {
			return map[int32]string{1: pageJSON("/n", "a"), 2: pageJSON("/n")}[n]
		}, []string{"a"}, 2, false},
		{"an empty list", func(int32, string) string { return pageJSON("") }, nil, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var asked atomic.Int32
			c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				answerJSON(w, 200, tt.answer(asked.Add(1), r.URL.Query().Get("marker")))
			})
			got, err := collected(c, 2, nil)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if tt.cut {
				failed(t, err, api.FailedNotAnImage, "Not all images could be read")
			} else if err != nil {
				t.Error(err)
			}
			if asked.Load() > tt.most {
				t.Errorf("%d requests, %d are enough", asked.Load(), tt.most)
			}
		})
	}
}

// Servers give the next page's address relative or absolute, with or without
// the path prefix that a proxy puts before them, and some with a host that only
// they know. We go on where we are, and nowhere else.
func TestEachFollowsAnyFormOfNext(t *testing.T) {
	var strayed atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer elsewhere.Close()
	const query = "/v2/images?limit=2&marker="
	for _, prefix := range []string{"", "/image", "/a/image/v2/"} {
		for name, next := range map[string]string{
			"relative": query, "relative, with a prefix": "/image" + query, "relative to the page": "images?marker=", "only a query": "?marker=",
			"absolute, elsewhere": elsewhere.URL + query, "absolute, elsewhere, with a prefix": elsewhere.URL + "/image" + query,
			"absolute, unknown": "http://glance-api.internal:9292" + query, "without a scheme": "//glance-api.internal" + query,
			"absolute, here": "HERE" + query, "absolute, here, with a prefix": "HERE/image" + query,
		} {
			t.Run(prefix+" "+name, func(t *testing.T) {
				var asked []string
				path := strings.TrimSuffix(strings.TrimSuffix(prefix, "/"), "/v2") + "/v2/images"
				c := serve(t, Options{Endpoint: prefix, Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path != path || r.Header.Get("X-Auth-Token") != secretToken {
						t.Errorf("asked for %s", r.URL)
					}
					marker := r.URL.Query().Get("marker")
					asked = append(asked, marker)
					here := strings.Replace(next, "HERE", "http://"+r.Host, 1)
					switch marker {
					case "":
						answerJSON(w, 200, pageJSON(here+"b", "a", "b"))
					case "b":
						answerJSON(w, 200, pageJSON(here+"d", "c", "d"))
					default:
						answerJSON(w, 200, pageJSON("", "e"))
					}
				})
				if got := collect(t, c, 2, nil); !slices.Equal(got, []string{"a", "b", "c", "d", "e"}) {
					t.Errorf("got %v", got)
				}
				if !slices.Equal(asked, []string{"", "b", "d"}) {
					t.Errorf("asked with markers %q", asked)
				}
			})
		}
	}
	if strayed.Load() != 0 {
		t.Errorf("another host was asked %d times", strayed.Load())
	}
}

// The same against a whole service behind a proxy that keeps the prefix to
// itself: lists, reads and edits.
func TestAServiceBehindAPrefix(t *testing.T) {
	service := demo.New(demo.Options{Images: 130, Still: true}).Handler()
	c := serve(t, Options{Endpoint: "/image/"}, http.StripPrefix("/image", service).ServeHTTP)
	ids := collect(t, c, 50, nil)
	if len(ids) < 101 {
		t.Fatalf("%d images", len(ids))
	}
	again := collect(t, c, 1000, nil)
	if !slices.Equal(ids, again) {
		t.Errorf("%d images by pages of 50, %d by pages of 1000", len(ids), len(again))
	}
	img := queued(t, c)
	edited, ex, err := c.Patch(background(), img.ID, rename)
	if err != nil || edited.Name != model.Some("x") || ex.Path != "/image/v2/images/"+img.ID {
		t.Errorf("%v: %s", err, ex.Path)
	}
	if got, err := c.Get(background(), img.ID); err != nil || got.Name != edited.Name {
		t.Errorf("%+v %v", got.Name, err)
	}
	if v, err := c.Versions(background()); err != nil || v != "v2.16" {
		t.Errorf("%q %v", v, err)
	}
	if _, err := c.Schema(background()); err != nil {
		t.Error(err)
	}
}

func TestEachGoesOnWhenTheMarkerIsGone(t *testing.T) {
	for _, code := range []int{400, 403, 404} {
		c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Query().Get("marker") {
			case "":
				answerJSON(w, 200, pageJSON("/n", "a", "b", "c"))
			case "a":
				answerJSON(w, 200, pageJSON("", "b", "d"))
			default:
				answerJSON(w, code, `{"message":"Image c could not be found."}`)
			}
		})
		if got := collect(t, c, 3, nil); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
			t.Errorf("%d: got %v", code, got)
		}
	}
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("marker") == "" {
			answerJSON(w, 200, pageJSON("/n", "a", "b"))
			return
		}
		answerJSON(w, 400, `{"message":"no"}`)
	})
	err := c.Each(background(), 2, nil, func(api.Page) error { return nil })
	failed(t, err, api.FailedBadRequest, "")
}

func TestEachStopsWithItsCaller(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 200, pageJSON("/n", fmt.Sprint("id", asked.Add(1))))
	})
	enough := errors.New("enough")
	err := c.Each(background(), 1, nil, func(p api.Page) error {
		if p.Images[0].ID == "id3" {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || asked.Load() > 4 {
		t.Errorf("%v after %d requests", err, asked.Load())
	}
}

func TestListFailures(t *testing.T) {
	tests := []struct {
		name, contentType, body string
		code                    int
		kind                    api.FailureKind
		means                   string
	}{
		{"no list in it", "application/json", `{"servers":[]}`, 200, api.FailedNotAnImage, "not one that an Image service sends"},
		{"images is no list", "application/json", `{"images":{}}`, 200, api.FailedNotAnImage, "not one"},
		{"an image is no object", "application/json", `{"images":[1]}`, 200, api.FailedNotAnImage, "not one"},
		{"a bare list", "application/json", `[]`, 200, api.FailedNotAnImage, "not one"},
		{"a page of HTML", "text/html; charset=utf-8", `<html><body>Log in`, 200, api.FailedNotAnImage, "not JSON"},
		{"nothing there", "text/html", `<h1>404 Not Found</h1>`, 404, api.FailedNotFound, "nothing at this address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.contentType)
				w.WriteHeader(tt.code)
				fmt.Fprint(w, tt.body)
			})
			_, err := c.Page(background(), "", 1, nil)
			failed(t, err, tt.kind, tt.means)
		})
	}
}

func TestReadRawPage(t *testing.T) {
	p, err := readRawPage(strings.NewReader(`{"x":{"images":[1]},"next":"/n?marker=q","images":[{"id":"a","name":null},{"id":"b"},{"name":"not an image ID"}],"first":[[]]}`))
	if err != nil || len(p.images) != 3 || p.marker != "q" || !slices.Equal(p.before(4), []string{"a", "b"}) || !slices.Equal(p.before(1), []string{"b"}) {
		t.Errorf("%+v %v", p, err)
	}
	for next, want := range map[string]string{"": "", "/n": "", "::": "", "/n?marker=m": "m"} {
		if got := markerAfter("", next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

// Whatever a server sends as a page, decoding ends without a panic, and both
// ways of decoding agree.
func FuzzDecodePage(f *testing.F) {
	f.Add(pageJSON("/v2/images?marker=b", "a", "b"))
	f.Add(`{"images":[],"next":null}`)
	f.Add(`{"images":[{"id":1,"tags":{},"locations":[{"url":[]}],"size":1e99}],"next":"%zz"}`)
	f.Add(`{"images":[{}`)
	f.Fuzz(func(t *testing.T, text string) {
		raw, rawErr := readRawPage(strings.NewReader(text))
		late, lateErr := raw.decode(newClient(Options{}, nil, endpoint{}, fixedToken("")).asShown)
		var ids []string
		next, err := decodePage(strings.NewReader(text), func(raw []byte) error {
			var img model.Image
			err := img.UnmarshalJSON(raw)
			ids = append(ids, img.ID)
			return err
		})
		if (rawErr == nil && lateErr == nil) != (err == nil) {
			t.Fatalf("%v and %v, but %v", rawErr, lateErr, err)
		}
		if err == nil && (len(ids) != len(late.Images) || len(ids) > 0 && markerAfter(ids[len(ids)-1], next) != late.Marker && late.Images[len(ids)-1].ID != "") {
			t.Fatalf("%v and %q, but %+v", ids, next, late)
		}
		_ = detailOf([]byte(text))
	})
}

// pageOf is a page of n images as a Glance 25 gives it.
func pageOf(n int) string {
	var images []string
	for i := range n {
		images = append(images, fmt.Sprintf(`{"name": "ubuntu-24.04-%[1]d", "disk_format": "qcow2", "container_format": "bare", "visibility": "private", "size": 2254249, "virtual_size": null, "status": "active", "checksum": "2cec138d7dae2aa59038ef8c9aec2390", "protected": false, "min_ram": 0, "min_disk": 0, "owner": "ceb7ed7f36034b4a86e8e6a0e3e0a1f4", "os_hidden": false, "os_hash_algo": "sha512", "os_hash_value": "ab0c8ad5aa8b9b0a17a5a6a5d1f6e1d55f0c4c7d4dbd2f6d8d0e2d53bd0d2d48ab0c8ad5aa8b9b0a17a5a6a5d1f6e1d55f0c4c7d4dbd2f6d8d0e2d53bd0d2d48", "id": "00000000-0000-4000-8000-%012[1]d", "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z", "locations": [{"url": "file:///var/lib/glance/images/%[1]d", "metadata": {"store": "local"}}], "direct_url": "file:///x", "tags": ["lts", "ubuntu"], "self": "/v2/images/%[1]d", "file": "/v2/images/%[1]d/file", "schema": "/v2/schemas/image", "stores": "local", "os_distro": "ubuntu", "os_version": "24.04", "hw_disk_bus": "virtio"}`, i))
	}
	return `{"images": [` + strings.Join(images, ", ") + `], "first": "/v2/images", "schema": "/v2/schemas/images", "next": "/v2/images?marker=x"}`
}

// TestPageAllocations holds the decoding of a page to what it takes of memory
// now, for each image and for the page, with a little slack.
func TestPageAllocations(t *testing.T) {
	page := pageOf(100)
	decode := func() {
		if _, err := decodePage(strings.NewReader(page), func(raw []byte) error {
			return new(model.Image).UnmarshalShown(raw)
		}); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(10, decode); n > 100*40+40 {
		t.Errorf("%v allocations for a page of 100", n)
	}
}

func BenchmarkDecodePage(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			page, images := pageOf(n), make([]model.Image, n)
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				got := 0
				if _, err := decodePage(strings.NewReader(page), func(raw []byte) error {
					got++
					return images[got-1].UnmarshalJSON(raw)
				}); err != nil || got != n {
					b.Fatal(got, err)
				}
			}
		})
	}
}
