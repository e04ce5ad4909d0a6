package model

import (
	"net/url"
	"regexp"
	"strings"
)

// tokenComment is how to get the token that the curl command reads from the
// environment; the token itself is never written down.
const tokenComment = `# the token: export OS_TOKEN="$(openstack token issue -f value -c id)"`

// Curl is the patch as a command for a POSIX shell: the very request that the
// program sends, with the token in "$OS_TOKEN". The endpoint is the Image
// service's, with or without its /v2. A patch that changes nothing has no
// command: "".
func Curl(endpoint, id string, p Patch) string {
	if len(p) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(tokenComment + "\n")
	b.WriteString(`curl -gsS -X PATCH -H "X-Auth-Token: $OS_TOKEN"`)
	next := func(option, argument string) {
		b.WriteString(" \\\n  " + option + " " + ShellQuote(argument))
	}
	next("-H", "Content-Type: "+MediaTypeV21)
	// Without it the server explains a refusal in HTML (measured).
	next("-H", "Accept: application/json")
	next("--data-binary", visible(string(p.JSON())))
	next("--url", imageURL(endpoint, id))
	return b.String()
}

var versionInPath = regexp.MustCompile(`/v2(\.[0-9]+)?$`)

// imageURL is where an image is, for an endpoint as catalogues give it.
func imageURL(endpoint, id string) string {
	root := strings.TrimRight(endpoint, "/")
	if !versionInPath.MatchString(root) {
		root += "/v2"
	}
	return root + "/images/" + url.PathEscape(id)
}
