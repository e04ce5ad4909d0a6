package model

import "strings"

// HoldsData reports whether removing the location deletes the data behind it:
// true but for http and https, which the server only reads (measured: it
// forgets such a location, and only when the whole patch succeeds).
func (l Location) HoldsData() bool {
	switch LocationScheme(l.URL) {
	case "http", "https":
		return false
	}
	return true
}

// SameLocation reports whether the server takes two locations for the same: URL and
// metadata are equal.
func SameLocation(a, b Location) bool {
	return a.URL == b.URL && EqualMetadata(a.Metadata, b.Metadata)
}

// LocationScheme is what is before the first colon of a URL, empty where
// that is no scheme. The server wants it in lower case (measured).
func LocationScheme(url string) string {
	scheme, _, found := strings.Cut(url, ":")
	if !found || scheme == "" || scheme[0] < 'a' || scheme[0] > 'z' {
		return ""
	}
	if strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return ""
	}
	return scheme
}

// RefusedScheme reports whether no server takes a location with such a URL from a
// client: it could read the server's own files and secrets (measured).
func RefusedScheme(scheme string) bool {
	switch scheme {
	case "file", "filesystem", "swift+config":
		return true
	}
	return false
}

// Plain is the location as plain JSON.
func (l Location) Plain() map[string]any {
	metadata := l.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	return map[string]any{"url": l.URL, "metadata": metadata}
}
