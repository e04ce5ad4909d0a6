package edit

import "slices"

// transition says what an event does in a state. Where the table has no row for
// a state and an event, the event changes nothing.
type transition struct {
	in State
	on kind
	do func(*Edit, Event) []Effect
	to []State // where it may lead
}

// after are the states that a look at the image, or the end of looking, may lead
// to once something was sent.
var after = []State{Verifying, Following, Applied, NotApplied, PartlyApplied, Overwritten, Ignored, Deleted, Unknown}

// table holds every way an edit can go. Send is asked for in two rows only:
// from Journaling, and from Between.
var table = []transition{
	{Reviewing, onAgree, (*Edit).agree, []State{Reviewing, Rereading}},
	{Reviewing, onLook, (*Edit).check, []State{Reviewing, Rereading}},
	{Reviewing, onOneRequest, (*Edit).inOneRequest, []State{Reviewing}},
	{Reviewing, onHeard, (*Edit).heard, []State{Reviewing}},
	{Reviewing, onStop, (*Edit).withdraw, []State{Withdrawn}},

	{Rereading, onRead, (*Edit).reread, []State{Reviewing, Deciding, Journaling}},
	{Rereading, onReadFailed, (*Edit).notReread, []State{Reviewing}},
	{Rereading, onBack, (*Edit).back, []State{Reviewing}},
	{Rereading, onStop, (*Edit).withdraw, []State{Withdrawn}},

	{Deciding, onDecide, (*Edit).decide, []State{Reviewing}},
	{Deciding, onStop, (*Edit).withdraw, []State{Withdrawn}},

	{Journaling, onJournaled, (*Edit).journaled, []State{Sending, Withdrawn}},
	{Journaling, onStop, (*Edit).stopAfterJournal, []State{Journaling}},

	{Sending, onAnswered, (*Edit).answered, []State{Between, Verifying, Rejected}},
	{Sending, onWoken, (*Edit).peek, []State{Sending}},
	{Sending, onRead, (*Edit).peeked, []State{Sending}},
	{Sending, onReadFailed, (*Edit).peekFailed, []State{Sending}},
	{Sending, onEnded, (*Edit).ended, []State{Sending}},
	{Sending, onStop, (*Edit).stopWaiting, []State{Verifying}},

	{Between, onRead, (*Edit).between, append([]State{Sending}, after...)},
	{Between, onReadFailed, (*Edit).notReadBetween, after},
	{Between, onEnded, (*Edit).ended, []State{Between}},
	{Between, onStop, (*Edit).stopBetween, []State{Verifying}},

	{Verifying, onRead, (*Edit).look, after},
	{Verifying, onReadFailed, (*Edit).notRead, after},
	{Verifying, onWoken, (*Edit).lookAgain, []State{Verifying}},
	{Verifying, onAnswered, (*Edit).answeredLate, []State{Verifying, Rejected}},
	{Verifying, onEnded, (*Edit).ended, []State{Verifying}},
	{Verifying, onLook, (*Edit).lookNow, []State{Verifying}},
	{Verifying, onStop, (*Edit).stopLooking, after},

	{Following, onRead, (*Edit).look, after},
	{Following, onReadFailed, (*Edit).notRead, after},
	{Following, onWoken, (*Edit).lookAgain, []State{Following}},
	{Following, onAnswered, (*Edit).answeredAfterAll, []State{Following}},
	{Following, onEnded, (*Edit).ended, []State{Following}},
	{Following, onLook, (*Edit).lookNow, []State{Following}},
	{Following, onStop, (*Edit).stopLooking, after},

	{Applied, onLook, (*Edit).lookNow, []State{Following}},
	{Overwritten, onLook, (*Edit).lookNow, []State{Following}},
	{Ignored, onLook, (*Edit).lookNow, []State{Following}},
	{NotApplied, onLook, (*Edit).lookNow, []State{Verifying}},
	{PartlyApplied, onLook, (*Edit).lookNow, []State{Verifying}},
	{Unknown, onLook, (*Edit).lookNow, []State{Verifying}},

	{Applied, onHeard, (*Edit).heardAfter, []State{Applied}},
	{Overwritten, onHeard, (*Edit).heardAfter, []State{Overwritten}},
	{Ignored, onHeard, (*Edit).heardAfter, []State{Ignored}},

	{Applied, onEnded, (*Edit).ended, []State{Applied}},
	{Rejected, onEnded, (*Edit).ended, []State{Rejected}},
	{NotApplied, onEnded, (*Edit).ended, []State{NotApplied}},
	{PartlyApplied, onEnded, (*Edit).ended, []State{PartlyApplied}},
	{Overwritten, onEnded, (*Edit).ended, []State{Overwritten}},
	{Ignored, onEnded, (*Edit).ended, []State{Ignored}},
	{Deleted, onEnded, (*Edit).ended, []State{Deleted}},
	{Unknown, onEnded, (*Edit).ended, []State{Unknown}},
	{Withdrawn, onEnded, (*Edit).ended, []State{Withdrawn}},
}

// row is the transition for a state and an event; nil where there is none.
func row(in State, on kind) *transition {
	n := slices.IndexFunc(table, func(t transition) bool { return t.in == in && t.on == on })
	if n < 0 {
		return nil
	}
	return &table[n]
}
