package conformance

import (
	"strconv"
	"strings"
)

// Case is one experiment.
type Case struct {
	// Name says the rule, as the subject of a sentence or a whole one.
	Name string
	// On is how the server is set up; Main unless said otherwise.
	On Setup
	// As is who sends the requests; Admin unless said otherwise.
	As Who
	// Given makes the image and its circumstances. Every call must succeed.
	// Nil takes what the group gives.
	Given []Call
	// When is the request in question.
	When Call
	// Then is what must come of it.
	Then Want
}

// Group is a set of cases about one thing.
type Group struct {
	// Name is one word, for the names of tests.
	Name string
	// About says what the cases have in common.
	About string
	// As and On are for cases that say nothing themselves, Given too.
	As    Who
	On    Setup
	Given []Call
	Cases []Case
}

// Setup is a way to configure an Image service.
type Setup string

// The set-ups.
const (
	// Main has two stores, a file store and a read-only http one, shows
	// locations and has the release's own policy.
	Main Setup = "main"
	// Hidden is Main with locations neither shown nor taken.
	Hidden Setup = "hidden"
	// Strict has one store, and the policy that is the default since 2023.1.
	Strict Setup = "strict"
	// NoAuth is Main without Keystone: whoever asks is the administrator.
	NoAuth Setup = "noauth"
	// Old is a server before the fix of CVE-2016-0757. Only the embedded
	// service can be one.
	Old Setup = "old"
	// Newer is Hidden on a server with version 2.17 of the API or a later one.
	Newer Setup = "newer"
	// Weighted is Main with a weight for the store web, so that its locations go
	// before those of the file store.
	Weighted Setup = "weighted"
	// Declared is Main with formats and properties of the deployment's own, and
	// no others where the release can forbid them.
	Declared Setup = "declared"
	// Required is Main with a property, tier, that every image must have.
	Required Setup = "required"
)

// Setups lists them all.
var Setups = []Setup{Main, Hidden, Strict, NoAuth, Old, Newer, Weighted, Declared, Required}

// since are the set-ups that came with a release of Glance, by its number.
var since = map[Setup]int{Newer: 29, Weighted: 28, Required: 33}

// Exists reports whether a server, as [Differences] name it, can be set up so. The
// embedded one can be all of them.
func (s Setup) Exists(server string) bool {
	number, isReal := strings.CutPrefix(server, "glance ")
	major, _ := strconv.Atoi(number)
	return !isReal || s != Old && major >= since[s]
}

// Who sends a request.
type Who string

// Who sends a request.
const (
	// Admin has the role admin in a project of its own.
	Admin Who = "admin"
	// Demo has the role member in another project.
	Demo Who = "demo"
	// No one sends no token.
	Anonymous Who = "anonymous"
	// Impostor sends a token that no one issued.
	Impostor Who = "impostor"
)

// Call is one request. In Path, Type, Body and Header these stand for what only
// the run knows:
//
//	$mirror          where http files lie that the server can reach
//	$image, $image2  the ids of the images made so far
//	$admin, $demo    the ids of the projects
//	$file            the URL of the image's data in the file store
//	$uuid            an id that no image has
//	$run             a text that no other case has
//	$updated, $after when the first image changed last, and the second after that
//
// The zero Call waits for another second.
type Call struct {
	Method string
	Path   string
	Type   string // Content-Type, where there is a body
	Body   string
	Header map[string]string
	// As is who sends it where that is not the case's own.
	As Who
	// Held is a call that takes its time: the case goes on before it is answered.
	Held bool
	// Endless is an upload that goes on until the case is over.
	Endless bool
	// Until is the status to wait for before the case goes on: the call is
	// applied in the background.
	Until string
	// Settled says whether to wait for the end of its task, too: the status comes
	// before the hashes.
	Settled bool
}

// Want is what must come of a request. All of it is checked; what it does not
// mention of an image must stay as it was, except for what the server derives
// (updated_at, direct_url, stores).
type Want struct {
	// Status of HTTP.
	Status int
	// Says is a regular expression (case ignored) that the message of a refusal
	// matches: its meaning, not its wording.
	Says string
	// List is the body of the answer where that is a list.
	List []J
	// Image is what a GET shows afterwards. Nil: the image is as it was.
	Image J
	// Answer is the body of the answer. Nil: for a changed image the answer
	// says what the GET says.
	Answer J
	// Header holds regular expressions for headers of the answer.
	Header map[string]string
	// Becomes is what the image shows a while later, by itself.
	Becomes J
	// Data is what a download by the administrator gives afterwards; empty
	// where that does not matter.
	Data string
	// Gone says whether the image is not there any more.
	Gone bool
}
