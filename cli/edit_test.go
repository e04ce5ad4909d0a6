package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/state"
)

const fedora = "da3b75d9-3f4a-40e7-8a2c-bfab23927dea"

// cloud is an embedded service, with a history of its own.
type cloud struct {
	*testing.T
	flags []string
	url   string
}

func newCloud(t *testing.T) cloud {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	flags := service(t, demo.Options{})
	return cloud{t, flags, flags[slices.IndexFunc(flags, func(f string) bool { return strings.HasPrefix(f, "http") })]}
}

func (c cloud) run(args ...string) result { return run("", append(slices.Clone(c.flags), args...)...) }

// image is what the server has.
func (c cloud) image() model.Image {
	c.Helper()
	res, err := http.Get(c.url + "/v2/images/" + fedora)
	if err != nil {
		c.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.Fatal(err)
	}
	var img model.Image
	if err := json.Unmarshal(raw, &img); err != nil {
		c.Fatalf("%v: %s", err, raw)
	}
	return img
}

// patch is an edit of someone else's.
func (c cloud) patch(body string) {
	c.Helper()
	req, _ := http.NewRequestWithContext(c.Context(), http.MethodPatch, c.url+"/v2/images/"+fedora, strings.NewReader(body))
	req.Header.Set("Content-Type", patch.MediaTypeV21)
	res, err := http.DefaultClient.Do(req)
	if err != nil || res.StatusCode != http.StatusOK {
		c.Fatal(res, err)
	}
	_ = res.Body.Close()
}

// history is the entries, the latest first.
func (c cloud) history() []record.Entry {
	c.Helper()
	store, err := state.Open(state.Options{})
	if err != nil {
		c.Fatal(err)
	}
	defer store.Close()
	all, err := store.AllEntries(100)
	if err != nil {
		c.Fatal(err)
	}
	return all
}

func TestEdit(t *testing.T) {
	c := newCloud(t)
	r := c.run("edit", "Fedora 17", "name=F=18", "tags+=lts", "prop:x=", "unset:prop:none", "protected=yes")
	r.expect(t, 0, "Fedora 17: 4 operations applied.\n", `rename it to "F=18"`)
	img := c.image()
	if img.Name.Value != "F=18" || !img.Protected || !slices.Contains(img.Tags, "lts") || img.Properties["x"] != model.Some("") {
		t.Errorf("the server has %+v", img)
	}
	h := c.history()
	if len(h) != 1 || h[0].Outcome != record.OutcomeApplied || len(h[0].Responses) != 1 || h[0].Responses[0].Code != 200 || h[0].After == nil {
		t.Errorf("the history has %+v", h)
	}
	c.run("edit", fedora, "protected=true", "tags+=lts").expect(t, 0, "F=18 already has these values: nothing was sent.\n", "")
	if len(c.history()) != 1 {
		t.Error("what was not sent is in the history")
	}
}

// TestDangersNeedTheirWord: neither the missing terminal nor --yes stands for it.
func TestDangersNeedTheirWord(t *testing.T) {
	c := newCloud(t)
	for _, flags := range [][]string{nil, {"--yes"}, {"--allow", "public"}} {
		r := c.run(append([]string{"edit", fedora, "visibility=community", "name=x"}, flags...)...)
		r.expect(t, 1, "", "so nothing was sent: add --allow community")
	}
	if img := c.image(); img.Name.Value != "Fedora 17" || len(c.history()) > 0 {
		t.Errorf("sent: %+v", img)
	}
	c.run("edit", fedora, "visibility=community", "--allow", "community,delete").expect(t, 0, "1 operation applied", "! 1  make it a community image")
	c.run("edit", fedora, "visibility=public", "--allow", "publc").expect(t, 2, "", "unknown word")
}

func TestADryRunSendsNothing(t *testing.T) {
	c := newCloud(t)
	c.run("edit", fedora, "name=x", "--dry-run").expect(t, 0, "PATCH /v2/images/"+fedora, "")
	var plan editResult
	r := c.run("edit", fedora, "visibility=public", "--dry-run", "--format", "json")
	if err := json.Unmarshal([]byte(r.out), &plan); err != nil || r.status != 0 {
		t.Fatal(r, err)
	}
	if plan.Outcome != "dry run" || !slices.Equal(plan.Dangers, []string{"public"}) || len(plan.Requests) != 1 || len(plan.Answers) != 0 {
		t.Errorf("%+v", plan)
	}
	c.run("edit", fedora, "name=x", "--read-only").expect(t, 1, "", "read-only")
	c.run("edit", fedora, "name=x", "--read-only", "--dry-run").expect(t, 0, "PATCH", "")
	if img := c.image(); img.Name.Value != "Fedora 17" || len(c.history()) > 0 {
		t.Errorf("sent: %+v", img)
	}
}

