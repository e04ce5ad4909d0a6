package modeltest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

// MustImage decodes an image document.
func MustImage(t testing.TB, document string) model.Image {
	t.Helper()
	var image model.Image
	if err := json.Unmarshal([]byte(document), &image); err != nil {
		t.Fatalf("decode %s: %v", document, err)
	}
	return image
}

// QueuedImage is an image without data.
func QueuedImage(t testing.TB) model.Image {
	return MustImage(t, `{"id": "1", "name": "n", "status": "queued", "visibility": "private", "owner": "me", "tags": ["a"],
		"disk_format": "raw", "container_format": "bare", "locations": [], "p": "1", "kernel_id": null, "size": null}`)
}

// ActiveImage has the locations given, each with a URL and no metadata.
func ActiveImage(t testing.TB, urls ...string) model.Image {
	i := QueuedImage(t)
	i.Status = model.StatusActive
	for _, url := range urls {
		i.Locations = append(i.Locations, model.Location{URL: url, Metadata: map[string]any{}})
	}
	return i
}

// At is a location with an empty metadata, as JSON.
func At(url string) string { return AtWith(url, "{}") }

// AtWith is a location as JSON.
func AtWith(url, metadata string) string {
	return fmt.Sprintf(`{"url": %q, "metadata": %s}`, url, metadata)
}

// UrlsIn are the URLs of a list of locations.
func UrlsIn(list []model.Location) []string {
	urls := make([]string, len(list))
	for n, l := range list {
		urls[n] = l.URL
	}
	return urls
}

// FedoraID is the ID of most test images.
const FedoraID = "da3b75d9-3f4a-40e7-8a2c-bfab23927dea"

// Fedora is the image of the README: queued, private, a name and two tags.
func Fedora(t testing.TB) model.Image {
	t.Helper()
	return MustImage(t, `{
		"id": "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", "name": "Fedora 17", "status": "queued",
		"visibility": "private", "protected": false, "os_hidden": false, "owner": "p1",
		"min_disk": 0, "min_ram": 0, "disk_format": null, "container_format": "bare",
		"size": null, "virtual_size": null, "checksum": null, "os_hash_algo": null, "os_hash_value": null,
		"tags": ["beefy", "fedora"], "locations": [], "os_distro": "fedora", "kernel_id": null,
		"created_at": "2012-08-10T19:23:50Z", "updated_at": "2012-08-12T11:11:33Z",
		"self": "/v2/images/da3b75d9-3f4a-40e7-8a2c-bfab23927dea", "file": "/v2/images/da3b/file", "schema": "/v2/schemas/image"}`)
}

// Stored is an active image with a location of each kind.
func Stored(t testing.TB) model.Image {
	t.Helper()
	i := Fedora(t)
	i.Status = model.StatusActive
	i.DiskFormat = model.Some("qcow2")
	i.Size = model.Some[int64](2254249)
	i.Locations = []model.Location{
		{URL: "file:///images/da3b", Metadata: map[string]any{"store": "local"}},
		{URL: "http://mirror/f17.qcow2", Metadata: map[string]any{"region": "north"}},
		{URL: "rbd://pool/f17", Metadata: map[string]any{}},
	}
	return i
}

// LocationsOf reads a list: "a b:1" is a, and b with metadata 1. A capital
// letter holds data.
func LocationsOf(spec string) []model.Location {
	var out []model.Location
	for _, s := range strings.Fields(spec) {
		name, k, _ := strings.Cut(s, ":")
		scheme := "http"
		if name == strings.ToUpper(name) {
			scheme = "rbd"
		}
		l := model.Location{URL: scheme + "://" + name, Metadata: map[string]any{}}
		if k != "" {
			l.Metadata["k"] = k
		}
		out = append(out, l)
	}
	return out
}

// SpecOf is the inverse of LocationsOf.
func SpecOf(locations []model.Location) string {
	var out []string
	for _, l := range locations {
		_, name, _ := strings.Cut(l.URL, "://")
		if k, ok := l.Metadata["k"].(string); ok {
			name += ":" + k
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// Hostile are texts that a careless quoting would let loose.
var Hostile = []string{
	"", " ", "-", "--", "-x", "--help", "-rf /", "=ls", "a=b", "~", "~root", "#", "# no comment",
	"$(touch x)", "`touch x`", "${HOME}", "$HOME", "$((1+1))", "a;touch x", "a&touch x", "a|touch x",
	"a\ntouch x\n", "\n", "a\n", "\n\n", "\t", "a\tb", "\r\n", "touch x\r",
	"'", "''", "it's", "a'b'c", `"`, `a"b`, `'"'"'`, `\`, `a\`, `\\`, `\n`, `\'`, "!", "!!", "!$", "a!b",
	"*", "?", "[a]", "{a,b}", "<x", ">x", "(x)", "a b  c", "%s", "%d%n", `\033`, "%%",
	"\x03; touch x", "\x04", "\x1b]0;owned\a", "\x1b[201~touch x\n", "\x7f", "\x01\x02\x08\x15\x17",
	"\u0085", "\u009b31m", "\u202egnp.exe", "\u200b", "\ufeff", "\u2028", "\u00a0",
	"名前", "imágenes", "Ελληνικά", "\U0001f600", "a\u0301", "\xff", "\xc3", "a\x80b", "\xed\xa0\x80",
	"'\x03touch x\n'", "'; touch x; '", "\");touch x;(\"", "')\";touch x;\"$(printf '",
}
