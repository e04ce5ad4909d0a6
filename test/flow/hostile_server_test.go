package flow

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/test/hostile"
)

// hostileServer is an Image service whose every text is an attack: what a
// tenant, or a server gone bad, could send. It writes JSON as others may: what
// is not ASCII stays as raw bytes, valid or not.
type hostileServer struct {
	url    string
	images []string // their documents
	names  []string // the attack in the name of each
}

const hostileID = "%08x-bad0-4bad-8bad-000000000bad"

func newHostileServer(t *testing.T) *hostileServer {
	t.Helper()
	s := &hostileServer{names: hostile.Texts(nil)}
	// The first images carry the whole corpus between them, the others one
	// attack each, in their names.
	for n, name := range s.names {
		attacks := []string{s.names[n], s.names[(n+1)%len(s.names)]}
		if n < loaded {
			attacks = s.share(n)
		}
		s.images = append(s.images, hostileImage(n, name, attacks))
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// loaded is how many images carry the corpus in their tags, properties and
// locations.
const loaded = 6

// share is the nth part of the corpus.
func (s *hostileServer) share(n int) []string {
	return s.names[n*len(s.names)/loaded : (n+1)*len(s.names)/loaded]
}

func (s *hostileServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const evil = "\x1b]2;owned\a\u202e\x9b2J$(touch x)"
	// net/http takes no header with control characters; these pass.
	w.Header().Set("X-Openstack-Request-Id", "req-\u202e\u009b2J\u200b\x9b31m$(touch x)")
	w.Header().Set("Content-Type", "application/json")
	path := strings.TrimSuffix(r.URL.Path, "/")
	id, isImage := strings.CutPrefix(path, "/v2/images/")
	switch {
	case path == "/v2/images":
		_, _ = fmt.Fprintf(w, `{"images": [%s], "first": "/v2/images"}`, strings.Join(s.images, ",\n"))
	case strings.HasSuffix(path, "/members"):
		_, _ = fmt.Fprintf(w, `{"members": [{"member_id": %s, "status": %s}]}`, bare(evil), bare(evil))
	case isImage && r.Method == http.MethodGet:
		for n, doc := range s.images {
			if id == fmt.Sprintf(hostileID, n) {
				_, _ = fmt.Fprint(w, doc)
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprintf(w, `{"message": %s}`, bare("no image "+strings.Join(s.names, " ")))
	case isImage:
		w.WriteHeader(http.StatusConflict)
		_, _ = fmt.Fprintf(w, `{"message": %s, "code": %s}`, bare("refused "+evil+strings.Join(s.share(0), " ")), bare(evil))
	default:
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprintf(w, `{"message": %s}`, bare(strings.Join(s.names, " ")))
	}
}

func hostileImage(n int, name string, attacks []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"id": "`+hostileID+`", "name": %s, "owner": %s, "checksum": %s, "min_disk": 0, "min_ram": 0, `+
		`"protected": false, "os_hidden": false, "size": 1, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", `,
		n, bare(name), bare(attacks[0]), bare(attacks[len(attacks)-1]))
	status, visibility := "active", "shared"
	if n >= loaded && n%3 == 0 {
		status, visibility = name, attacks[1]
	}
	fmt.Fprintf(&b, `"status": %s, "visibility": %s, "disk_format": %s, "container_format": "bare", `, bare(status), bare(visibility), bare(attacks[0]))
	var tags, locations []string
	for k, a := range attacks {
		tags = append(tags, bare(a))
		locations = append(locations, fmt.Sprintf(`{"url": %s, "metadata": {%s: %s}}`, bare("http://mirror.example/"+a), bare(a), bare(a)))
		fmt.Fprintf(&b, `%s: %s, `, bare(fmt.Sprintf("%02d", k)+a), bare(a))
	}
	fmt.Fprintf(&b, `"tags": [%s], "locations": [%s], "os_odd": {%s: [%s]}, "self": %s}`,
		strings.Join(tags, ","), strings.Join(locations, ","), bare(attacks[0]), bare(attacks[0]), bare(name))
	return b.String()
}

// bare is a text as JSON with nothing escaped but what must be.
func bare(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for n := range len(s) {
		switch c := s[n]; {
		case c < ' ':
			fmt.Fprintf(&b, `\u%04x`, c)
		case c == '"', c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
