package state_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/state"
)

const (
	oneLogin     = "0123456789abcdef0123456789abcdef"
	anotherLogin = "fedcba9876543210fedcba9876543210"
)

// inAnHour is when the logins of these tests expire.
func inAnHour() time.Time { return time.Now().Add(time.Hour) }

func loginPath(s *state.Store, name string) string {
	return filepath.Join(s.Dir(), "logins", name+".json")
}

func login(t *testing.T, s *state.Store, name string) string {
	t.Helper()
	text, err := s.Login(name)
	must(t, err)
	return string(text)
}

func TestLoginsAreKept(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	if got := login(t, s, oneLogin); got != "" {
		t.Errorf("there is %q", got)
	}
	must(t, s.ForgetLogin(oneLogin))
	if _, err := os.Stat(s.Dir()); err == nil {
		t.Error("a directory was made for nothing")
	}
	must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`{"token":"first"}`)))
	must(t, s.KeepLogin(anotherLogin, inAnHour(), []byte(`{"token":"another"}`)))
	must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`{"token":"second"}`)))
	must(t, s.Close())

	again := open(t, s.Dir())
	if got := login(t, again, oneLogin); got != `{"token":"second"}` {
		t.Errorf("there is %q", got)
	}
	must(t, again.ForgetLogin(oneLogin))
	must(t, again.ForgetLogin(oneLogin))
	if got := login(t, again, oneLogin); got != "" {
		t.Errorf("it was not forgotten: %q", got)
	}
	if got := login(t, again, anotherLogin); got != `{"token":"another"}` {
		t.Errorf("the other one is %q", got)
	}
}

func TestExpiredLoginsAreGone(t *testing.T) {
	now := time.Now()
	dir := filepath.Join(t.TempDir(), "state")
	s, err := state.Open(state.Options{Dir: dir, Now: func() time.Time { return now }})
	must(t, err)
	must(t, s.KeepLogin(oneLogin, now.Add(time.Minute), []byte(`"one"`)))
	now = now.Add(time.Minute)
	if got := login(t, s, oneLogin); got != "" {
		t.Errorf("an expired one is given: %q", got)
	}
	must(t, s.KeepLogin(anotherLogin, now.Add(time.Minute), []byte(`"another"`)))
	if _, err := os.Stat(loginPath(s, oneLogin)); err == nil {
		t.Error("an expired one is still on the disk")
	}
	must(t, s.Close())
}

// A file that is not as it was written is no login, and is written again; the
// error quotes none of it.
func TestDamagedLoginsAreNotUsed(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":     {"", "damaged"},
		"cut":       {`{"v":1,"expires":"2099-01-01T00:00:00Z","login":{"token":"planted`, "damaged"},
		"other":     {`{"planted":"planted"}`, "damaged"},
		"no login":  {`{"v":1,"expires":"2099-01-01T00:00:00Z"}`, "damaged"},
		"odd time":  {`{"v":1,"expires":"planted","login":{}}`, "damaged"},
		"newer":     {`{"v":2,"expires":"2099-01-01T00:00:00Z","login":{"token":"planted"}}`, "newer version"},
		"very long": {strings.Repeat("planted", 20_000), "larger than anything"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "state"))
			must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`"one"`)))
			must(t, os.WriteFile(loginPath(s, oneLogin), []byte(c.text), 0o600))
			got, err := s.Login(oneLogin)
			if got != nil || err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "planted") {
				t.Errorf("%q, %v", got, err)
			}
			must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`"one"`)))
			if got := login(t, s, oneLogin); got != `"one"` {
				t.Errorf("there is %q", got)
			}
		})
	}
}

func TestNamesOfLoginsLeadNowhere(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	must(t, s.KeepLogin(oneLogin, inAnHour(), []byte(`"one"`)))
	for _, name := range []string{"", "x", "../" + oneLogin, oneLogin + "/..", strings.ToUpper(oneLogin), oneLogin + "0"} {
		_, err := s.Login(name)
		forget := s.ForgetLogin(name)
		if keep := s.KeepLogin(name, inAnHour(), []byte(`"x"`)); err == nil || forget == nil || keep == nil {
			t.Errorf("%q is taken for a name: %v, %v, %v", name, err, forget, keep)
		}
	}
}

// However many programs write and read one login at once, who reads gets a
// whole one.
func TestLoginsAreWholeWhoeverWrites(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	must(t, open(t, dir).KeepLogin(oneLogin, inAnHour(), []byte(`"0"`)))
	var all sync.WaitGroup
	for n := range 4 {
		s := open(t, dir)
		all.Go(func() {
			for range 20 {
				text := `"` + strings.Repeat(string(rune('a'+n)), 2000) + `"`
				if err := s.KeepLogin(oneLogin, inAnHour(), []byte(text)); err != nil {
					t.Error(err)
				}
				if got, err := s.Login(oneLogin); err != nil || len(got) != len(text) {
					t.Errorf("%d bytes, %v", len(got), err)
				}
			}
		})
	}
	all.Wait()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), ".tmp") {
			t.Errorf("%s was left behind", path)
		}
		return err
	})
	must(t, err)
}

// FuzzLogin reads a file of anything: what is given is JSON and was there, and
// an error quotes nothing of it.
func FuzzLogin(f *testing.F) {
	f.Add([]byte(`{"v":1,"expires":"2099-01-01T00:00:00Z","login":{"token":"planted"}}`))
	f.Add([]byte(`{"v":9,"expires":"planted","login":1}`))
	f.Add([]byte("\x00planted"))
	s := open(f, filepath.Join(f.TempDir(), "state"))
	if err := s.KeepLogin(oneLogin, inAnHour(), []byte(`"one"`)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		must(t, os.WriteFile(loginPath(s, oneLogin), text, 0o600))
		got, err := s.Login(oneLogin)
		if len(got) > 0 && (err != nil || !json.Valid(got) || !bytes.Contains(text, got)) {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "planted") {
			t.Errorf("%v quotes it", err)
		}
	})
}
