package api

import (
	"regexp"
	"strings"
	"sync"
)

// The version of the Image API in the path of an endpoint: at its end, where
// old catalogs also have v1, or before the account of the project, which some
// clouds keep in every path ("/v2/12345").
var (
	versionAtEnd  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*?)/v[0-9]+(\.[0-9]+)?$`) })
	versionInPath = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*?)(/v2(\.[0-9]+)?/[^/]+)$`) })
)

// SplitVersion parts the path of an endpoint into what is before the API and
// the API itself, to which the paths of requests are appended without their
// own "/v2".
func SplitVersion(path string) (before, api string) {
	path = strings.TrimRight(path, "/")
	if m := versionAtEnd().FindStringSubmatch(path); m != nil {
		return strings.TrimRight(m[1], "/"), "/v2"
	}
	if m := versionInPath().FindStringSubmatch(path); m != nil {
		return strings.TrimRight(m[1], "/"), m[2]
	}
	return path, "/v2"
}

// AddressOf is a request's path ("/v2/images", "/versions") below the path of
// an endpoint.
func AddressOf(endpointPath, requestPath string) string {
	before, api := SplitVersion(endpointPath)
	if rest, is := strings.CutPrefix(requestPath, "/v2/"); is {
		return before + api + "/" + rest
	}
	return before + requestPath
}
