//go:build unix

package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestTricksWithLogins plays another user who can reach the directory: a login
// that others could read is not used, and nothing is followed, waited for or
// written behind it.
func TestTricksWithLogins(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path, elsewhere string)
		want  string
		gone  bool // the file is removed, and a new login kept
	}{
		"readable by a group": {func(t *testing.T, path, _ string) { must(t, os.Chmod(path, 0o640)) }, "could be read by other users, and was removed", true},
		"readable by all":     {func(t *testing.T, path, _ string) { must(t, os.Chmod(path, 0o604)) }, "could be read by other users, and was removed", true},
		"symbolic link": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Rename(path, elsewhere))
			must(t, os.Symlink(elsewhere, path))
		}, "is not a regular file", false},
		"hard link": {func(t *testing.T, path, elsewhere string) { must(t, os.Link(path, elsewhere)) }, "hard link", false},
		"FIFO": {func(t *testing.T, path, _ string) {
			must(t, os.Remove(path))
			must(t, syscall.Mkfifo(path, 0o600))
		}, "is not a regular file", false},
		"another user": {func(t *testing.T, path, _ string) {
			asRoot(t)
			must(t, os.Lchown(path, 65534, 65534))
		}, "belongs to another user", false},
		"linked directory": {func(t *testing.T, path, elsewhere string) {
			must(t, os.Rename(filepath.Dir(path), elsewhere))
			must(t, os.Symlink(elsewhere, filepath.Dir(path)))
		}, "is a symbolic link", false},
		"directory that all can write": {func(t *testing.T, path, _ string) {
			must(t, os.Chmod(filepath.Dir(path), 0o777))
		}, "can be written by other users", false},
	} {
		t.Run(name, func(t *testing.T) {
			above := t.TempDir()
			s := open(t, filepath.Join(above, "state"))
			must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`"planted"`)))
			c.spoil(t, loginPath(s, oneLogin), filepath.Join(above, "elsewhere"))
			was := tree(t, filepath.Join(above))
			got, err := s.Login(oneLogin)
			if got != nil || err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "planted") {
				t.Errorf("%q, %v", got, err)
			}
			forget, keep := s.ForgetLogin(oneLogin), s.KeepLogin(oneLogin, inAnHour(), []byte(`"new"`))
			if c.gone {
				must(t, forget)
				must(t, keep)
				if got := login(t, s, oneLogin); got != `"new"` {
					t.Errorf("there is %q", got)
				}
				return
			}
			for _, err := range []error{forget, keep} {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("it is taken: %v", err)
				}
			}
			if now := tree(t, above); now != was {
				t.Errorf("touched:\n%s\nnow\n%s", was, now)
			}
		})
	}
}
