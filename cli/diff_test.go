package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

const activeImage = `{
  "id": "71c675ab-d94f-49cd-a114-e12490b328d9", "name": "ubuntu", "status": "active", "visibility": "private",
  "owner": "02a7fb2dd4ef434c8a628c511dcbbeb6", "protected": false, "os_hidden": false, "min_disk": 0, "min_ram": 0,
  "disk_format": "qcow2", "container_format": "bare", "size": 2254249, "virtual_size": null,
  "checksum": "8a9e4b1ac5b5a7f2b3c4d5e6f7a8b9c0", "os_hash_algo": null, "os_hash_value": null,
  "created_at": "2026-11-19T16:32:06Z", "updated_at": "2026-11-19T16:32:06Z", "tags": ["lts", "ubuntu"],
  "locations": [
    {"url": "file:///images/71c675ab", "metadata": {"store": "local"}},
    {"url": "http://mirror.example/u.qcow2", "metadata": {"store": "web"}}
  ],
  "os_distro": "ubuntu", "a/b~c": "x", "stores": "local,web",
  "self": "/v2/images/71c675ab", "file": "/v2/images/71c675ab/file", "schema": "/v2/schemas/image"
}`

// edited is the document with some attributes set; nil takes one away.
func edited(t *testing.T, document string, changes map[string]any) string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(document), &object); err != nil {
		t.Fatal(err)
	}
	for name, value := range changes {
		if value == nil {
			delete(object, name)
		} else {
			object[name] = value
		}
	}
	text, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// diff runs `glance-tui diff FILE -`.
func diff(t *testing.T, before, wanted string, flags ...string) result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "before.json")
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(wanted, append([]string{"diff", path, "-"}, flags...)...)
}

