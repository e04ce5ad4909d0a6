package cli

import (
	"errors"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/state"
)

// keepVariable is --keep-token for every start.
const keepVariable = "GLANCE_TUI_KEEP_TOKEN"

// settleKeeping reads the variable where there is no flag.
func (o *options) settleKeeping() error {
	v := os.Getenv(keepVariable)
	if v == "" || o.keepFlag.Changed {
		return nil
	}
	keep, err := strconv.ParseBool(v)
	if err != nil {
		return wrongUsage("%s must be true or false: %q", keepVariable, v)
	}
	o.keepToken = keep
	return nil
}

// logins joins the client, which logs in, with state, which has the disk. What
// goes wrong there stops no one, and is said when the work is done: until then
// the screen may be the terminal UI's.
type logins struct {
	store *state.Store

	mu      sync.Mutex
	failure error // the first
}

var _ client.Logins = (*logins)(nil)

// Login is what was kept, nil for nothing.
func (l *logins) Login(name string) []byte {
	login, err := l.store.Login(name)
	l.failed(err)
	return login
}

// KeepLogin keeps one.
func (l *logins) KeepLogin(name string, expires time.Time, login []byte) {
	l.failed(l.store.KeepLogin(name, expires, login))
}

// ForgetLogin takes one away.
func (l *logins) ForgetLogin(name string) { l.failed(l.store.ForgetLogin(name)) }

// SetAside tells of one that is another's.
func (l *logins) SetAside(_, why string) { l.failed(errors.New(why)) }

func (l *logins) failed(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failure == nil {
		l.failure = err
	}
}

// tell says what went wrong.
func (l *logins) tell(s *streams) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failure != nil {
		s.note("%s", sentence(l.failure.Error()))
	}
}
