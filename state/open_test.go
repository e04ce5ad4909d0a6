package state_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/state"
)

// TestDirectoryFollowsTheEnvironment as it is when the store is opened.
func TestDirectoryFollowsTheEnvironment(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the XDG paths of Linux")
	}
	home, set := t.TempDir(), t.TempDir()
	for _, c := range []struct{ home, set, want string }{
		{home, set, set + "/glance-tui"},
		{home, set + "/", set + "/glance-tui"},
		{home, "", home + "/.local/state/glance-tui"},
		{home, "relative", home + "/.local/state/glance-tui"}, // "consider the path invalid and ignore it"
		{"", set, set + "/glance-tui"},
	} {
		t.Setenv("HOME", c.home)
		t.Setenv("XDG_STATE_HOME", c.set)
		s, err := state.Open(state.Options{})
		if err != nil || s.Dir() != c.want {
			t.Errorf("HOME=%s XDG_STATE_HOME=%s: %v, %v", c.home, c.set, s, err)
		}
	}
	for _, c := range []struct{ home, set string }{{"", ""}, {"", "relative"}, {"relative", ""}} {
		t.Setenv("HOME", c.home)
		t.Setenv("XDG_STATE_HOME", c.set)
		if s, err := state.Open(state.Options{}); err == nil || !strings.Contains(err.Error(), "set HOME or XDG_STATE_HOME") {
			t.Errorf("HOME=%q XDG_STATE_HOME=%q: %v, %v", c.home, c.set, s, err)
		}
	}
}

// TestReadingMakesNothing: the directory comes with the first write.
func TestReadingMakesNothing(t *testing.T) {
	above := t.TempDir()
	s := open(t, filepath.Join(above, "deep", "state"))
	drafts(t, s)
	entries(t, s, 5)
	_, err := s.Skipped(here)
	must(t, err)
	if err := s.DropDraft(state.PlaceName(here) + "/da3b75d9-3f4a-40e7-8a2c-bfab23927dea.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb"); err != nil {
		t.Error(err)
	}
	must(t, s.Close())
	if all, err := os.ReadDir(above); err != nil || len(all) > 0 {
		t.Errorf("there is %v (%v)", all, err)
	}
	if _, err := s.KeepDraft(draft(1)); err == nil {
		t.Error("a closed store kept something")
	}
}

// TestDraftsThatCannotBeRead are said and lost by no one; the others come.
func TestDraftsThatCannotBeRead(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	good, bad, newer := draft(1), draft(2), draft(3)
	good.ID, bad.ID, newer.ID = keep(t, s, good), keep(t, s, bad), keep(t, s, newer)
	must(t, s.Close())
	file := func(id string) string { return filepath.Join(s.Dir(), "drafts", filepath.FromSlash(id)+".json") }
	must(t, os.WriteFile(file(bad.ID), []byte("torn"), 0o600))
	must(t, os.WriteFile(file(newer.ID), []byte(state.Line(`{"v":2}`)), 0o600))
	must(t, os.WriteFile(filepath.Join(filepath.Dir(file(good.ID)), "notes.txt"), []byte("someone's"), 0o600))

	again := open(t, s.Dir())
	if _, err := again.TakeDraft(newer.ID); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("taking a newer draft: %v", err)
	}
	found, err := again.Drafts(here)
	if len(found) != 1 || found[0].ID != good.ID {
		t.Errorf("found %+v", found)
	}
	for _, want := range []string{"a draft was corrupt and was renamed to ", ".corrupt", "newer version"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not said: %v", want, err)
		}
	}
	if text, err := os.ReadFile(strings.TrimSuffix(file(bad.ID), ".json") + ".corrupt"); err != nil || string(text) != "torn" {
		t.Errorf("set aside is %q (%v)", text, err)
	}
	if _, err := again.Drafts(here); err == nil || strings.Contains(err.Error(), "damaged") {
		t.Errorf("the second time it says %v", err)
	}
	if text, err := os.ReadFile(file(newer.ID)); err != nil || string(text) != state.Line(`{"v":2}`) {
		t.Errorf("the newer draft is now %q (%v)", text, err)
	}
}