func TestDiffPrintsTheArrayAlone(t *testing.T) {
	queued := edited(t, activeImage, map[string]any{
		"status": "queued", "disk_format": json.RawMessage("null"), "container_format": json.RawMessage("null"), "locations": []any{}, "size": nil,
	})
	mirror := []any{map[string]any{"url": "http://mirror.example/u.qcow2", "metadata": map[string]any{}}}
	for name, c := range map[string]struct {
		before string
		change map[string]any
		want   string // compact JSON
	}{
		"nothing":              {activeImage, nil, `[]`},
		"server's own":         {activeImage, map[string]any{"updated_at": "2030-01-01T00:00:00Z", "size": 5, "checksum": "x", "self": "elsewhere", "direct_url": "file:///x", "os_hash_value": nil}, `[]`},
		"odd, and left so":     {edited(t, activeImage, map[string]any{"protected": "True", "min_ram": "512"}), nil, `[]`},
		"tags are a set":       {activeImage, map[string]any{"tags": []string{"ubuntu", "lts", "lts"}}, `[]`},
		"left out base stays":  {activeImage, map[string]any{"name": nil, "tags": nil, "locations": nil, "min_disk": nil}, `[]`},
		"name":                 {activeImage, map[string]any{"name": "Ubuntu <24> & \"x\""}, `[{"op":"replace","path":"/name","value":"Ubuntu <24> & \"x\""}]`},
		"tag":                  {activeImage, map[string]any{"tags": []string{"lts"}}, `[{"op":"replace","path":"/tags","value":["lts"]}]`},
		"property added":       {activeImage, map[string]any{"new": ""}, `[{"op":"add","path":"/new","value":""}]`},
		"property changed":     {activeImage, map[string]any{"os_distro": "debian"}, `[{"op":"replace","path":"/os_distro","value":"debian"}]`},
		"property left out":    {activeImage, map[string]any{"a/b~c": nil}, `[{"op":"remove","path":"/a~1b~0c"}]`},
		"location removed":     {activeImage, map[string]any{"locations": mirror}, `[{"op":"remove","path":"/locations/0"}]`},
		"queued gets location": {queued, map[string]any{"disk_format": "qcow2", "container_format": "bare", "locations": mirror}, `[{"op":"replace","path":"/disk_format","value":"qcow2"},{"op":"replace","path":"/container_format","value":"bare"},{"op":"add","path":"/locations/-","value":{"url":"http://mirror.example/u.qcow2","metadata":{}}}]`},
	} {
		r := diff(t, c.before, edited(t, c.before, c.change))
		if r.status != 0 || r.err != "" || !strings.HasSuffix(r.out, "]\n") {
			t.Errorf("%s: %d %q %q", name, r.status, r.out, r.err)
			continue
		}
		if got, want := operations(t, r.out), operations(t, c.want); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

// operations is a patch with its members in one order, for comparing.
func operations(t *testing.T, text string) string {
	t.Helper()
	var list []any
	if err := json.Unmarshal([]byte(text), &list); err != nil || list == nil {
		t.Fatalf("no array: %v: %s", err, text)
	}
	out, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestDiffRefusesWithTheReason(t *testing.T) {
	hidden := edited(t, activeImage, map[string]any{"locations": nil})
	for name, c := range map[string]struct {
		before string
		change map[string]any
		says   string
	}{
		"format of an active image": {activeImage, map[string]any{"disk_format": "raw"}, "disk_format"},
		"no location left":          {activeImage, map[string]any{"locations": []any{}}, "location"},
		"locations hidden":          {hidden, map[string]any{"locations": []any{map[string]any{"url": "http://m.example/x", "metadata": map[string]any{}}}}, "location"},
		"emoji":                     {activeImage, map[string]any{"name": "\U0001f600"}, "name"},
		"long name":                 {activeImage, map[string]any{"name": strings.Repeat("x", 256)}, "255"},
		"wrong type":                {activeImage, map[string]any{"name": 5}, "name"},
		"number as property":        {activeImage, map[string]any{"os_version": 24.04}, "quotes"},
		"visibility":                {activeImage, map[string]any{"visibility": "secret"}, "visibility"},
		"not understood":            {edited(t, activeImage, map[string]any{"protected": "True"}), map[string]any{"protected": false}, "protected: its value is not known"},
		"null where none may be":    {edited(t, activeImage, map[string]any{"min_ram": json.RawMessage("null")}), map[string]any{"min_ram": 0}, "min_ram: its value is not known"},
		"not given":                 {edited(t, activeImage, map[string]any{"visibility": nil}), map[string]any{"visibility": "private"}, "visibility: its value is not known"},
		"hostile":                   {activeImage, map[string]any{"min_disk": "\x1b[2J\u202e"}, "min_disk"},
	} {
		r := diff(t, c.before, edited(t, c.before, c.change))
		if r.status != 1 || r.out != "" || !strings.Contains(r.err, c.says) {
			t.Errorf("%s: %d %q %q, want %q", name, r.status, r.out, r.err, c.says)
		}
		if strings.ContainsAny(r.err, "\x1b\u202e") {
			t.Errorf("%s: unsafe: %q", name, r.err)
		}
	}
}

// What WANTED says and no patch can ask for is said: the patch alone would look as
// if it were done.
func TestDiffSaysWhatNoPatchAsksFor(t *testing.T) {
	before := edited(t, activeImage, map[string]any{"stores": "local", "os_glance_failed_import": ""})
	for name, c := range map[string]struct {
		change map[string]any
		says   string
	}{
		"as it was read":      {nil, ""},
		"left out":            {map[string]any{"stores": nil, "os_glance_failed_import": nil, "status": nil, "id": nil}, ""},
		"null of what is not": {map[string]any{"os_glance_x": json.RawMessage("null")}, ""},
		"a reading":           {map[string]any{"updated_at": "2030-01-01T00:00:00Z", "size": 5, "checksum": "x", "schema": "y", "file": "z"}, ""},
		"reserved":            {map[string]any{"os_glance_x": "1"}, `os_glance_x is "1" in WANTED and missing in BEFORE`},
		"reserved, changed":   {map[string]any{"os_glance_failed_import": "web"}, `os_glance_failed_import is "web" in WANTED and "" in BEFORE`},
		"stores":              {map[string]any{"stores": "local,web"}, `stores is "local,web" in WANTED and "local" in BEFORE`},
		"status":              {map[string]any{"status": "deactivated"}, `status is "deactivated" in WANTED and "active" in BEFORE`},
		"another image":       {map[string]any{"id": "other"}, `id is "other" in WANTED`},
		"hostile":             {map[string]any{"os_glance_\x1b[2J": "\u202e"}, "os_glance_"},
	} {
		r := diff(t, before, edited(t, before, c.change))
		if r.status != 0 || r.out != "[]\n" || (c.says == "") != (r.err == "") || !strings.Contains(r.err, c.says) || strings.ContainsAny(r.err, "\x1b\u202e") {
			t.Errorf("%s: %d %q %q, want %q", name, r.status, r.out, r.err, c.says)
		}
	}
	odd := edited(t, before, map[string]any{"x": 7})
	if r := diff(t, odd, before); r.status != 0 || r.out != "[]\n" || !strings.Contains(r.err, "The property x is kept: its value in BEFORE (7) is of an unknown type") {
		t.Errorf("a property of another type: %d %q %q", r.status, r.out, r.err)
	}
	r := diff(t, before, edited(t, before, map[string]any{"stores": "web", "name": "x"}))
	if r.status != 0 || operations(t, r.out) != `[{"op":"replace","path":"/name","value":"x"}]` || !strings.Contains(r.err, "stores") {
		t.Errorf("beside an edit: %d %q %q", r.status, r.out, r.err)
	}
}

func TestDiffOfOldServersTakesAllLocationsAway(t *testing.T) {
	none := edited(t, activeImage, map[string]any{"locations": []any{}})
	r := diff(t, activeImage, none, "--release", "2015", "--explain")
	if got := operations(t, r.out); r.status != 0 || got != `[{"op":"replace","path":"/locations","value":[]}]` {
		t.Errorf("%d %s", r.status, got)
	}
	if !strings.Contains(r.err, "Status: active, then queued") || !strings.Contains(r.err, "   ! ") {
		t.Errorf("%s", r.err)
	}
}

func TestDiffExplainsOnStandardError(t *testing.T) {
	r := diff(t, activeImage, edited(t, activeImage, map[string]any{"name": "evil\u202e", "visibility": "public"}), "--explain")
	if r.status != 0 || !strings.HasPrefix(r.out, "[") || strings.Contains(r.out+r.err, "\u202e") {
		t.Errorf("%d %q %q", r.status, r.out, r.err)
	}
	var patch []struct{ Path, Value string }
	if err := json.Unmarshal([]byte(r.out), &patch); err != nil || patch[0].Value != "evil\u202e" {
		t.Errorf("the escape changes the value: %v %v", err, patch)
	}
	for _, want := range []string{"1. ", "2. ", "   ! "} {
		if !strings.Contains(r.err, want) {
			t.Errorf("no %q in %s", want, r.err)
		}
	}
	diff(t, activeImage, activeImage, "--explain").expect(t, 0, "[]\n", "No differences.\n")
}

func TestDiffOfWhatIsNoImage(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000)
	for name, c := range map[string]struct{ before, wanted, says string }{
		"empty":            {"", "{}", "before.json is not JSON"},
		"cut short":        {`{"name": "a",` + "\n" + `"tags": [`, "{}", "line 2, column 9"},
		"list":             {`[{"id":"x"}]`, "{}", "before.json is not an image: expected one JSON object"},
		"null":             {"null", "{}", "before.json is not an image"},
		"text":             {`"x"`, "{}", "is not an image"},
		"wanted list":      {activeImage, "[]", "Standard input is not an image"},
		"wanted null":      {activeImage, "null", "Standard input is not an image"},
		"wanted rubbish":   {activeImage, "\x1b[2J{", "Standard input is not JSON: line 1, column 1"},
		"deep":             {activeImage, deep, "Standard input is not JSON"},
		"two documents":    {activeImage, activeImage + activeImage, "Standard input is not JSON"},
		"not UTF-8 at all": {"\xff\xfe\x00", "{}", "before.json is not JSON"},
	} {
		r := diff(t, c.before, c.wanted)
		if r.status != 1 || r.out != "" || !strings.Contains(r.err, c.says) || strings.Contains(r.err, "\x1b") {
			t.Errorf("%s: %d %q %.300q, want %q", name, r.status, r.out, r.err, c.says)
		}
	}
	r := run("", "diff", filepath.Join(t.TempDir(), "nowhere.json"), "-")
	if r.status != 1 || !strings.Contains(r.err, "nowhere.json: no such file or directory.") {
		t.Errorf("%d %s", r.status, r.err)
	}
}

// Whatever the documents are, the command answers with a status and never with
// both a patch and a refusal; a patch it prints is one that the server takes.
func FuzzDiff(f *testing.F) {
	f.Add(activeImage, `{"name":"x","tags":[],"new":"y"}`)
	f.Add(`{"status":"queued","locations":[]}`, `{"locations":[{"url":"http://m.example/a","metadata":{}}],"disk_format":"raw","container_format":"bare"}`)
	f.Add(`{}`, `{"a":null}`)
	f.Fuzz(func(t *testing.T, before, wanted string) {
		r := diff(t, before, wanted)
		switch r.status {
		case 0:
			var img model.Image
			if err := json.Unmarshal([]byte(before), &img); err != nil {
				t.Fatal(err)
			}
			rules := rules.For(api.ReleaseCurrent)
			patch, err := rules.ParsePatch(patch.MediaTypeV21, []byte(r.out))
			if err != nil {
				t.Fatalf("%v: %s", err, r.out)
			}
			if _, err := rules.Apply(img, patch); err != nil {
				t.Fatalf("%v: %s", err, r.out)
			}
		case 1:
			if r.out != "" || r.err == "" {
				t.Fatalf("%q %q", r.out, r.err)
			}
		default:
			t.Fatalf("exit status %d: %s", r.status, r.err)
		}
	})
}

// The openstack client's own form of an image, on either side.
func TestDiffOfWhatTheOpenstackClientPrints(t *testing.T) {
	const form = `{"id": "71c675ab-d94f-49cd-a114-e12490b328d9", "name": "ubuntu", "status": "active", "visibility": "private", "tags": [],
		"properties": {"os_hidden": false, "locations": [], "stores": "local", "os_distro": "ubuntu", "hw_cpu_cores": 4}, "min_disk": 0}`
	wants := func(from, to string) string { return strings.Replace(form, from, to, 1) }
	diff(t, form, wants(`"os_distro": "ubuntu"`, `"os_distro": "debian"`)).expect(t, 0, `{"op": "replace", "path": "/os_distro", "value": "debian"}`, "")
	diff(t, form, "\ufeff"+form).expect(t, 0, "[]", "")
	diff(t, form, wants(`"hw_cpu_cores": 4`, `"hw_cpu_cores": 8`)).expect(t, 1, "", "put it in quotes")
	diff(t, form, wants(`"os_distro": "ubuntu"`, `"properties": "x"`), "--explain").expect(t, 0, `"/properties"`, "Terraform")
}
