package client

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// errOlderForm is the cause of a refusal by a server that takes a patch in
// version 2.0's form only.
var errOlderForm = errors.New("the server takes patches of version 2.0 only")

// patchInForm sends an edit in the form that the server takes. Which one that
// is shows only when the first edit is refused with 415: nothing was carried
// out then, so sending the edit again is no double write. It is remembered.
func (c *Client) patchInForm(ctx context.Context, k call, id string, p patch.Patch) (model.Image, api.Exchange, error) {
	if !c.older.Load() {
		k.contentType, k.body = patch.MediaTypeV21, p.JSON()
		img, ex, err := c.image(ctx, k, id)
		if !errors.Is(err, errOlderForm) {
			return img, ex, err
		}
	}
	k.contentType, k.body = patch.MediaTypeV20, p.JSONv20()
	img, ex, err := c.image(ctx, k, id)
	if ex.Code != 0 {
		// A server that does not take this one either may have been replaced.
		c.older.Store(ex.Code != http.StatusUnsupportedMediaType)
	}
	return img, ex, err
}

// asksForOlderForm is whether a refusal names, of the media types of a patch,
// only the older: in the header Accept-Patch (RFC 5789, 2.2), or in words
// where there is none.
func asksForOlderForm(code int, h http.Header, detail string) bool {
	if code != http.StatusUnsupportedMediaType {
		return false
	}
	named := strings.ToLower(strings.Join(h.Values("Accept-Patch"), ","))
	if named == "" {
		// The words begin with the type that was sent, as one not supported.
		named = strings.Replace(strings.ToLower(detail), "media type "+patch.MediaTypeV21, "", 1)
	}
	return strings.Contains(named, patch.MediaTypeV20) && !strings.Contains(named, patch.MediaTypeV21)
}
