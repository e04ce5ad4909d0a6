package model

import (
	"regexp"
	"strings"
	"sync"
)

// Describe says what a refusal by the Image service (or by Keystone) means, in
// one sentence, and what the user can do: a phrase that follows "you can".
//
// code is the HTTP status, detail the server's message without markup, doing
// what was tried ("read the image", "send the edit"). A message that is not
// known gets a sentence that is true of its status.
//
// The messages are those of Glance 25 and of its sources up to 2026.1; older
// ones, of releases around 2015, stand beside them.
func Describe(code int, detail, doing string) (kind FailureKind, means, advice string) {
	if code == 400 && strings.Contains(detail, "does not match schema") {
		means, advice = describeSchema(detail)
		return FailedBadRequest, means, advice
	}
	for _, known := range refusals() {
		if known.code != code {
			continue
		}
		if m := known.text.FindStringSubmatch(detail); m != nil {
			return failureKind(code), known.fill(known.means, m), known.fill(known.advice, m)
		}
	}
	if code == 401 && loggingIn(doing) {
		return FailedAuth, "The identity service does not accept these credentials.",
			"check user, password, project and their domains, or the application credential"
	}
	if code == 404 && !strings.Contains(doing, "image") && !strings.Contains(doing, "edit") {
		return FailedNotFound, "There is nothing at this address.",
			"check the endpoint: it must be the Image service's, with or without /v2"
	}
	general := generalRefusal(code)
	return failureKind(code), general.means, general.advice
}

// failureKind sorts the statuses of HTTP.
func failureKind(code int) FailureKind {
	switch {
	case code <= 0:
		return FailedNetwork
	case code == 401:
		return FailedAuth
	case code == 403:
		return FailedForbidden
	case code == 404 || code == 410:
		return FailedNotFound
	case code == 409:
		return FailedConflict
	case code == 413:
		return FailedQuota
	case code >= 500:
		return FailedServer
	case code >= 400:
		return FailedBadRequest
	}
	return FailedNotAnImage
}

func loggingIn(doing string) bool {
	return strings.Contains(doing, "log in") || strings.Contains(doing, "sign in") || strings.Contains(doing, "token")
}

// refusal is one message that servers are known to give.
type refusal struct {
	code          int
	text          *regexp.Regexp
	means, advice string // $1 stands for the first group
}

func (r refusal) fill(sentence string, groups []string) string {
	if len(groups) < 2 || !strings.Contains(sentence, "$1") {
		return sentence
	}
	return strings.ReplaceAll(sentence, "$1", bare(groups[1]))
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
		subject = "The value of " + bare(m[1])
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
		if g.code == code {
			return g
		}
	}
	switch failureKind(code) {
	case FailedNetwork:
		return refusal{means: "No answer came.",
			advice: "check the network and the endpoint, and try again"}
	case FailedServer:
		return refusal{means: "The server failed at it.",
			advice: "read the image again to see what holds, and try later; the server's log knows the request by its id"}
	case FailedBadRequest:
		return refusal{means: "The server does not accept the request.",
			advice: "read the server's own words above, correct the edit and send it again"}
	}
	return refusal{means: "The answer is not one that an Image service gives.",
		advice: "check the endpoint: it must be the Image service's, with or without /v2"}
}

var generalRefusals = []refusal{
	{code: 300, means: "This address only lists the versions of the Image API.",
		advice: "give the endpoint with /v2 at its end"},
	{code: 400, means: "The server does not accept the request as it is.",
		advice: "read the server's own words above, correct the edit and send it again"},
	{code: 401, means: "The server does not accept the token: it is missing, has expired, or is another cloud's.",
		advice: "log in again; nothing was changed"},
	{code: 403, means: "The server's rules forbid this to you.",
		advice: "ask an administrator of the cloud, or use an account with the role for it"},
	{code: 404, means: "The image is not there, or you may not see it.",
		advice: "refresh the list: somebody may have deleted it or made it private"},
	{code: 405, means: "This address does not take such a request.",
		advice: "check the endpoint: it must be the Image service's, with or without /v2"},
	{code: 408, means: "The server waited too long for the request.",
		advice: "read the image again to see what holds, then try again"},
	{code: 409, means: "The image is not, or no longer, in a state for this.",
		advice: "read the image again, and send what still differs"},
	{code: 410, means: "The image is gone.",
		advice: "refresh the list"},
	{code: 413, means: "A quota of the server is reached.",
		advice: "make do with fewer, or ask an administrator to raise the quota"},
	{code: 415, means: "The server does not take JSON patches of the form v2.1 here.",
		advice: "check that the endpoint is an Image API v2 and that no proxy rewrites the Content-Type"},
	{code: 429, means: "The server has had too many requests from you.",
		advice: "wait a little and try again"},
	{code: 502, means: "The proxy before the Image service got no proper answer from it.",
		advice: "read the image again to see whether the edit took effect, then try again"},
	{code: 503, means: "The Image service is overloaded or being maintained.",
		advice: "wait a little and try again"},
	{code: 504, means: "The Image service took longer than the proxy before it waits.",
		advice: "read the image again to see whether the edit took effect; a location's slow host can be the cause"},
}
