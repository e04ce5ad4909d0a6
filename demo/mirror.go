package demo

import (
	"hash/fnv"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model/patch"
)

// mirrors pretend to be the web servers that hold image files: no request ever
// leaves the service. Which answer a URL gets is fixed:
//
//   - A host that counts as reachable (see reachable) has a file at any path,
//     of a size that follows from the URL. Only the ports 80 and 443 are open,
//     unless the host was given with a port.
//   - The file name f17.qcow2 (any number, any ending) is 17 KiB long. Before
//     it, /wait/3/ makes the answer take 3 seconds and /drip/3/ its body.
//   - A path with "missing", "nosuch" or "404" in it is not there.
//   - Any other host cannot be reached, and loopback, private and link-local
//     addresses are filtered, as by default.
type mirrors struct {
	extra []string // "host" or "host:port"
	// oneWord is whether every refusal is worded alike, as on a server with one
	// store (measured).
	oneWord bool
}

// pretendSuffixes end the hosts that RFC 2606 sets aside for examples.
var pretendSuffixes = []string{".example", ".example.org", ".example.com", ".example.net"}

// wellKnown are hosts that an administrator may try first.
var wellKnown = []string{
	"mirror", "example.org", "example.com", "example.net",
	"cloud-images.ubuntu.com", "cloud.debian.org", "cdimage.debian.org", "download.fedoraproject.org",
	"dl.fedoraproject.org", "cloud.centos.org", "download.rockylinux.org", "repo.almalinux.org",
	"download.opensuse.org", "dl-cdn.alpinelinux.org", "download.cirros-cloud.net", "download.freebsd.org",
}

var namedSize = pattern(`^(?:/(wait|drip)/(\d{1,2}))?/f(\d{1,5})\.\w+$`)

// look is what asking for the size of a URL gives: the size in bytes, how long
// the answer takes, or the refusal (the texts are the measured ones).
func (m mirrors) look(address string) (size int64, delay time.Duration, refused *patch.Rejection) {
	scheme, _, _ := strings.Cut(address, ":")
	if scheme != "http" && scheme != "https" {
		return 0, 0, errInvalidLocation() // a store that is not there, or http in capitals
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return 0, 0, m.errMalformedURI()
	}
	given := slices.Contains(m.extra, u.Host) || slices.Contains(m.extra, u.Hostname())
	if !given {
		if filtered(u) || !reachable(u.Hostname()) {
			return 0, 0, m.errMalformedURI()
		}
	}
	size, delay, found := fileAt(u)
	if !found || size == 0 {
		return 0, 0, errInvalidLocation()
	}
	return size, delay, nil
}

// filtered is whether the server's own guard stops a URL (import_filtering_opts).
func filtered(u *url.URL) bool {
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return true
	}
	host := strings.ToLower(u.Hostname())
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

func reachable(host string) bool {
	host = strings.ToLower(host)
	return slices.Contains(wellKnown, host) ||
		slices.ContainsFunc(pretendSuffixes, func(s string) bool { return strings.HasSuffix(host, s) })
}

// fileAt is the file at a URL of a reachable host.
func fileAt(u *url.URL) (size int64, delay time.Duration, found bool) {
	if match := namedSize().FindStringSubmatch(u.Path); match != nil {
		blocks, _ := strconv.ParseInt(match[3], 10, 64)
		if match[1] == "wait" {
			seconds, _ := strconv.Atoi(match[2])
			delay = time.Duration(min(seconds, 60)) * time.Second
		}
		return blocks << 10, delay, true
	}
	for _, word := range []string{"missing", "nosuch", "404"} {
		if strings.Contains(u.Path, word) {
			return 0, 0, false
		}
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(u.Host + u.Path)) // never fails
	const smallest, span = 180 << 20, 1900 << 20
	return smallest + int64(h.Sum64()%span)&^0xff, 0, true
}

// dripTime is how long the body of a URL takes to arrive; 0 for the usual.
func dripTime(address string) time.Duration {
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	match := namedSize().FindStringSubmatch(u.Path)
	if match == nil || match[1] != "drip" {
		return 0
	}
	seconds, _ := strconv.Atoi(match[2])
	return time.Duration(min(seconds, 60)) * time.Second
}

// connects is whether the server can, and may, connect to the URL's host.
func (m mirrors) connects(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return false
	}
	given := slices.Contains(m.extra, u.Host) || slices.Contains(m.extra, u.Hostname())
	return given || !filtered(u) && reachable(u.Hostname())
}

// passes is whether a URL may be downloaded by an import; whether the file is
// there shows only later.
func (m mirrors) passes(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	given := slices.Contains(m.extra, u.Host) || slices.Contains(m.extra, u.Hostname())
	return given || !filtered(u)
}

func errInvalidLocation() *patch.Rejection {
	return &patch.Rejection{Code: http.StatusBadRequest, Message: "Invalid location", Index: -1}
}

func (m mirrors) errMalformedURI() *patch.Rejection {
	if m.oneWord {
		return errInvalidLocation()
	}
	return &patch.Rejection{Code: http.StatusBadRequest, Message: "The Store URI was malformed.", Index: -1}
}
