package state_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

func TestPlacesAreKeptWithoutSecrets(t *testing.T) {
	for given, want := range map[string]string{
		"https://images.example:9292/v2":            "https://images.example:9292/v2",
		"https://ada:s3cret@images.example/v2":      "https://images.example/v2",
		"https://ada:s3/cr@et@images.example/v2":    "https://ada:s3/cr@et@images.example/v2", // not what a URL means
		"https://a@b:s3cret@images.example":         "https://images.example",
		"https://images.example/v2?token=s3cret":    "https://images.example/v2",
		"https://images.example/v2#s3cret":          "https://images.example/v2",
		"https://images.example?token=s3cret/x@y#z": "https://images.example",
		"ada:s3cret@images.example":                 "images.example",
		"http://[::1]:9292/v2/":                     "http://[::1]:9292/v2/",
		"":                                          "",
	} {
		if got := state.StoredPlace(api.ServiceID{Endpoint: given}).Endpoint; got != want {
			t.Errorf("%s is kept as %s, want %s", given, got, want)
		}
	}
}

func TestPlacesHaveNamesOfTheirOwn(t *testing.T) {
	for given, want := range map[api.ServiceID]string{
		{Demo: true, Endpoint: "http://127.0.0.1:4711"}:      "demo-",
		{Endpoint: "https://Images.Example:9292/v2/"}:        "images.example-9292-v2-",
		{Endpoint: "../../etc/passwd"}:                       "etc-passwd-",
		{Endpoint: "..\\..\\c:\\x"}:                          "c-x-",
		{Endpoint: "\x1b[2J\u202e"}:                          "2j-",
		{Endpoint: "http://" + strings.Repeat("long.", 100)}: "long.long.long.long.long.long.long.long-",
		{Endpoint: ""}: "unnamed-",
	} {
		got := state.PlaceName(given)
		if !strings.HasPrefix(got, want) || len(got) != len(want)+12 {
			t.Errorf("%q has the name %s, want %s…", given.Endpoint, got, want)
		}
	}
	same := state.PlaceName(api.ServiceID{Endpoint: "https://ada:x@h/v2/", User: "ada"})
	if other := state.PlaceName(api.ServiceID{Endpoint: "https://h/v2", User: "bob", Cloud: "c"}); other != same {
		t.Errorf("one service has the names %s and %s", same, other)
	}
}

var plainName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

func TestNamesOfFilesArePlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := state.PlaceName(api.ServiceID{Endpoint: texts.Draw(t, "endpoint")})
		image := state.ImageName(texts.Draw(t, "id"))
		for _, name := range []string{place, image} {
			if !plainName.MatchString(name) || len(name) > 60 || filepath.Base(name) != name {
				t.Fatalf("%q", name)
			}
		}
	})
	if id := "da3b75d9-3f4a-40e7-8a2c-bfab23927dea"; state.ImageName(id) != id {
		t.Error("a UUID should name its files")
	}
	if state.ImageName("DA3B75D9-3F4A-40E7-8A2C-BFAB23927DEA") == state.ImageName("DA3B75D9-3F4A-40E7-8A2C-BFAB23927DEa") {
		t.Error("two ids have one name")
	}
}

// TestForeignIDsLeadNowhere: an ID finds what this package made, or nothing.
func TestForeignIDsLeadNowhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	id := keep(t, s, draft(1))
	place, own, _ := strings.Cut(id, "/")
	for _, bad := range []string{
		"", "x", "/", "..", "../" + own, place + "/../" + place + "/" + own, id + "/", "/" + id, id + ".json", id + "\n", id + "\x00",
		strings.ToUpper(id), place + "\\" + own, place + "/" + strings.Replace(own, ".", "/", 1), "drafts/" + id,
	} {
		if _, err := s.TakeDraft(bad); err == nil {
			t.Errorf("TakeDraft(%q) found something", bad)
		}
		if err := s.DropDraft(bad); err == nil {
			t.Errorf("DropDraft(%q) dropped something", bad)
		}
		if err := s.End(bad, record.Result{}); err == nil {
			t.Errorf("End(%q) wrote something", bad)
		}
		d := draft(2)
		d.ID = bad
		if kept := keep(t, s, d); kept == bad || kept == id {
			t.Errorf("KeepDraft took the ID %q", bad)
		} else if err := s.DropDraft(kept); err != nil {
			t.Error(err)
		}
	}
	if found := drafts(t, s); len(found) != 1 || found[0].ID != id {
		t.Errorf("found %+v", found)
	}
}
