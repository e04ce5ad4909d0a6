package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// exchangeCase is one PATCH in a table: the image before, the body, and what the
// server makes of it.
type exchangeCase struct {
	name   string
	rules  Rules
	before Image
	body   string // operations, without the brackets around them
	code   int    // 200 when zero
	// want are attributes of the next GET; null stands for an absent property, too.
	want string
	// says is a part of the refusal.
	says string
}

func runExchanges(t *testing.T, cases []exchangeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			got, err := serve(c.rules, c.before, MediaTypeV21, "["+c.body+"]")
			requireAnswer(t, err, c.code, c.says)
			if err == nil {
				requireMembers(t, got, c.want)
			}
		})
	}
}

// serve does what a server does with a PATCH.
func serve(r Rules, before Image, mediaType, body string) (Image, error) {
	p, err := r.ParsePatch(mediaType, []byte(body))
	if err != nil {
		return Image{}, err
	}
	return r.Apply(before, p)
}

func requireAnswer(t *testing.T, err error, code int, says string) {
	t.Helper()
	if code == 0 {
		code = 200
	}
	got, message := 200, ""
	if err != nil {
		var refused *Rejection
		if !errors.As(err, &refused) {
			t.Fatalf("not a rejection: %#v", err)
		}
		got, message = refused.Code, refused.Message
	}
	if got != code {
		t.Fatalf("answers %d %q, want %d", got, message, code)
	}
	if !strings.Contains(message, says) {
		t.Fatalf("says %q, want %q", message, says)
	}
}

// requireMembers compares the attributes that are named in want.
func requireMembers(t *testing.T, image Image, want string) {
	t.Helper()
	if want == "" {
		return
	}
	var wanted, got map[string]any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatalf("the test's own JSON: %v", err)
	}
	if err := json.Unmarshal(mustEncode(image), &got); err != nil {
		t.Fatal(err)
	}
	for name, value := range wanted {
		if fmt.Sprint(got[name]) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
}

// The images of the tables.

func queuedImage(t testing.TB) Image {
	return mustImage(t, `{"id": "1", "name": "n", "status": "queued", "visibility": "private", "owner": "me", "tags": ["a"],
		"disk_format": "raw", "container_format": "bare", "locations": [], "p": "1", "kernel_id": null, "size": null}`)
}

func formatlessImage(t testing.TB) Image {
	i := queuedImage(t)
	i.DiskFormat, i.ContainerFormat = Null[string](), Null[string]()
	return i
}

// activeImage has the locations given, each with a URL and no metadata.
func activeImage(t testing.TB, urls ...string) Image {
	i := queuedImage(t)
	i.Status = StatusActive
	for _, url := range urls {
		i.Locations = append(i.Locations, Location{URL: url, Metadata: map[string]any{}})
	}
	return i
}

func withStatus(i Image, s Status) Image {
	i.Status = s
	return i
}

func hiding(i Image) Image {
	i.Locations, i.LocationsShown = nil, false
	return i
}

// set is an operation with a value, remove one without.
func set(op, path, value string) string {
	return fmt.Sprintf(`{"op": %q, "path": %q, "value": %s}`, op, path, value)
}

func remove(path string) string { return fmt.Sprintf(`{"op": "remove", "path": %q}`, path) }

func at(url string) string { return atWith(url, "{}") }

func atWith(url, metadata string) string {
	return fmt.Sprintf(`{"url": %q, "metadata": %s}`, url, metadata)
}

func listOf(elements ...string) string { return "[" + strings.Join(elements, ", ") + "]" }

// serversOwn are names of members of the server's own objects.
var serversOwn = strings.Fields(`base extra_properties __class__ __dict__ __weakref__
	image_id context member helper repo notifier
	delete deactivate reactivate get_data set_data get_payload get_super_class send_notification
	_abc_impl _format_image_send _format_import_properties _get_chunk_data_iterator
	__delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__
	__hash__ __init__ __init_subclass__ __le__ __lt__ __module__ __ne__ __new__ __reduce__
	__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__`)

// urlsIn are the URLs of a list of locations.
func urlsIn(list []Location) []string {
	urls := make([]string, len(list))
	for n, l := range list {
		urls[n] = l.URL
	}
	return urls
}

func textOf(n int) string { return `"` + strings.Repeat("é", n) + `"` }
