package api

import (
	"fmt"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// Exchange is one request to the Image service and what came back, as a
// user wants to see it. It never holds a token.
type Exchange struct {
	Method      string
	Path        string // as sent, for example "/v2/images/da3b…"
	ContentType string // of the request; empty without a body
	Request     []byte // the request's body

	Sent     time.Time
	Duration time.Duration

	Code      int    // HTTP status, 0 when no response came
	Reason    string // "OK", "Conflict"
	RequestID string // X-Openstack-Request-Id: the server's, or ours where none came
	Response  []byte // the answer's body
}

// Failure is a request that did not do what was asked: what was tried, what
// the server said, and what a user can do about it. The client returns it;
// match it with errors.As.
type Failure struct {
	Exchange Exchange
	// Doing is what was tried, in words: "read the image", "send the edit".
	Doing string
	Kind  FailureKind
	// Detail is the server's own message without markup, or the network's.
	// It is untrusted text: make it safe before it reaches a terminal.
	Detail string
	// Means says in one sentence what happened, in our words.
	Means string
	// Known is what of Means stays true once a reading has shown that the request
	// was processed; "" for a failure that leaves no doubt.
	Known string
	// Advice is what the user can do, one sentence.
	Advice string
	// Wait is how long the server asks to be left alone; 0 where it does not.
	Wait time.Duration
	Err  error // the cause, where there is one
}

// Settled is the failure of a request that was processed all the same, as a
// reading showed: without the doubt, and the advice to look.
func (f *Failure) Settled() *Failure {
	if f.Known == "" {
		return f
	}
	settled := *f
	settled.Means, settled.Advice, settled.Known = f.Known, "", ""
	return &settled
}

// FailureKind tells failures apart for a program.
type FailureKind string

// The kinds of failure.
const (
	FailedNetwork      FailureKind = "network"       // no response: nothing listens, DNS, TLS, time-out
	FailedAnswerLost   FailureKind = "answer lost"   // the request may have been processed
	FailedAuth         FailureKind = "auth"          // 401, wrong password, expired token
	FailedForbidden    FailureKind = "forbidden"     // 403
	FailedNotFound     FailureKind = "not found"     // 404
	FailedConflict     FailureKind = "conflict"      // 409
	FailedQuota        FailureKind = "quota"         // 413
	FailedBadRequest   FailureKind = "bad request"   // 400, 415 and other 4xx
	FailedServer       FailureKind = "server"        // 5xx
	FailedNotAnImage   FailureKind = "not an image"  // an answer that is not the Image API's
	FailedConfigured   FailureKind = "configuration" // clouds.yaml, variables, catalog
	FailedReadOnlyMode FailureKind = "read-only"     // our own guard refused to write
	FailedCancelled    FailureKind = "cancelled"     // the user pressed esc
)

// Error is one sentence: what was tried, what happened.
func (f *Failure) Error() string {
	s := f.Means
	if s == "" {
		s = f.Detail
	}
	if f.Doing == "" {
		return s
	}
	return fmt.Sprintf("could not %s: %s", f.Doing, s)
}

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Session is whom and what the program is connected to, for the header.
type Session struct {
	Cloud    string // the name in clouds.yaml, "demo", or "" when from variables
	User     string
	Project  string
	Region   string
	Endpoint string // of the Image service
	// IsAdmin reports whether the token's roles include admin; false when unknown.
	IsAdmin      bool
	RolesKnown   bool // false without Keystone: do not warn about roles then
	Insecure     bool // TLS certificates are not verified
	ReadOnly     bool // the client refuses to write
	ProjectID    string
	Release      Release // by the server's API versions, or as the user said
	APIVersion   string  // CURRENT, for example "v2.16"; "" when unknown
	NoHidden     bool    // the server has no os_hidden, by its schema
	Demo         bool
	ProjectNames map[string]string // project id to name, as far as known; may be nil
	// Notes are sentences about the configuration that a user should read before
	// relying on the connection: variables that have no effect, for one.
	Notes []string
}

// MostListed is how many images of one list are taken in. A list that goes on
// behind them counts as one without an end: a faulty server, or one that means
// harm, would fill the memory.
const MostListed = 1_000_000

// Page is one page of the image list.
type Page struct {
	Images []model.Image
	// Marker asks for the page after this one; "" when this was the last.
	Marker string
	// Date is the server's clock when it answered; zero where it does not tell.
	Date time.Time
	// Took is how long the answer took, from the request to its last byte.
	Took time.Duration
}
