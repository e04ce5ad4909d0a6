package rules

import (
	"net/url"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Request is how a patch goes over the wire.
type Request struct {
	Method      string
	Path        string // escaped, below the endpoint: "/v2/images/ID"
	ContentType string
	Body        []byte
	Pretty      []byte // the body for users
}

// Request is how one request of an edit is sent to the image before: as a
// PATCH in the form of version 2.1, or, see [Rules.LocationCall], by the call
// for a location.
func (r Rules) Request(before model.Image, p patch.Patch) Request {
	path := "/v2/images/" + url.PathEscape(before.ID)
	if l, is := r.LocationCall(before, p); is {
		body := l.CallBody()
		return Request{Method: "POST", Path: path + "/locations", ContentType: "application/json",
			Body: body, Pretty: patch.SpacedJSON(body)}
	}
	return Request{Method: "PATCH", Path: path, ContentType: patch.MediaTypeV21, Body: p.JSON(), Pretty: p.Pretty()}
}
