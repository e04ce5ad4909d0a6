package faults

// Row is a fault, and what the program makes of it.
type Row struct {
	// Fault is written as demo-server --fault takes it, without its place.
	Fault string
	// Read is what the screen says of a reading of the image that the fault
	// strikes each time. It is empty where the reading goes well.
	Read string
	// Retry says whether a read is repeated, so that a fault that passes is not
	// noticed at all.
	Retry bool
	// Waits is a read or an edit without an end: the user ends it with esc.
	Waits bool
	// Write is what the screen says of an edit. It is empty where the answer is
	// as good as any.
	Write string
	// Done says whether the edit is applied.
	Done bool
	// Refused is a clear no: nothing was applied, and no one has to look.
	Refused bool
	// Ignored is an edit that was answered with a yes and not applied.
	Ignored bool
	// Odd is a reading that shows the image as no one left it: a change by
	// someone else, as far as the program can tell.
	Odd bool
	// Lists is what the screen says of a list, where that is not Read.
	Lists string
}

// Rows are all faults in the order of the table of package demo/faults.
func Rows() []Row { return rows }

const (
	broke     = "was lost before the response was complete"
	inDoubt   = "the edit may or may not have been applied"
	notJSON   = "The response is not JSON: this may not be an Image service"
	notOurs   = "The response is not one that an Image service sends"
	sentOn    = "The service redirects to"
	busy      = "The Image service is overloaded or being maintained"
	tooMany   = "The server has had too many requests from you"
	serverErr = "The server failed at it"
	noEnd     = "The list has no end"
)

var rows = []Row{
	{Fault: "delay=30ms", Done: true},
	{Fault: "delay=30ms,after", Done: true},
	{Fault: "hang", Waits: true, Write: "You stopped waiting"},
	{Fault: "hang,after", Waits: true, Write: "You stopped waiting", Done: true},
	{Fault: "drop-before", Read: broke, Retry: true, Write: inDoubt},
	{Fault: "drop-after", Read: broke, Retry: true, Write: inDoubt, Done: true},
	{Fault: "drop-head", Read: broke, Retry: true, Write: inDoubt, Done: true},
	{Fault: "drop-during", Read: broke, Retry: true, Write: inDoubt, Done: true},
	{Fault: "drop-late", Done: true},
	{Fault: "stall", Waits: true, Write: "You stopped waiting", Done: true},
	{Fault: "slow=5ms", Done: true},
	{Fault: "truncate", Read: broke, Retry: true, Write: inDoubt, Done: true},
	{Fault: "garbage", Read: notOurs, Write: inDoubt, Done: true},
	{Fault: "mark", Done: true},
	{Fault: "ignore", Write: "The server accepted the edit, but did not change this", Ignored: true},
	{Fault: "empty", Read: broke, Retry: true, Write: inDoubt, Done: true},
	{Fault: "html", Read: notJSON, Write: inDoubt},
	{Fault: "html,after", Read: notJSON, Write: inDoubt, Done: true},
	{Fault: "type=text/plain", Read: notJSON, Write: inDoubt, Done: true},
	{Fault: "redirect", Write: sentOn},
	{Fault: "redirect=http://other.example/", Read: sentOn + " http://other.example", Write: sentOn + " http://other.example"},
	{Fault: "redirect-loop", Read: sentOn, Write: sentOn},
	{Fault: "huge=65MiB", Read: "The response is too large", Write: inDoubt, Done: true},
	{Fault: "endless", Done: true},
	{Fault: "endless-new", Done: true},
	{Fault: "other-image", Read: "The response describes a different image", Write: inDoubt, Done: true, Lists: "-"},
	{Fault: "fields-missing", Odd: true, Done: true},
	{Fault: "fields-null", Odd: true, Done: true},
	{Fault: "fields-wrong", Odd: true, Done: true},
	{Fault: "fields-unknown", Odd: true, Done: true},
	{Fault: "401", Read: "requires a token", Write: "requires a token", Refused: true},
	{Fault: "403", Read: "rules forbid this", Write: "rules forbid this", Refused: true},
	{Fault: "404", Read: "not there, or you may not see it", Write: "not there, or you may not see it", Refused: true, Lists: "nothing at this address"},
	{Fault: "408", Read: "waited too long", Retry: true, Write: "waited too long", Refused: true},
	{Fault: "409", Read: "not, or no longer, in a state for this", Write: "not, or no longer, in a state for this", Refused: true},
	{Fault: "413", Read: "larger than the server or a proxy takes", Write: "larger than the server or a proxy takes", Refused: true},
	{Fault: "429", Read: tooMany, Retry: true, Write: tooMany, Refused: true},
	{Fault: "429,retry-after=90", Read: "Wait 90 seconds, as requested by the server", Write: "Wait 90 seconds, as requested by the server", Refused: true},
	{Fault: "500", Read: serverErr, Retry: true, Write: serverErr},
	{Fault: "500,after", Read: serverErr, Retry: true, Write: serverErr, Done: true},
	{Fault: "502", Read: "got no proper answer", Retry: true, Write: "got no proper answer"},
	{Fault: "502,html,after", Read: "got no proper answer", Retry: true, Write: "got no proper answer", Done: true},
	{Fault: "503", Read: busy, Retry: true, Write: busy},
	{Fault: "503,html,retry-at=3600", Read: "as requested by the server", Write: "as requested by the server"},
	{Fault: "504", Read: "took longer than the proxy", Retry: true, Write: "took longer than the proxy"},
	{Fault: "504,after", Read: "took longer than the proxy", Retry: true, Write: "took longer than the proxy", Done: true},
}
