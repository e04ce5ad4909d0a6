package state

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/glance-tui/glance-tui/model/api"
)

// newName is a name that nothing else has.
func newName() string { return strings.ToLower(rand.Text()[:16]) }

// name is the pattern of newName.
const name = `[a-z2-7]{16}`

// storedPlace is a place as it is kept: without what an endpoint may hold of
// secrets, a user and password before the host and what follows the path.
func storedPlace(p api.ServiceID) api.ServiceID {
	p.Endpoint, _, _ = strings.Cut(p.Endpoint, "#")
	p.Endpoint, _, _ = strings.Cut(p.Endpoint, "?")
	scheme, rest, found := strings.Cut(p.Endpoint, "://")
	if !found {
		scheme, rest = "", p.Endpoint
	}
	host, path, hasPath := strings.Cut(rest, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	p.Endpoint = host
	if found {
		p.Endpoint = scheme + "://" + host
	}
	if hasPath {
		p.Endpoint += "/" + path
	}
	return p
}

// placeName is the name of a place's files: what a user recognizes of its
// key, and a hash that tells it from all others.
func placeName(p api.ServiceID) string {
	key := storedPlace(p).Key()
	sum := sha256.Sum256([]byte(key))
	_, readable, found := strings.Cut(key, "://")
	if !found {
		readable = key
	}
	return slug(readable) + "-" + hex.EncodeToString(sum[:6])
}

const slugLength = 40

// slug is the letters, digits and dots of a text, in lower case.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case b.Len() == slugLength:
			return strings.TrimRight(b.String(), "-.")
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.TrimRight(b.String(), "-."); s != "" {
		return s
	}
	return "unnamed"
}

const (
	placePattern = `[a-z0-9][a-z0-9.-]{0,40}-[0-9a-f]{12}`
	imagePattern = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}`
)

// pattern compiles an expression when it is first asked for: no other command
// pays for it at its start.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

var uuid = pattern(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// imageName is an image's id, or a hash of one that is no UUID: an id is
// untrusted text, and no name for a file.
func imageName(id string) string {
	if uuid().MatchString(id) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

// draftName says where a draft is kept: drafts/<place>/<image>.<name>.<owner>.json.
// Its name is new each time it changes hands, so that no file of that name can
// be in the way.
type draftName struct{ place, image, name, owner string }

func (d draftName) directory() string { return "drafts/" + d.place }

func (d draftName) file() string { return d.directory() + "/" + d.base() }

func (d draftName) base() string { return d.image + "." + d.name + "." + d.owner + ".json" }

func (d draftName) id() string { return d.place + "/" + d.image + "." + d.name + "." + d.owner }

var (
	draftFile = pattern(`^(` + imagePattern + `)\.(` + name + `)\.(` + name + `)\.json$`)
	draftID   = pattern(`^(` + placePattern + `)/(` + imagePattern + `)\.(` + name + `)\.(` + name + `)$`)
	entryID   = pattern(`^(` + placePattern + `)/(` + name + `)$`)
)

// parseDraftFile reads the name of a file in a place's directory.
func parseDraftFile(place, base string) (draftName, bool) {
	m := draftFile().FindStringSubmatch(base)
	if m == nil {
		return draftName{}, false
	}
	return draftName{place, m[1], m[2], m[3]}, true
}

// parseDraftID reads an ID from outside. Only what this package would make
// passes, so that no ID leads out of the directory.
func parseDraftID(id string) (draftName, error) {
	m := draftID().FindStringSubmatch(id)
	if m == nil {
		return draftName{}, fmt.Errorf("there is no draft %q", id)
	}
	return draftName{m[1], m[2], m[3], m[4]}, nil
}

// parseEntryID splits an entry's ID: its place's name, and its own.
func parseEntryID(id string) (place, own string, err error) {
	m := entryID().FindStringSubmatch(id)
	if m == nil {
		return "", "", fmt.Errorf("there is no entry %q in the history", id)
	}
	return m[1], m[2], nil
}
