package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Logins lie in one directory, each in a file of its own: logins/<name>.json. They
// hold tokens, so that one which others could read is of no use any more.
const (
	loginsDirectory = "logins"
	loginVersion    = 1
	// longestLogin is far above any token's length, of which those with a
	// catalog in them had 8 KiB.
	longestLogin = 64 << 10
)

func loginFile(name string) string { return loginsDirectory + "/" + name + ".json" }

type writtenLogin struct {
	Version int             `json:"v"`
	Expires time.Time       `json:"expires"`
	Login   json.RawMessage `json:"login"`
}

var (
	loginName   = pattern(`^[0-9a-f]{32}$`)
	errNoLogin  = errors.New("invalid login name")
	errUnusable = errors.New("it is damaged")
)

// Login is what KeepLogin kept under a name, as long as it has not expired; nil
// for none. Beside an error there is none either.
func (s *Store) Login(name string) (login []byte, err error) {
	root, err := s.reading()
	if root != nil && err == nil {
		login, err = s.readLogin(root, name)
	}
	return login, s.wrapError("the kept token could not be read", err)
}

func (s *Store) readLogin(root *os.Root, name string) ([]byte, error) {
	info, err := statLogin(root, name)
	if info == nil {
		return nil, err
	}
	if hasModes && info.Mode().Perm()&0o077 != 0 {
		return nil, errors.Join(
			refuse(s.path(loginFile(name)), "could be read by other users, and was removed", "revoke the token if someone may have it"),
			root.Remove(loginFile(name)))
	}
	text, err := readFile(root, loginFile(name), longestLogin)
	if err != nil {
		return nil, err
	}
	w, err := parseLogin(text)
	if err != nil || !s.now().Before(w.Expires) {
		return nil, err
	}
	return w.Login, nil
}

// statLogin looks at a login's file without opening it; nil where there is
// none. An error is about one that is not as this program makes it.
func statLogin(root *os.Root, name string) (fs.FileInfo, error) {
	if !loginName().MatchString(name) {
		return nil, errNoLogin
	}
	err := subdirectory(root, loginsDirectory, false)
	var info fs.FileInfo
	if err == nil {
		info, err = root.Lstat(loginFile(name))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	if err := checkFile(filepath.Join(root.Name(), loginFile(name)), info); err != nil {
		return nil, err
	}
	return info, nil
}

func parseLogin(text []byte) (w writtenLogin, err error) {
	switch err := json.Unmarshal(text, &w); {
	case err != nil || w.Version == 0 || len(w.Login) == 0:
		return writtenLogin{}, errUnusable // the parser's words may quote the token
	case w.Version > loginVersion:
		return writtenLogin{}, errNewer
	}
	return w, nil
}

// KeepLogin keeps a login (a JSON value) under a name of 32 hexadecimal digits,
// in place of an earlier one, until it expires. Others that have expired are
// removed.
func (s *Store) KeepLogin(name string, expires time.Time, login []byte) error {
	return s.wrapError("could not save the token", s.keepLogin(name, expires, login))
}

func (s *Store) keepLogin(name string, expires time.Time, login []byte) error {
	text, err := json.Marshal(writtenLogin{Version: loginVersion, Expires: expires.UTC(), Login: login})
	if err != nil {
		return errUnusable
	}
	if len(text) > longestLogin {
		return fmt.Errorf("it has %d bytes, which no token has", len(text))
	}
	root, err := s.writing()
	if err != nil {
		return err
	}
	if err := subdirectory(root, loginsDirectory, true); err != nil {
		return err
	}
	if _, err := statLogin(root, name); err != nil {
		return err
	}
	s.dropExpired(root)
	return replaceFile(root, loginFile(name), append(text, '\n'), s.owner)
}

// dropExpired removes logins that no one can use any more. What fails is left
// for the next time.
func (s *Store) dropExpired(root *os.Root) {
	bases, _ := names(root, loginsDirectory)
	for _, base := range bases {
		name, isLogin := strings.CutSuffix(base, ".json")
		if info, err := statLogin(root, name); !isLogin || info == nil || err != nil {
			continue
		}
		text, err := readFile(root, loginFile(name), longestLogin)
		if err != nil {
			continue
		}
		if w, err := parseLogin(text); err == nil && !s.now().Before(w.Expires) {
			_ = root.Remove(loginFile(name))
		}
	}
}

// ForgetLogin removes what KeepLogin kept under a name, if anything. A directory
// that may not be used has nothing to remove: no login is taken from there.
func (s *Store) ForgetLogin(name string) error {
	root, err := s.reading()
	if root == nil || err != nil {
		return nil //nolint:nilerr // see above
	}
	info, err := statLogin(root, name)
	if info != nil {
		err = root.Remove(loginFile(name))
	}
	if errors.Is(err, fs.ErrNotExist) { // another program was faster
		err = nil
	}
	return s.wrapError("the kept token could not be removed", err)
}
