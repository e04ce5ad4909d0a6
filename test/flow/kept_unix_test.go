//go:build unix

package flow

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestTricksWithKeptTokens plays another user who can reach the state directory:
// the token is not used, nothing is written behind a link, the problem is said,
// and the work is done all the same.
func TestTricksWithKeptTokens(t *testing.T) {
	t.Parallel()
	for _, trick := range []struct {
		what, says string
		play       func(t *testing.T, file, victim string)
	}{
		{"linked file", "not a regular file", func(t *testing.T, file, victim string) {
			must(t, os.Rename(file, victim), os.Symlink(victim, file))
		}},
		{"linked directory", "symbolic link", func(t *testing.T, file, victim string) {
			must(t, os.Rename(filepath.Dir(file), victim+".d"), os.Symlink(victim+".d", filepath.Dir(file)))
		}},
		{"hard link", "hard link", func(t *testing.T, file, victim string) { must(t, os.Link(file, victim)) }},
		{"pipe", "not a regular file", func(t *testing.T, file, _ string) {
			must(t, os.Remove(file), syscall.Mkfifo(file, 0o600))
		}},
		{"readable", "could be read by other users", func(t *testing.T, file, _ string) { must(t, os.Chmod(file, 0o644)) }},
		{"another user's", `The kept token is for user "mallory"`, func(t *testing.T, file, _ string) {
			text, err := os.ReadFile(file)
			must(t, err, os.WriteFile(file, bytes.Replace(text, []byte(`"user":"admin"`), []byte(`"user":"mallory"`), 1), 0o600))
		}},
		{"directory that all can write", "can be written by other users", func(t *testing.T, file, _ string) {
			must(t, os.Chmod(filepath.Dir(file), 0o777))
		}},
	} {
		t.Run(trick.what, func(t *testing.T) {
			t.Parallel()
			k := newKeeper(t)
			k.list(t, "--keep-token")
			file := k.files(t)[0]
			victim := filepath.Join(k.home, "victim")
			trick.play(t, file, victim)
			was, _ := os.ReadFile(victim)
			before, _ := os.ReadDir(victim + ".d")
			said, logins := k.list(t, "--keep-token")
			if logins != 1 || !strings.Contains(said, trick.says) {
				t.Errorf("%d logins; it says %q", logins, said)
			}
			if is, _ := os.ReadFile(victim); string(is) != string(was) {
				t.Error("the victim was written")
			}
			if after, _ := os.ReadDir(victim + ".d"); len(after) != len(before) {
				t.Errorf("behind the link are %v", after)
			}
		})
	}
}
