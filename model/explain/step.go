package explain

import "github.com/glance-tui/glance-tui/model/patch"

// Step is one operation of a patch in words.
type Step struct {
	Operation patch.Operation
	// Verb is one or two words for the margin: "rename", "tags", "visibility".
	Verb string
	// Text is the whole sentence without its full stop: `rename it to "x"`.
	// It may quote untrusted text, in full: make it safe before it reaches a
	// terminal.
	Text string
	// Before and After are the old and new values as in [merge.Change], for a line
	// such as "Fedora 17" → "Fedora 17 Server"; empty when a sentence says it
	// better.
	Before, After string
	// Added and Removed are single tags or locations coming and going, in
	// quotes where they are no plain word.
	Added, Removed []string
	// Note is a remark in brackets: "sent whole: the server takes no single
	// tag", or why the server is certain to refuse the operation.
	Note    string
	Hazards []Hazard
}

// Hazard is a consequence that a user must agree to.
type Hazard struct {
	Kind HazardKind
	// Text names the consequence: "every project of this cloud will see and boot it".
	Text string
	// Confirm is the word to type to allow it ("public", "delete"); empty when
	// it is only a remark.
	Confirm string
}

// HazardKind tells hazards apart.
type HazardKind string

// The hazards.
const (
	HazardPublishes   HazardKind = "publishes"    // anyone will see and boot it: Confirm "public" or "community"
	HazardDeletesData HazardKind = "deletes data" // at once, permanently: Confirm "delete"
	HazardDequeues    HazardKind = "dequeues"     // active → queued: Confirm "queued"
	HazardHides       HazardKind = "hides"        // a remark: others lose sight of it
	HazardUnprotects  HazardKind = "unprotects"   // a remark: it can be deleted from then on
	HazardLocks       HazardKind = "locks"        // a remark: protected, no one can delete it
	HazardUnshares    HazardKind = "unshares"     // a remark: members lose sight of it
	HazardActivates   HazardKind = "activates"    // a remark: queued → active, usable
	HazardGivesAway   HazardKind = "gives away"   // another project owns it: Confirm "owner"
	HazardMisread     HazardKind = "misread"      // a remark: other clients cannot read the image
	HazardOverwritten HazardKind = "undone"       // a remark: the server is about to write the image over it
)
