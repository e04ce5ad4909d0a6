//go:build unix

package state_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/state"
)

// fillDirectory puts one of each kind of file into a directory and gives the names.
func fillDirectory(t *testing.T, s *state.Store) (id string, files []string) {
	t.Helper()
	id = keep(t, s, draft(1))
	begin(t, s, entry(t, 1))
	err := filepath.WalkDir(s.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 4 {
		t.Fatalf("there are %q", files)
	}
	return id, files
}

// TestModesWhateverTheUmask: no one else can read, and this user always can.
func TestModesWhateverTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o077, 0o777} {
		above := t.TempDir()
		was := syscall.Umask(umask)
		s := open(t, filepath.Join(above, "state"))
		fillDirectory(t, s)
		keep(t, s, draft(2))
		must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`"x"`)))
		syscall.Umask(was)
		err := filepath.WalkDir(s.Dir(), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[d.IsDir()]; err == nil && info.Mode().Perm() != want {
				t.Errorf("umask %o: %s has mode %v", umask, path, info.Mode())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatOthersCanReadIsClosed(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	id, files := fillDirectory(t, s)
	directories := []string{s.Dir(), filepath.Dir(files[0]), filepath.Join(s.Dir(), "history")}
	for _, path := range files {
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range directories {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	again := open(t, s.Dir())
	if found := drafts(t, again); len(found) != 1 || found[0].ID != id {
		t.Errorf("found %+v", found)
	}
	begin(t, again, entry(t, 2))
	entries(t, again, 1)
	for _, path := range append(files, directories...) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v (%v)", path, info.Mode(), err)
		}
	}
}

// TestTricksAreRefused: what is not as this program makes it is neither
// followed, nor written, nor waited for, and the error says what it is.
func TestTricksAreRefused(t *testing.T) {
	isDraft := func(path string) bool { return strings.HasPrefix(filepath.Base(filepath.Dir(path)), "images") }
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path, elsewhere string)
		want  string
	}{
		"symbolic link": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Rename(path, elsewhere))
			must(t, os.Symlink(elsewhere, path))
		}, "is not a regular file"},
		"dangling link": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Remove(path))
			must(t, os.Symlink(elsewhere+"-none", path))
		}, "is not a regular file"},
		"hard link": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Link(path, elsewhere))
		}, "hard link"},
		"FIFO": {func(t *testing.T, path, _ string) {
			must(t, os.Remove(path))
			must(t, syscall.Mkfifo(path, 0o600))
		}, "is not a regular file"},
		"directory": {func(t *testing.T, path, _ string) {
			must(t, os.Remove(path))
			must(t, os.Mkdir(path, 0o700))
		}, "is not a regular file"},
		"another user": {func(t *testing.T, path, _ string) {
			asRoot(t)
			must(t, os.Lchown(path, 65534, 65534))
		}, "belongs to another user (uid 65534, you are 0)"},
	} {
		t.Run(name, func(t *testing.T) {
			for n := range 4 {
				above := t.TempDir()
				s := open(t, filepath.Join(above, "state"))
				id, files := fillDirectory(t, s)
				must(t, s.Close())
				elsewhere := filepath.Join(above, "elsewhere")
				if isLock := strings.Contains(files[min(n, len(files)-1)], "owners"); isLock {
					continue // an ended program's; see TestOddLocks
				}
				c.spoil(t, files[n], elsewhere)
				before, _ := os.ReadFile(elsewhere)

				again := open(t, s.Dir())
				var err error
				if isDraft(files[n]) {
					_, err = again.Drafts(here)
					if _, taken := again.TakeDraft(id); taken == nil {
						t.Errorf("%s was taken", files[n])
					}
				} else {
					_, err = again.Begin(entry(t, 2))
				}
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s: %v", files[n], err)
				}
				if after, _ := os.ReadFile(elsewhere); string(after) != string(before) {
					t.Errorf("%s was followed", files[n])
				}
				if _, err := os.Lstat(elsewhere + "-none"); err == nil {
					t.Error("a file was made elsewhere")
				}
			}
		})
	}
}

func TestDirectoriesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path, elsewhere string)
		want  string
	}{
		"symbolic link": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Rename(path, elsewhere))
			must(t, os.Symlink(elsewhere, path))
		}, "is a symbolic link"},
		"link beside it": {func(t *testing.T, path, _ string) {
			must(t, os.Rename(path, path+"-real"))
			must(t, os.Symlink(filepath.Base(path)+"-real", path))
		}, "is a symbolic link"},
		"written by a group": {func(t *testing.T, path, _ string) { must(t, os.Chmod(path, 0o770)) }, "can be written by other users"},
		"written by all":     {func(t *testing.T, path, _ string) { must(t, os.Chmod(path, 0o1777)) }, "can be written by other users"},
		"a file": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Rename(path, elsewhere))
			must(t, os.WriteFile(path, nil, 0o600))
		}, "is not a directory"},
		"another user": {func(t *testing.T, path, _ string) {
			asRoot(t)
			must(t, os.Chown(path, 65534, 65534))
		}, "belongs to another user"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, directory := range []string{".", "drafts", "history", "owners", "drafts/" + state.PlaceName(here)} {
				above := t.TempDir()
				s := open(t, filepath.Join(above, "state"))
				id, _ := fillDirectory(t, s)
				must(t, s.Close())
				c.spoil(t, filepath.Join(s.Dir(), directory), filepath.Join(above, "elsewhere"))
				was := tree(t, above)

				again := open(t, s.Dir())
				_, beginErr := again.Begin(entry(t, 2))
				_, keepErr := again.KeepDraft(draft(3))
				_, takeErr := again.TakeDraft(id)
				_, draftsErr := again.Drafts(here)
				_, entriesErr := again.Entries(here, 1)
				bad := 0
				for _, err := range []error{beginErr, keepErr, takeErr, draftsErr, entriesErr} {
					if err != nil && strings.Contains(err.Error(), c.want) {
						bad++
					}
				}
				if want := map[string]int{".": 5, "drafts": 3, "history": 2, "owners": 3}[directory]; bad < want || bad == 0 {
					t.Errorf("%s: %d refusals: %v; %v; %v; %v; %v", directory, bad, beginErr, keepErr, takeErr, draftsErr, entriesErr)
				}
				if now := tree(t, above); directory == "." && now != was {
					t.Errorf("%s was written to:\n%s\n%s", directory, was, now)
				}
			}
		})
	}
}

// TestOddLocks: a lock that is no lock keeps its draft from being taken, since
// no one can tell whether its program lives.
func TestOddLocks(t *testing.T) {
	above := t.TempDir()
	s := open(t, filepath.Join(above, "state"))
	id := keep(t, s, draft(1))
	must(t, s.Close())
	lock := filepath.Join(s.Dir(), "owners", id[strings.LastIndexByte(id, '.')+1:]+".lock")
	must(t, os.Symlink(filepath.Join(above, "elsewhere"), lock))
	again := open(t, s.Dir())
	if found := drafts(t, again); len(found) != 1 || found[0].OwnedBy == "" {
		t.Errorf("found %+v", found)
	}
	if _, err := again.TakeDraft(id); err == nil {
		t.Error("it was taken")
	}
	if _, err := os.Lstat(filepath.Join(above, "elsewhere")); err == nil {
		t.Error("a file was made elsewhere")
	}
}

// TestLinkedHome: the directories above may be links.
func TestLinkedHome(t *testing.T) {
	above := t.TempDir()
	must(t, os.Mkdir(filepath.Join(above, "real"), 0o755))
	must(t, os.Symlink("real", filepath.Join(above, "home")))
	s := open(t, filepath.Join(above, "home", "state"))
	fillDirectory(t, s)
	if _, err := os.Stat(filepath.Join(above, "real", "state", "drafts")); err != nil {
		t.Error(err)
	}
}

// TestDirectoryOfAnotherUserIsNotTouched, whoever runs the test.
func TestDirectoryOfAnotherUserIsNotTouched(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root owns everything here; see TestDirectoriesThatAreRefused")
	}
	s := open(t, "/etc")
	if _, err := s.KeepDraft(draft(1)); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("%v", err)
	}
}

// TestDirectoryThatGoesAway: it is made again, and what is typed later is kept.
func TestDirectoryThatGoesAway(t *testing.T) {
	above := t.TempDir()
	s := open(t, filepath.Join(above, "state"))
	d := draft(1)
	d.ID = keep(t, s, d)
	begin(t, s, entry(t, 1))
	must(t, os.RemoveAll(s.Dir()))
	if found := drafts(t, s); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	d.Wanted.Name = model.Some("typed later")
	d.ID = keep(t, s, d)
	second := begin(t, s, entry(t, 2))
	other := open(t, s.Dir())
	if found := drafts(t, other); len(found) != 1 || found[0].Wanted.Name != model.Some("typed later") || found[0].OwnedBy == "" {
		t.Errorf("found %+v", found)
	}
	if found := entries(t, s, 9); len(found) != 1 || found[0].ID != second {
		t.Errorf("found %+v", found)
	}

	must(t, os.Rename(s.Dir(), filepath.Join(above, "moved")))
	keep(t, s, d)
	if found := drafts(t, open(t, filepath.Join(above, "moved"))); len(found) != 1 || found[0].OwnedBy != "" {
		t.Errorf("found %+v", found)
	}
	must(t, os.RemoveAll(filepath.Join(s.Dir(), "owners")))
	keep(t, s, d)
	if found := drafts(t, other); len(found) != 1 || found[0].OwnedBy == "" {
		t.Errorf("without its lock: %+v", found)
	}
}

func asRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
}

// tree is all names below a directory with their modes.
func tree(t *testing.T, directory string) string {
	t.Helper()
	var b strings.Builder
	must(t, filepath.WalkDir(directory, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			b.WriteString(path + " " + info.Mode().String() + "\n")
		}
		return err
	}))
	return b.String()
}
