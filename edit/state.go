package edit

// State is how far an edit is.
type State int

// The states. Those from Applied on are ends: nothing more happens by itself,
// but a user can look once more.
const (
	Reviewing  State = iota // the plan is shown; it waits for a yes
	Rereading               // the image is read once more, just before sending
	Deciding                // someone else changed the same; it waits for a decision
	Journaling              // the entry is being written into the history
	Sending                 // a request is in flight
	Between                 // the image is read before the next request
	Verifying               // it is being found out what became of the edit
	Following               // the edit is there; the image is looked at until all has come to rest

	Applied       // done: a reading showed it
	Rejected      // the server rejected it, and nothing was changed
	NotApplied    // nothing of it was applied
	PartlyApplied // some of it was applied
	Overwritten   // accepted, and another edit took some of it away
	Ignored       // accepted, and the server did not change all of it
	Deleted       // the image no longer exists
	Unknown       // it was sent, and no reading shows what became of it
	Withdrawn     // nothing was sent, as the user stopped

	states // how many there are
)

var stateNames = [states]string{
	"reviewing", "rereading", "deciding", "journaling", "sending", "between", "verifying", "following",
	"applied", "rejected", "not applied", "partly applied", "overwritten", "ignored", "deleted", "unknown", "withdrawn",
}

// String is the state in a word or two.
func (s State) String() string { return stateNames[s] }

// Ended reports whether nothing more happens by itself.
func (s State) Ended() bool { return s >= Applied }

// Held is why a request that was to follow another one was not sent.
type Held int

// The reasons.
const (
	NotHeld     Held = iota
	HeldFailed       // the one before it was refused, or no one knows what became of it
	HeldStopped      // the user did not want to wait
	HeldUnread       // the image could not be read in between
	HeldChanged      // the image is not as the first request was to leave it
)
