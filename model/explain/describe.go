package explain

import (
	"regexp"
	"strings"
	"sync"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// Describe says what a refusal by the Image service (or by Keystone) means, in
// one sentence, and what the user can do: a phrase that follows "you can".
//
// code is the HTTP status, detail the server's message without markup, doing
// what was tried ("read the image", "send the edit"). A message that is not
// known gets a sentence that is true of its status.
//
// The messages are those of Glance 25 and of its sources up to 2026.1; older
// ones, of releases around 2015, are beside them.
func Describe(code int, detail, doing string) (kind api.FailureKind, means, advice string) {
	if code == 400 && strings.Contains(detail, "does not match schema") {
		means, advice = describeSchema(detail)
		return api.FailedBadRequest, means, advice
	}
	for _, known := range refusals() {
		if known.Code != code {
			continue
		}
		if m := known.Text.FindStringSubmatch(detail); m != nil {
			return failureKind(code), known.Fill(known.Means, m), known.Fill(known.Advice, m)
		}
	}
	if code == 401 && loggingIn(doing) {
		return api.FailedAuth, "The identity service does not accept these credentials.",
			"check user, password, project and their domains, or the application credential"
	}
	if code == 404 && !strings.Contains(doing, "image") && !strings.Contains(doing, "edit") {
		return api.FailedNotFound, "There is nothing at this address.",
			"check the endpoint: it must be the Image service's, with or without /v2"
	}
	general := generalRefusal(code)
	return failureKind(code), general.Means, general.Advice
}

// failureKind sorts the statuses of HTTP.
func failureKind(code int) api.FailureKind {
	switch {
	case code <= 0:
		return api.FailedNetwork
	case code == 401:
		return api.FailedAuth
	case code == 403:
		return api.FailedForbidden
	case code == 404 || code == 410:
		return api.FailedNotFound
	case code == 409:
		return api.FailedConflict
	case code == 413:
		return api.FailedQuota
	case code >= 500:
		return api.FailedServer
	case code >= 400:
		return api.FailedBadRequest
	}
	return api.FailedNotAnImage
}

func loggingIn(doing string) bool {
	return strings.Contains(doing, "log in") || strings.Contains(doing, "sign in") || strings.Contains(doing, "token")
}

// refusal is one message that servers are known to give.
type refusal struct {
	Code          int
	Text          *regexp.Regexp
	Means, Advice string // $1 stands for the first group
}

func (r refusal) Fill(sentence string, groups []string) string {
	if len(groups) < 2 || !strings.Contains(sentence, "$1") {
		return sentence
	}
	return strings.ReplaceAll(sentence, "$1", quote.Bare(groups[1]))
}

// pattern compiles an expression when it is first asked for: most runs of the
// program need none of them, and each start would pay for all.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// says makes an entry of the table; a pattern crosses lines.
func says(code int, pattern, means, advice string) refusal {
	return refusal{code, regexp.MustCompile(`(?is)` + pattern), means, advice}
}

var onInstance = pattern(`On instance\[['"](.*?)['"]\]`)

// describeSchema reads the message of Glance's schema check: the fault first,
// the attribute near the end ("On instance['name']").
func describeSchema(detail string) (means, advice string) {
	subject := "A value"
	if m := onInstance().FindStringSubmatch(detail); m != nil {
		subject = "The value of " + quote.Bare(m[1])
	}
	if strings.Contains(detail, "Failed validating 'required' in schema:") {
		return "This server requires a property of every single change, so it refuses this one.",
			`ask the operator to take "required" out of the schema`
	}
	for _, fault := range schemaFaults {
		if strings.Contains(detail, fault.text) {
			return subject + " " + fault.means, fault.advice
		}
	}
	return subject + " does not have the form that the server asks for.", "correct it in the form and send again"
}

var schemaFaults = []struct{ text, means, advice string }{
	{"is too long", "is longer than the server takes.",
		"shorten it: names, tags and URLs have at most 255 characters"},
	{"is not one of", "is none of those that the server takes.",
		"choose one that the server's schema lists"},
	{"is not of type", "has the wrong type.",
		"correct it in the form; a property is always a text"},
	{"is less than the minimum", "is too small.",
		"give a number from 0 to 2,147,483,647"},
	{"is greater than the maximum", "is too large.",
		"give a number from 0 to 2,147,483,647"},
	{"is a required property", "lacks a part.",
		"give each location a URL and metadata, which may be {}"},
	{"does not match '", "does not have the form that the server asks for.",
		"give the id of an image (a UUID) where one is asked for, as in kernel_id and ramdisk_id"},
}

// generalRefusal is what can be said when only the status is known.
func generalRefusal(code int) refusal {
	for _, g := range generalRefusals {
		if g.Code == code {
			return g
		}
	}
	switch failureKind(code) {
	case api.FailedNetwork:
		return refusal{Means: "No response received.",
			Advice: "check the network and the endpoint, and try again"}
	case api.FailedServer:
		return refusal{Means: "The server failed at it.",
			Advice: "read the image again to see what holds, and try later; the server's log knows the request by its id"}
	case api.FailedBadRequest:
		return refusal{Means: "The server does not accept the request.",
			Advice: "read the server's own words above, correct the edit and send it again"}
	}
	return refusal{Means: "The answer is not one that an Image service gives.",
		Advice: "check the endpoint: it must be the Image service's, with or without /v2"}
}

var generalRefusals = []refusal{
	{Code: 300, Means: "This address only lists the versions of the Image API.",
		Advice: "give the endpoint with /v2 at its end"},
	{Code: 400, Means: "The server does not accept the request as it is.",
		Advice: "read the server's own words above, correct the edit and send it again"},
	{Code: 401, Means: "The server does not accept the token: it is missing, has expired, or is another cloud's.",
		Advice: "log in again; nothing was changed"},
	{Code: 403, Means: "The server's rules forbid this to you.",
		Advice: "ask an administrator of the cloud, or use an account with the role for it"},
	{Code: 404, Means: "The image is not there, or you may not see it.",
		Advice: "refresh the list: it may have been deleted or made private"},
	{Code: 405, Means: "This address does not take such a request.",
		Advice: "check the endpoint: it must be the Image service's, with or without /v2"},
	{Code: 408, Means: "The server waited too long for the request.",
		Advice: "read the image again to see what holds, then try again"},
	{Code: 409, Means: "The image is not, or no longer, in a state for this.",
		Advice: "read the image again, and send what still differs"},
	{Code: 410, Means: "The image is gone.",
		Advice: "refresh the list"},
	{Code: 413, Means: "A quota of the server is reached.",
		Advice: "make do with fewer, or ask an administrator to raise the quota"},
	{Code: 415, Means: "The server does not take JSON patches of the form v2.1 here.",
		Advice: "check that the endpoint is an Image API v2 and that no proxy rewrites the Content-Type"},
	{Code: 429, Means: "The server has had too many requests from you.",
		Advice: "wait a little and try again"},
	{Code: 502, Means: "The proxy before the Image service got no proper answer from it.",
		Advice: "read the image again to see whether the edit took effect, then try again"},
	{Code: 503, Means: "The Image service is overloaded or being maintained.",
		Advice: "wait a little and try again"},
	{Code: 504, Means: "The Image service took longer than the proxy before it waits.",
		Advice: "read the image again to see whether the edit took effect; a location's slow host can be the cause"},
}
