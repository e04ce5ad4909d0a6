package client

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// ChangedSince gives at most limit images whose updated_at is t or later, the
// earliest change first, so that the time of the last one is where to go on
// from. Its Marker is "" when nothing follows, and is not for going on: an image
// that changes meanwhile takes the marker along. Times are whole seconds: what
// is known already comes again and is for the caller to drop. Images that were
// deleted just do not come. The filter is as in Page; a server before 2016 does
// not know this one, and gives nothing or an error.
func (c *Client) ChangedSince(ctx context.Context, t time.Time, limit int, filter url.Values) (api.Page, error) {
	filter = with(filter, "updated_at", "gte:"+t.UTC().Truncate(time.Second).Format(time.RFC3339))
	return c.page(ctx, "", limit, filter, earliestChangeFirst)
}

// LastChanged gives the image that changed last, on a page of its own; none
// where there is none. The filter is as in Page.
func (c *Client) LastChanged(ctx context.Context, filter url.Values) (api.Page, error) {
	return c.page(ctx, "", 1, filter, lastChangedFirst)
}

// Listed gives those of the images with these ids that the list with the filter
// holds, in any order; at most MaxLimit. A deleted one is in no list. Images
// that somebody shares, and that wait to be accepted, count as listed here. An
// id must not hold commas or quotes. A server before 2016 lists none.
func (c *Client) Listed(ctx context.Context, ids []string, filter url.Values) ([]model.Image, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	filter = with(filter, "id", "in:"+strings.Join(ids, ","))
	filter.Set("member_status", "all")
	p, err := c.page(ctx, "", len(ids), filter, newestFirst)
	return p.Images, err
}

func with(filter url.Values, name, value string) url.Values {
	filter = maps.Clone(filter)
	if filter == nil {
		filter = url.Values{}
	}
	filter.Set(name, value)
	return filter
}