func TestWhatTheServerRefuses(t *testing.T) {
	c := newCloud(t)
	r := c.run("edit", fedora, "name=x", "visibility=public", "--allow", "public", "--format", "json")
	var got editResult
	if err := json.Unmarshal([]byte(r.out), &got); err != nil {
		t.Fatal(r, err)
	}
	if r.status != 1 || got.Outcome != "rejected" || len(got.Answers) != 1 || got.Answers[0].Code != 403 || got.Entry == "" {
		t.Errorf("%d %+v", r.status, got)
	}
	if !strings.Contains(r.err, "Operation 2 caused this: make it public") || !strings.Contains(r.err, "publicize_image") {
		t.Errorf("%s", r.err)
	}
	if h := c.history(); len(h) != 1 || h[0].Outcome != record.OutcomeRejected {
		t.Errorf("%+v", h)
	}
	c.run("edit", fedora, "min_disk=-1").expect(t, 1, "", "This edit cannot be expressed as a patch: min_disk")
}

func TestEditUsage(t *testing.T) {
	c := newCloud(t)
	for says, args := range map[string][]string{
		"IMAGE":                      {"edit"},
		"CHANGE for x":               {"edit", "x"},
		"did you mean name":          {"edit", "x", "nme=y"},
		"contradict each other":      {"edit", "x", "name=a", "name=b"},
		"must be one of: text, json": {"edit", "x", "name=a", "--format", "xml"},
		"Missing argument: ENTRY":    {"undo"},
		"unknown word":               {"undo", "x", "--allow", "all"},
		"use one or more of: public, community, delete, queued, owner": {"edit", "x", "name=a", "--allow", "nonsense"},
		"--allow is empty":           {"edit", "x", "name=a", "--allow", ""},
		"at least 4 characters":      {"undo", "2"},
		"See glance-tui edit --help": {"edit", "x", "protected"},
	} {
		r := c.run(args...)
		if r.status != 2 || r.out != "" || !strings.Contains(strings.ToLower(r.err), strings.ToLower(says)) {
			t.Errorf("%q: %d %q %q", args, r.status, r.out, r.err)
		}
	}
	c.run("edit", "no such image", "name=a").expect(t, 1, "", "Could not find the image. No image with the name or ID")
}

func TestUndo(t *testing.T) {
	c := newCloud(t)
	c.run("edit", fedora, "name=x", "tags+=lts", "min_ram=1024").expect(t, 0, "applied", "PATCH")
	c.patch(`[{"op":"replace","path":"/protected","value":true}]`)
	id := shownID(c.history()[0])
	if r := run("", "history"); !strings.Contains(r.out, id) {
		t.Errorf("the history does not show %s:\n%s", id, r.out)
	}
	c.run("undo", id, "--dry-run").expect(t, 0, "This undoes an earlier edit.", "")
	c.run("undo", id[:5]).expect(t, 0, "3 operations applied", "Later changes are kept.")
	img := c.image()
	if img.Name.Value != "Fedora 17" || img.MinRAM != 512 || slices.Contains(img.Tags, "lts") || !img.Protected {
		t.Errorf("the server has %+v", img)
	}
	h := c.history()
	if len(h) != 2 || h[0].Undoes != h[1].ID {
		t.Errorf("%+v", h)
	}
	c.run("undo", id).expect(t, 0, "already has these values", "")
	c.run("undo", "zzzz").expect(t, 1, "", `No edit in the history has the ID "zzzz"`)
}

// TestFindEntry: a number of the list is no id, and the place, which is not
// shown, is no part of what is typed.
func TestFindEntry(t *testing.T) {
	all := []record.Entry{{ID: "2222-cloud/2abcdefgh"}, {ID: "2222-cloud/2abcxyzzy"}, {ID: "other/2abcdefgh7"}}
	for id, want := range map[string]string{
		"2abcx": all[1].ID, "2abcxyzzy": all[1].ID, "2222-cloud/2abcd": all[0].ID, "other/2abc": all[2].ID, "2abcdefgh": all[0].ID,
		"2": "too short", "2ab": "too short", "other/2": "too short", "2abc": "IDs of 3 edits start", "2222": "no edit in the history",
		"2222-cloud": "no edit in the history", "2222-cl/2abcx": "no edit in the history",
	} {
		e, err := findEntry(all, id)
		if e.ID != want && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %q, %v; want %q", id, e.ID, err, want)
		}
	}
}

// TestUndoRefusesWhatClashes: without a terminal no one can decide.
func TestUndoRefusesWhatConflicts(t *testing.T) {
	c := newCloud(t)
	c.run("edit", fedora, "name=x").expect(t, 0, "applied", "PATCH")
	c.patch(`[{"op":"replace","path":"/name","value":"theirs"}]`)
	c.run("undo", shownID(c.history()[0])).expect(t, 1, "", `The same was changed again after the edit, so nothing was sent: name: before the edit "Fedora 17", now "theirs"`)
	if img := c.image(); img.Name.Value != "theirs" || len(c.history()) != 1 {
		t.Errorf("sent: %+v", img)
	}
}

