package model

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// tokenComment is how to get the token that the curl command reads from the
// environment; the token itself is never written down.
const tokenComment = `# the token: export OS_TOKEN="$(openstack token issue -f value -c id)"`

// Curl is an edit as a command for a POSIX shell: the very requests that the
// program sends, with the token in "$OS_TOKEN". The endpoint is the Image
// service's, with or without its /v2. Of several requests each runs only if
// the one before it was accepted. Patches that change nothing have no command:
// "" where there is no other.
func Curl(endpoint, id string, requests ...Patch) string {
	requests = slices.DeleteFunc(slices.Clone(requests), func(p Patch) bool { return len(p) == 0 })
	if len(requests) == 0 {
		return ""
	}
	options := "-gsS"
	if len(requests) > 1 {
		options += " --fail" // else the exit status of a refused request is 0
	}
	commands := make([]string, len(requests))
	for n, p := range requests {
		commands[n] = curlCommand(options, imageURL(endpoint, id), p)
	}
	return tokenComment + "\n" + strings.Join(commands, " &&\n")
}

func curlCommand(options, url string, p Patch) string {
	var b strings.Builder
	b.WriteString("curl " + options + ` -X PATCH -H "X-Auth-Token: $OS_TOKEN"`)
	next := func(option, argument string) {
		b.WriteString(" \\\n  " + option + " " + ShellQuote(argument))
	}
	next("-H", "Content-Type: "+MediaTypeV21)
	// Without it the server explains a refusal in HTML (measured).
	next("-H", "Accept: application/json")
	next("--data-binary", visible(string(p.JSON())))
	next("--url", url)
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
