package model

import "strings"

// HoldsData reports whether removing the location deletes the data behind it:
// true but for http and https, which the server only reads (measured: it
// forgets such a location, and only when the whole patch succeeds).
func (l Location) HoldsData() bool {
	switch locationScheme(l.URL) {
	case "http", "https":
		return false
	}
	return true
}

// sameLocation is whether the server takes two locations for the same: URL and
// metadata are equal.
func sameLocation(a, b Location) bool {
	return a.URL == b.URL && EqualMetadata(a.Metadata, b.Metadata)
}

// locationScheme is what stands before the first colon of a URL, empty where
// that is no scheme. The server wants it in lower case (measured).
func locationScheme(url string) string {
	scheme, _, found := strings.Cut(url, ":")
	if !found || scheme == "" || scheme[0] < 'a' || scheme[0] > 'z' {
		return ""
	}
	if strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return ""
	}
	return scheme
}

// refusedScheme is whether no server takes a location with such a URL from a
// client: it could read the server's own files and secrets (measured).
func refusedScheme(scheme string) bool {
	switch scheme {
	case "file", "filesystem", "swift+config":
		return true
	}
	return false
}

// sameURLs is whether both lists hold the same URLs, each as often.
func sameURLs(a, b []placed) bool {
	if len(a) != len(b) {
		return false
	}
	count := make(map[string]int, len(a))
	for _, l := range a {
		count[l.URL]++
	}
	for _, l := range b {
		count[l.URL]--
		if count[l.URL] < 0 {
			return false
		}
	}
	return true
}