// TestUndoWithoutAResponse: the image tells what became of the edit, where it
// shows it.
func TestUndoWithoutAResponse(t *testing.T) {
	c := newCloud(t)
	c.run("edit", fedora, "name=x").expect(t, 0, "applied", "PATCH")
	store, err := state.Open(state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	open := c.history()[0]
	open.Result = record.Result{}
	id, err := store.Begin(open)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	c.patch(`[{"op":"replace","path":"/name","value":"theirs"}]`)
	c.run("undo", id).expect(t, 1, "", "its outcome is unknown")
	c.patch(`[{"op":"replace","path":"/name","value":"x"}]`)
	c.run("undo", id).expect(t, 0, "applied", "the image shows that it was applied")
	h := c.history()
	if name := c.image().Name.Value; name != "Fedora 17" || h[1].ID != id || h[1].Outcome != record.OutcomeApplied || !h[1].Resolved {
		t.Errorf("%q, %+v", name, h)
	}
}

// TestAHistoryThatCannotBeWritten is said before the review, and keeps nothing
// from being sent.
func TestAHistoryThatCannotBeWritten(t *testing.T) {
	c := newCloud(t)
	if err := os.WriteFile(filepath.Join(os.Getenv("XDG_STATE_HOME"), "glance-tui"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := c.run("edit", fedora, "name=x")
	r.expect(t, 0, "applied", "This edit could not be recorded in the history: ")
	if before, _, _ := strings.Cut(r.err, " operation"); !strings.Contains(before, "This edit may not be recorded in the history: ") {
		t.Errorf("not said before:\n%s", r.err)
	}
	if r := c.run("edit", fedora, "name=y", "--dry-run"); strings.Contains(r.err, "history") {
		t.Errorf("a dry run: %s", r.err)
	}
}

func TestUndoOfAnotherCloud(t *testing.T) {
	c := newCloud(t)
	c.run("edit", fedora, "name=x").expect(t, 0, "applied", "PATCH")
	other := service(t, demo.Options{})
	r := run("", append(other, "undo", shownID(c.history()[0]))...)
	r.expect(t, 1, "", "The edit was sent to")
}

// TestEditOfALocationThatTheServerHides goes in two requests, of which the
// second is answered before the server has looked at the URL: the command waits
// for the status.
func TestEditOfALocationThatTheServerHides(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	running, err := demo.New(demo.Options{Still: true, HideLocations: true, LocationCalls: true}).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closeDemo(running)
	var flags []string
	for key, value := range demoSettings(running) {
		flags = append(flags, "--os-"+strings.ReplaceAll(key, "_", "-"), value)
	}
	r := run("", append(slices.Clone(flags), "edit", fedora, "min_ram=1024", "location+=http://mirror.example/x.qcow2")...)
	r.expect(t, 0, "2 operations applied", "then, if the first request succeeds:")
	if !strings.Contains(r.err, "Accepted. Waiting for the status active") {
		t.Errorf("%s", r.err)
	}
	run("", append(slices.Clone(flags), "show", fedora)...).expect(t, 0, `"status": "active"`, "")
	run("", append(flags, "edit", fedora, "location-=http://mirror.example/x.qcow2")...).expect(t, 1, "", "does not show the locations")
}

// TestAnOwnerIsAnID: the Image service would take the name of a project for its
// id, and any other text as well.
func TestAnOwnerIsAnID(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	running, err := demo.New(demo.Options{Still: true}).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closeDemo(running)
	var flags []string
	for key, value := range demoSettings(running) {
		flags = append(flags, "--os-"+strings.ReplaceAll(key, "_", "-"), value)
	}
	edit := func(flags []string, owner string) result {
		return run("", append(slices.Clone(flags), "edit", fedora, "owner="+owner, "--allow", "owner", "--dry-run")...)
	}
	r := edit(flags, demo.MemberProject)
	_, id, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(r.err), "."), "use its ID: owner=")
	r.expect(t, 1, "", "is the name of a project")
	if len(id) != 32 {
		t.Fatalf("no id: %s", r.err)
	}
	if r := edit(flags, id); r.status != 0 || strings.Contains(r.out, "No project") {
		t.Errorf("a project that is known: %+v", r)
	}
	edit(flags, "nosuch").expect(t, 0, `No project with the ID "nosuch" is visible to you`, "")
	edit([]string{"--os-auth-type", "none", "--os-endpoint", running.URL}, "nosuch").expect(t, 0,
		`The project "nosuch" could not be checked because the projects could not be read`, "")
}
