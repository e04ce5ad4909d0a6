package client

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
)

// Logins keeps logins from one start to the next, where nobody but this user
// can read them. Names are hashes (config.Cloud.LoginName); what is kept holds
// a token. What goes wrong is for the keeper to tell: a login is made anew.
type Logins interface {
	// Login is what was kept under a name, nil for nothing that can be used.
	Login(name string) []byte
	// KeepLogin keeps one in place of an earlier one. From expires on it is
	// worth nothing.
	KeepLogin(name string, expires time.Time, login []byte)
	// ForgetLogin takes away what was kept under a name.
	ForgetLogin(name string)
	// SetAside tells that what was kept under a name is another login's, in a
	// sentence, and that it is not used.
	SetAside(name, why string)
}

// keptLogin is what a login gave: all that a start needs in place of one.
type keptLogin struct {
	// For is the name under which it was kept (config.Cloud.LoginName): a file
	// that was copied or renamed is another login's.
	For     string    `json:"for"`
	Token   string    `json:"token"`
	Expires time.Time `json:"expires"`
	// Endpoint is the Image service's, by the catalogue or the configuration.
	Endpoint  string `json:"endpoint"`
	Region    string `json:"region,omitempty"`
	User      string `json:"user,omitempty"`
	Project   string `json:"project,omitempty"`
	ProjectID string `json:"project_id,omitempty"`
	Admin     bool   `json:"admin,omitempty"`
	// RolesKnown is whether the token told its roles.
	RolesKnown bool `json:"roles_known,omitempty"`
}

// leastLeft is how long a kept token must be good for: less would end while
// the first rows are looked at.
const leastLeft = time.Minute

// usable is whether it can stand for a login now. Only this program writes
// these files; one that was damaged must not fail every request.
func (l keptLogin) usable(now time.Time) bool {
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	return l.Token != "" && strings.IndexFunc(l.Token, odd) < 0 && l.Expires.Sub(now) >= leastLeft && parseEndpoint(l.Endpoint).base != nil
}

// keeping is the place of one login among those that are kept; nil keeps
// nothing.
type keeping struct {
	logins Logins
	name   string
	cloud  config.Cloud

	mu     sync.Mutex
	kept   string     // the token that is there, or is to be
	unkept *keptLogin // the newest, as long as it is not there

	writing sync.Mutex // is held while a login is written
}

// keeping gives the place of the cloud's login, or forgets it where the user
// does not ask for it. A token that was given is the user's to keep.
func (o Options) keeping(cloud config.Cloud) *keeping {
	if o.Logins == nil || cloud.AuthType != config.Password && cloud.AuthType != config.ApplicationCredential {
		return nil
	}
	name := cloud.LoginName()
	if !o.KeepLogin {
		o.Logins.ForgetLogin(name)
		return nil
	}
	return &keeping{logins: o.Logins, name: name, cloud: cloud}
}

// take gives the login that was kept, where it can be used.
func (k *keeping) take(now time.Time) (l keptLogin, ok bool) {
	if k == nil {
		return l, false
	}
	text := k.logins.Login(k.name)
	if text == nil || json.Unmarshal(text, &l) != nil || !l.usable(now) {
		return keptLogin{}, false
	}
	if l.For != k.name || !k.cloud.IsFor(l.User, l.Project, l.ProjectID) {
		k.logins.SetAside(k.name, k.another(l))
		return keptLogin{}, false
	}
	k.kept = l.Token
	return l, true
}

// another says of a kept login that it is for somebody or something else.
func (k *keeping) another(l keptLogin) string {
	of := func(user, project string) string {
		return fmt.Sprintf("user %q in project %q", clip(plainText(user), 64), clip(plainText(project), 64))
	}
	const aside = "It was set aside, and a new login was made."
	if kept, wanted := of(l.User, l.Project), of(k.cloud.User, k.cloud.Project); kept != wanted {
		return "The kept token is for " + kept + ", not for " + wanted + " at " + k.cloud.AuthURL + ". " + aside
	}
	return "The kept token is for other connection settings than those of " + k.cloud.Title() + ". " + aside
}

// forget takes away what was kept: it is worth nothing.
func (k *keeping) forget() {
	if k != nil {
		k.logins.ForgetLogin(k.name)
	}
}

// put keeps a login, beside what goes on: a disk may be slow. wait waits for it.
func (k *keeping) put(l keptLogin) {
	if k == nil || !l.usable(time.Now()) {
		return
	}
	k.mu.Lock()
	known := k.kept == l.Token
	if !known {
		k.kept, k.unkept = l.Token, &l
	}
	k.mu.Unlock()
	if !known {
		go k.write()
	}
}

// write writes the newest login where that is not done: one at a time, so that
// no older one comes after it.
func (k *keeping) write() {
	k.writing.Lock()
	defer k.writing.Unlock()
	k.mu.Lock()
	l := k.unkept
	k.unkept = nil
	k.mu.Unlock()
	if l == nil {
		return
	}
	l.For = k.name
	if text, err := json.Marshal(l); err == nil { // always, with these fields
		k.logins.KeepLogin(k.name, l.Expires, text)
	}
}

// wait returns when all that was put before is written. A request under way may
// put another at any time.
func (k *keeping) wait() {
	if k != nil {
		k.write()
	}
}
