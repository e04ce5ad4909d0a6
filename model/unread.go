package model

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// Knows reports whether the image's value of an attribute is known. It is not
// where the server gave one that cannot be read, nor for locations that the
// server does not show: the field then has its zero value, which is not the
// attribute's. It allocates nothing.
func (i *Image) Knows(attribute string) bool {
	if _, unread := i.Unread[attribute]; unread {
		return false
	}
	return attribute != "locations" || i.LocationsShown
}

// HidesLocations reports whether the server does not show the locations to this
// user. What it shows and no one can read is not hidden.
func (i *Image) HidesLocations() bool {
	return !i.LocationsShown && i.Unread["locations"] == nil
}

// Missing stands for the value of an attribute that the server left out. It is no
// JSON.
const Missing = "missing"

// longestUnread is how many bytes of what could not be read are shown.
const longestUnread = 1024

// UnreadText is the value of an attribute that could not be read, as the server
// gave it, safe to show, and cut where it is very long; false for one that could.
func (i *Image) UnreadText(attribute string) (text string, unread bool) {
	raw, unread := i.Unread[attribute]
	switch {
	case !unread:
		return "", false
	case len(raw) == 0:
		return Missing, true
	}
	if beginning, _, is := CutText(raw); is {
		return beginning, true
	}
	if len(raw) > longestUnread {
		return quote.Visible(string(bytes.ToValidUTF8(raw[:longestUnread], nil))) + "…", true
	}
	return RawText(raw), true
}

// UnreadNote says why an attribute's value could not be read, for behind
// UnreadText.
func (i *Image) UnreadNote(attribute string) string {
	raw := i.Unread[attribute]
	_, of, is := CutText(raw)
	switch {
	case len(raw) == 0:
		return "the server did not give it"
	case is && (attribute == "properties" || attribute == "tags" || attribute == "locations"):
		return "too large, " + quote.Grouped(int64(of)) + " in all"
	case is:
		return "too large, " + quote.Grouped(int64(of)) + " bytes"
	}
	return "not understood"
}

// WhyUnread is why such an attribute cannot be changed.
func (i *Image) WhyUnread(attribute string) string {
	if _, _, is := CutText(i.Unread[attribute]); is {
		return cutWhy
	}
	return unreadWhy
}

// StatusWord is the status for users, as it came where it is not understood.
func (i *Image) StatusWord() Status {
	if text, unread := i.UnreadText("status"); unread {
		return Status(text)
	}
	return i.Status
}

// unreadWhy is why an attribute that cannot be read cannot be changed: a
// sentence without a full stop.
const (
	unreadWhy    = "its value is not known: a change would overwrite it unseen"
	cutWhy       = "it is too large to be edited here"
	UnreadAdvice = "look at the raw JSON of the image, and at what is between you and the server"
	// UnreadWanted is about an edit whose own value is such a one.
	UnreadWanted = "the wanted value is not understood, so no request can set it"
)

// keepUnread says that an attribute could not be read.
func (i *Image) keepUnread(name string, raw json.RawMessage) {
	if i.Unread == nil {
		i.Unread = make(map[string]json.RawMessage)
	}
	i.Unread[name] = bytes.Clone(raw)
}

// known says that an attribute has a value by now.
func (i *Image) known(name string) {
	if delete(i.Unread, name); len(i.Unread) == 0 {
		i.Unread = nil
	}
}

// UnreadAlike compares an attribute of two images of which either cannot be
// read: decided is false where both can, and their values are to be compared.
// What is unknown is like nothing but the same JSON.
func UnreadAlike(a, b *Image, name string) (alike, decided bool) {
	if a.Unread == nil && b.Unread == nil {
		return false, false
	}
	x, oddA := a.Unread[name]
	y, oddB := b.Unread[name]
	if !oddA && !oddB {
		return false, false
	}
	return oddA && oddB && (bytes.Equal(x, y) || jsontext.EqualJSON(x, y)), true
}

// RawText is raw JSON in one line, safe to show.
func RawText(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return quote.Quoted(string(raw))
	}
	return quote.Visible(strings.TrimSpace(b.String()))
}

// taskMember is shown by an image that a task of the server is at work on.
const taskMember = "os_glance_import_task"

// TaskAtWork reports whether the server itself is at work on the image: an
// import, or a location that was added by the newer call.
func (i Image) TaskAtWork() bool { return len(i.Extra[taskMember]) > len(`""`) }

// CalledFor reports whether an edit from one image to the other adds a location by
// that call: no other way leads there.
func (i Image) CalledFor(wanted Image) bool {
	return i.HidesLocations() && i.Status == StatusQueued && len(wanted.Locations) > 0
}

// MaySort reports whether locations of the image can lie in stores between which
// weights decide. A server with one store names none.
func (i Image) MaySort() bool {
	_, several := i.Extra["stores"]
	return i.LocationsShown && (several || len(i.Locations) == 0)
}
