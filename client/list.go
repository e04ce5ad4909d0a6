package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

const (
	// maxPageBody is the most that a page may take: 1,000 images of 64 KiB.
	maxPageBody = 64 << 20
	// DefaultLimit is the page size where a caller names none: large enough to
	// fill any screen, small enough to come at once.
	DefaultLimit = 100
	// MaxLimit is the largest page that servers give; more is cut silently
	// (measured; limit of glance-api.conf: api_limit_max).
	MaxLimit = 1000
)

// Page gives the images after the marker ("" for the first), the newest first
// (API reference, "List images"). An administrator gets every project's
// images. Filters are the API's: status, visibility, owner, tag, a property's
// name …; what is no filter the server takes for a property. Hidden images
// come only with os_hidden=true, community images of others only with
// visibility=community or all.
//
// The order is by created_at, under which an image keeps its place: pages
// neither skip nor, but for images created meanwhile, repeat anything.
func (c *Client) Page(ctx context.Context, marker string, limit int, filter url.Values) (model.Page, error) {
	p, err := c.page(ctx, marker, limit, filter, "created_at")
	if p.Marker == marker {
		p.Marker = "" // a server that does not move on would be asked for ever
	}
	return p, err
}

// Each gives the whole list to f, page by page, and stops at f's error. Ids
// that came before are left out; where a page brings none that is new, the
// list is at its end, whatever the server says of a next page.
func (c *Client) Each(ctx context.Context, limit int, filter url.Values, f func(model.Page) error) error {
	seen := make(map[string]struct{})
	marker, before := "", []string(nil) // before: ids to go on from when the marker is refused
	for {
		p, err := c.Page(ctx, marker, limit, filter)
		if refusedMarker(err) && len(before) > 0 {
			// The image at the edge is no longer to be seen. What stands
			// before it was read, and repeated ids are left out.
			marker, before = before[len(before)-1], before[:len(before)-1]
			continue
		}
		if err != nil {
			return err
		}
		images := p.Images
		fresh := images[:0]
		before = before[:0]
		for i, img := range images {
			if _, known := seen[img.ID]; !known {
				seen[img.ID] = struct{}{}
				fresh = append(fresh, img)
			}
			if i >= len(images)-5 && i < len(images)-1 {
				before = append(before, img.ID)
			}
		}
		if len(fresh) == 0 {
			return nil
		}
		p.Images = fresh
		marker = p.Marker
		if err := f(p); err != nil {
			return err
		}
		if marker == "" {
			return nil
		}
	}
}

// refusedMarker is whether the server does not know the marker: 400 when it is
// gone for good, 403 or 404 when it may not be seen any more.
func refusedMarker(err error) bool {
	var f *model.Failure
	if !errors.As(err, &f) {
		return false
	}
	switch f.Exchange.Code {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound:
		return true
	}
	return false
}

// ChangedSince gives at most limit images whose updated_at is t or later, the
// latest change first. Times are whole seconds: what is known already comes
// again and is for the caller to drop. Deleted images just do not come.
func (c *Client) ChangedSince(ctx context.Context, t time.Time, limit int) ([]model.Image, error) {
	filter := url.Values{"updated_at": {"gte:" + t.UTC().Truncate(time.Second).Format(time.RFC3339)}}
	p, err := c.page(ctx, "", limit, filter, "updated_at")
	return p.Images, err
}

// page reads one page in an order of which the latest comes first.
func (c *Client) page(ctx context.Context, marker string, limit int, filter url.Values, order string) (model.Page, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	var p model.Page
	k := call{doing: "read the list", method: http.MethodGet, path: "/v2/images", limit: maxPageBody}
	k.query = pageQuery(marker, min(limit, MaxLimit), filter, order)
	k.read = func(body io.Reader, _ *model.Exchange) error {
		list, err := decodePage(body, limit)
		if err != nil {
			return err
		}
		p = model.Page{Images: list.images, Marker: list.marker()}
		return nil
	}
	_, err := c.do(ctx, k)
	if err != nil {
		return model.Page{}, err
	}
	return p, nil
}

// pageQuery is a page's query: the caller's filters, and our own paging. The
// server's "next" is not used: it loses all but the last of repeated
// parameters, such as tag (measured).
func pageQuery(marker string, limit int, filter url.Values, order string) url.Values {
	q := make(url.Values, len(filter)+4)
	for name, values := range filter {
		switch name {
		case "marker", "limit", "sort", "sort_key", "sort_dir":
		default:
			q[name] = values
		}
	}
	q.Set("limit", strconv.Itoa(limit))
	q.Set("sort_key", order)
	q.Set("sort_dir", "desc")
	if marker != "" {
		q.Set("marker", marker)
	}
	return q
}
