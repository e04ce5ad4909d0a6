package model

// Step is one operation of a patch in words.
type Step struct {
	Operation Operation
	// Verb is one or two words for the margin: "rename", "tags", "visibility".
	Verb string
	// Text is the whole sentence without its full stop: `rename it to "x"`.
	// It may quote foreign text, in full: make it safe before it reaches a
	// terminal.
	Text string
	// Before and After are the old and new values as in [Change], for a line
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

// Hazard is a consequence that a person must agree to.
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
	HazardPublishes   HazardKind = "publishes"    // anybody will see and boot it: Confirm "public" or "community"
	HazardDeletesData HazardKind = "deletes data" // at once, for good: Confirm "delete"
	HazardDequeues    HazardKind = "dequeues"     // active → queued: Confirm "queued"
	HazardHides       HazardKind = "hides"        // a remark: others lose sight of it
	HazardUnprotects  HazardKind = "unprotects"   // a remark: it can be deleted from then on
	HazardLocks       HazardKind = "locks"        // a remark: protected, nobody can delete it
	HazardUnshares    HazardKind = "unshares"     // a remark: members lose sight of it
	HazardActivates   HazardKind = "activates"    // a remark: queued → active, usable
	HazardGivesAway   HazardKind = "gives away"   // another project owns it: Confirm "owner"
	HazardMisread     HazardKind = "misread"      // a remark: other clients cannot read the image
	HazardUndone      HazardKind = "undone"       // a remark: the server is about to write the image over it
)

// Absent is how a [Change] writes that there is nothing.
const Absent = wordAbsent

// Change is one attribute that differs between two readings of an image.
type Change struct {
	Field Field
	// Label is the attribute's name as the API spells it, a property's own name
	// for a property.
	Label string
	// Before and After are readable values: `"x"`, null, 2,254,249 bytes, and
	// Absent for what is not there.
	Before, After string
	// ByServer is true for what a client cannot set (size, updated_at, …).
	ByServer bool
}

// Conflict is a field that both sides changed, differently.
type Conflict struct {
	// Field is what it is about; a location's Index is its place in mine, or -1
	// where mine has it no more or the order of the whole list is meant.
	Field Field
	// Label is as in Change.
	Label string
	// Base, Mine and Theirs are the three values, as in Change.
	Base, Mine, Theirs string
	// Settled is true where nothing can be decided, as only theirs is possible:
	// deleted data does not come back, hidden locations cannot be changed.
	Settled bool
}
