package explain

import (
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/rules"
)

// tokenComment is how to get the token that the curl command reads from the
// environment; the token itself is never written down.
const tokenComment = "# OS_TOKEN is a token: openstack token issue -f value -c id"

// Curl is an edit as a command for a POSIX shell: the very requests that the
// program sends, with the token in "$OS_TOKEN". The endpoint is the Image
// service's, with or without its /v2. Of several requests each runs only if
// the one before it was accepted. Without any there is no command: "".
func Curl(endpoint string, requests ...rules.Request) string {
	if len(requests) == 0 {
		return ""
	}
	options := "-gsS"
	if len(requests) > 1 {
		options += " --fail" // else the exit status of a refused request is 0
	}
	commands := make([]string, len(requests))
	for n, q := range requests {
		commands[n] = curlLine(q, options, endpoint)
	}
	return tokenComment + "\n" + strings.Join(commands, " &&\n")
}

func curlLine(q rules.Request, options, endpoint string) string {
	var b strings.Builder
	b.WriteString("curl " + options + " -X " + q.Method + ` -H "X-Auth-Token: $OS_TOKEN"`)
	next := func(option, argument string) {
		b.WriteString(" \\\n  " + option + " " + ShellQuote(argument))
	}
	next("-H", "Content-Type: "+q.ContentType)
	// Without it the server explains a refusal in HTML (measured).
	next("-H", "Accept: application/json")
	next("--data-binary", quote.Visible(string(q.Body)))
	next("--url", curlURL(q, endpoint))
	return b.String()
}

// curlURL is where the request goes, for an endpoint as catalogs give it.
func curlURL(q rules.Request, endpoint string) string {
	scheme, rest, _ := strings.Cut(endpoint, "://")
	host, path, _ := strings.Cut(rest, "/")
	return scheme + "://" + host + api.AddressOf("/"+path, q.Path)
}
