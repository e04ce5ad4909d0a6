package faults

import (
	"net/http"
)

// Kind is one way in which a request can go wrong.
type Kind struct {
	Name string
	// Value is what may stand behind "=", with what holds without it: "TIME
	// (2s)". It is empty where nothing may.
	Value string
	// Does says what happens, in words.
	Does string
	// Settings are the names of those that it takes.
	Settings []string
	// Early is whether the request is not carried out, unless a setting says so.
	Early bool

	value  func(f *Fault, text string) error // reads Value; nil takes none
	fill   func(f *Fault)                    // what holds without a value
	strike strike
}

// strike does it. next is the service.
type strike func(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request)

// The names of settings.
const (
	setAfter      = "after"
	setHTML       = "html"
	setRetryAfter = "retry-after"
	setRetryAt    = "retry-at"
)

// Setting is what can be said of a fault, behind a comma.
type Setting struct{ Name, Value, Does string }

// Settings are all of them.
func Settings() []Setting {
	return []Setting{
		{setAfter, "", "the request is carried out first"},
		{setHTML, "", "a proxy's page in HTML says it, not the service in JSON"},
		{setRetryAfter, "SECONDS", "with the header Retry-After"},
		{setRetryAt, "SECONDS", "with the header Retry-After as a date that lies so far ahead"},
	}
}

// Kinds are all ways in which a request can go wrong.
func Kinds() []Kind { return kinds }

var kinds = append([]Kind{
	{Name: "delay", Value: "TIME (2s)", Does: "is answered late", Settings: []string{setAfter}, value: readTime, fill: aTime, strike: delay},
	{Name: "hang", Does: "is never answered", Settings: []string{setAfter}, Early: true, strike: hang},
	{Name: "drop-before", Does: "the connection is cut before the request is carried out", Early: true, strike: dropBefore},
	{Name: "drop-after", Does: "is carried out, and the connection is cut before the answer", strike: dropAfter},
	{Name: "drop-head", Does: "is carried out, and the connection is cut between the head and the body of the answer", strike: dropHead},
	{Name: "drop-during", Does: "is carried out, and the connection is cut in the middle of the answer's body", strike: dropDuring},
	{Name: "drop-late", Does: "is answered whole, and then the connection is cut without a word", strike: dropLate},
	{Name: "stall", Does: "is carried out, and the answer stops in its middle for ever", strike: stall},
	{Name: "slow", Value: "TIME (100ms)", Does: "the answer's body comes in small pieces with this pause between them", value: readTime, fill: aPause, strike: slow},
	{Name: "truncate", Does: "the answer's JSON ends in its middle, and HTTP gives no sign of it", strike: truncate},
	{Name: "garbage", Does: "the answer is no JSON, although its type says so", strike: garbage},
	{Name: "mark", Does: "a byte order mark stands before the answer", strike: mark},
	{Name: "ignore", Does: "is answered as if it were carried out, with the image as it is, if it is an edit", Early: true, strike: ignore},
	{Name: "empty", Does: "the answer has no body", strike: empty},
	{Name: "html", Does: "a proxy's page comes instead of the answer, with status 200", Settings: []string{setAfter}, Early: true, strike: htmlPage},
	{Name: "type", Value: "TYPE (text/plain)", Does: "the answer has this Content-Type; - is none at all", value: readType, fill: aType, strike: otherType},
	{Name: "redirect", Value: "URL (another path here)", Does: "is sent on to another address", Settings: []string{setAfter}, Early: true, value: readURL, strike: redirect},
	{Name: "redirect-loop", Does: "is sent on to where it is already", Early: true, strike: redirectLoop},
	{Name: "huge", Value: "SIZE (100MiB)", Does: "the answer is as long as that", value: readSize, fill: aSize, strike: huge},
	{Name: "endless", Does: "the list has a next page for ever, and it is always the same", strike: endless},
	{Name: "endless-new", Does: "the list has a next page for ever, with images that nobody saw before", strike: endlessNew},
	{Name: "other-image", Does: "the answer is about another image", strike: otherImage},
	{Name: "fields-missing", Value: "NAMES (all but the id)", Does: "images lack these attributes, such as tags+name", value: readNames, strike: images(without)},
	{Name: "fields-null", Value: "NAMES (all but the id)", Does: "these attributes of images are null", value: readNames, strike: images(nulled)},
	{Name: "fields-wrong", Value: "NAMES (all but the id)", Does: "these attributes of images have the wrong type", value: readNames, strike: images(mistyped)},
	{Name: "fields-unknown", Does: "images have attributes of all types that nobody knows", strike: images(extended)},
}, statusKinds()...)

// statusKinds are the refusals, each by its number.
func statusKinds() []Kind {
	var all []Kind
	for _, s := range statuses {
		k := Kind{
			Name: s.name(), Does: "is refused: " + http.StatusText(s.code),
			Settings: []string{setAfter, setHTML}, Early: true, strike: s.strike,
		}
		if s.code == http.StatusTooManyRequests || s.code == http.StatusServiceUnavailable {
			k.Settings = append(k.Settings, setRetryAfter, setRetryAt)
		}
		all = append(all, k)
	}
	return all
}

func kindNamed(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