// TestDraftInAnotherPlaceIsNotOffered: an edit is for one cloud.
func TestDraftInAnotherPlaceIsNotOffered(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	d := draft(1)
	d.Service.Endpoint = "https://other.example/v2"
	d.ID = keep(t, s, d)
	if found := drafts(t, s); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	keep(t, s, draft(2))
	_, own, _ := strings.Cut(d.ID, "/")
	directory := filepath.Join(s.Dir(), "drafts")
	must(t, os.Rename(filepath.Join(directory, d.ID+".json"), filepath.Join(directory, state.PlaceName(here), own+".json")))
	must(t, s.Close())
	if found, err := open(t, s.Dir()).Drafts(here); len(found) != 1 || err == nil {
		t.Errorf("found %+v (%v)", found, err)
	}
}

// TestTidyingUp: what ended programs left goes at the next start, and nothing
// that is anyone's.
func TestTidyingUp(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	id := keep(t, s, draft(1))
	begin(t, s, entry(t, 1))
	living := id[strings.LastIndexByte(id, '.')+1:]
	const ended = "endedprogramxxxx"
	place := filepath.Join("drafts", state.PlaceName(here))
	gone := []string{
		filepath.Join("owners", ended+".lock"), filepath.Join(place, ".tmp-"+ended+"-a"), filepath.Join("history", ".tmp-"+ended+"-b"),
	}
	stays := []string{
		filepath.Join("owners", living+".lock"), filepath.Join(place, ".tmp-"+living+"-a"), filepath.Join("history", ".tmp-"+living+"-b"),
		filepath.Join("owners", "notes"), filepath.Join(place, "x.corrupt"),
	}
	for _, name := range append(gone, stays...) {
		f, err := os.OpenFile(filepath.Join(s.Dir(), name), os.O_CREATE, 0o600)
		must(t, err)
		must(t, f.Close())
	}
	other := open(t, s.Dir())
	keep(t, other, draft(2))
	for _, name := range gone {
		if _, err := os.Lstat(filepath.Join(s.Dir(), name)); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	for _, name := range stays {
		if _, err := os.Lstat(filepath.Join(s.Dir(), name)); err != nil {
			t.Error(err)
		}
	}
	must(t, other.Close())
	if locks, err := os.ReadDir(filepath.Join(s.Dir(), "owners")); err != nil || len(locks) != 2 {
		t.Errorf("the locks are %v (%v)", locks, err)
	}
}

// TestNoSecretIsWritten: of a place, only what tells it from others; nothing of
// the process's environment.
func TestNoSecretIsWritten(t *testing.T) {
	const secret = "s3cret-b4f1"
	for _, name := range []string{"OS_PASSWORD", "OS_TOKEN", "OS_APPLICATION_CREDENTIAL_SECRET", "HOSTNAME"} {
		t.Setenv(name, secret)
	}
	s := open(t, filepath.Join(t.TempDir(), "state"))
	for _, endpoint := range []string{
		"https://ada:" + secret + "@images.example/v2", "https://images.example/v2?token=" + secret, "https://images.example/v2#" + secret,
		secret + "@images.example",
	} {
		p := here
		p.Endpoint = endpoint
		d := draft(1)
		d.Service = p
		keep(t, s, d)
		e := done(t, 1)
		e.Service = p
		must(t, s.End(begin(t, s, e), e.Result))
		found, err := s.Drafts(p)
		if err != nil || len(found) == 0 || strings.Contains(found[0].Service.Endpoint+found[0].ID, secret) {
			t.Errorf("%s: found %+v (%v)", endpoint, found, err)
		}
	}
	files := 0
	must(t, filepath.WalkDir(s.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if strings.Contains(string(text)+path, secret) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	}))
	if files < 8 {
		t.Errorf("only %d files were searched", files)
	}
}

// TestDraftsAreApart: an edit begun again does not replace the one before it.
func TestDraftsAreApart(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	first, second := draft(1), draft(1)
	second.Wanted.Name = model.Some("once more")
	if a, b := keep(t, s, first), keep(t, s, second); a == b {
		t.Errorf("both are %s", a)
	}
	found := drafts(t, s)
	if len(found) != 2 || found[0].Wanted.Name != second.Wanted.Name {
		t.Errorf("found %+v", found)
	}
}
