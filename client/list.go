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
	"github.com/glance-tui/glance-tui/model/api"
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
func (c *Client) Page(ctx context.Context, marker string, limit int, filter url.Values) (api.Page, error) {
	return c.page(ctx, marker, limit, filter, newestFirst)
}

// Each gives the whole list to f, page by page, and stops at f's error. Ids
// that came before are left out. A list is given up with an error where a page
// with another one behind it brings no new image, since the server ignores the
// marker then, and where it goes on behind api.MostListed images. The next
// page is on its way while f works on one.
func (c *Client) Each(ctx context.Context, limit int, filter url.Values, f func(api.Page) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	pages := make(chan rawPage)
	go c.fetch(ctx, limit, filter, pages)
	seen := newIDs()
	for raw := range pages {
		if raw.err != nil {
			return raw.err
		}
		p, err := raw.decode(c.asShown)
		if err != nil {
			k := call{doing: readTheList}
			return c.failure(k, api.Exchange{}, api.FailedNotAnImage, "The response is not one that an Image service sends.", notImageAdvice, err.Error(), err)
		}
		fresh := p.Images[:0]
		for _, img := range p.Images {
			if seen.add(img.ID) {
				fresh = append(fresh, img)
			}
		}
		if len(fresh) == 0 {
			if p.Marker == "" {
				return nil
			}
			return api.ListRepeats(seen.len())
		}
		if seen.len() > c.most {
			return api.ListEndless(seen.len())
		}
		p.Images = fresh
		if err := f(p); err != nil {
			return err
		}
	}
	return nil
}

// fetch reads page after page until the last, an error, or the context's end,
// and closes the channel then. Images are decoded at the other end, beside the
// wait for the next page.
func (c *Client) fetch(ctx context.Context, limit int, filter url.Values, pages chan<- rawPage) {
	defer close(pages)
	marker, earlier := "", []string(nil) // earlier: ids to go on from when the marker is refused
	for {
		p, err := c.rawPage(ctx, marker, limit, filter, newestFirst)
		if refusedMarker(err) && len(earlier) > 0 {
			// The image at the edge is no longer to be seen. What stands
			// before it was read, and repeated ids are left out.
			marker, earlier = earlier[len(earlier)-1], earlier[:len(earlier)-1]
			continue
		}
		p.err = err
		select {
		case pages <- p:
		case <-ctx.Done():
			return
		}
		if err != nil || p.marker == "" {
			return
		}
		marker, earlier = p.marker, p.before(4)
	}
}

// refusedMarker is whether the server does not know the marker: 400 when it is
// gone for good, 403 or 404 when it may not be seen any more.
func refusedMarker(err error) bool {
	var f *api.Failure
	if !errors.As(err, &f) {
		return false
	}
	switch f.Exchange.Code {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound:
		return true
	}
	return false
}

// order is how the server sorts a list.
type order struct{ key, dir string }

var (
	newestFirst         = order{"created_at", "desc"}
	lastChangedFirst    = order{"updated_at", "desc"}
	earliestChangeFirst = order{"updated_at", "asc"}
)

// page reads one page.
func (c *Client) page(ctx context.Context, marker string, limit int, filter url.Values, o order) (api.Page, error) {
	var p api.Page
	date, took, err := c.readPage(ctx, marker, limit, filter, o, func(body io.Reader) error {
		p = api.Page{Images: make([]model.Image, 0, min(max(limit, 0), MaxLimit))}
		next, err := decodePage(body, func(raw []byte) error {
			p.Images = append(p.Images, model.Image{})
			return c.asShown(raw, &p.Images[len(p.Images)-1])
		})
		if n := len(p.Images); n > 0 {
			p.Marker = markerAfter(p.Images[n-1].ID, next)
		}
		return err
	})
	if err != nil {
		return api.Page{}, err
	}
	p.Date, p.Took = date, took
	return p, nil
}

// rawPage is page with the images' decoding left for later.
func (c *Client) rawPage(ctx context.Context, marker string, limit int, filter url.Values, o order) (p rawPage, err error) {
	_, _, err = c.readPage(ctx, marker, limit, filter, o, func(body io.Reader) (err error) {
		p, err = readRawPage(body)
		return err
	})
	return p, err
}

const readTheList = "read the list"

// readPage asks for a page; date is the server's clock, as far as it tells, and
// took how long the answer took.
func (c *Client) readPage(ctx context.Context, marker string, limit int, filter url.Values, o order, read func(io.Reader) error) (date time.Time, took time.Duration, err error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	ex, err := c.do(ctx, call{
		doing: readTheList, method: http.MethodGet, path: "/v2/images", limit: maxPageBody, bulk: true,
		query: pageQuery(marker, min(limit, MaxLimit), filter, o),
		head:  func(h http.Header) { date, _ = http.ParseTime(h.Get("Date")) },
		read:  func(body io.Reader, _ *api.Exchange) error { return read(body) },
	})
	return date, ex.Duration, err
}

// pageQuery is a page's query: the caller's filters, and our own paging. The
// server's "next" is not used: it loses all but the last of repeated
// parameters, such as tag (measured).
func pageQuery(marker string, limit int, filter url.Values, o order) url.Values {
	q := make(url.Values, len(filter)+4)
	for name, values := range filter {
		switch name {
		case "marker", "limit", "sort", "sort_key", "sort_dir":
		default:
			q[name] = values
		}
	}
	q.Set("limit", strconv.Itoa(limit))
	q.Set("sort_key", o.key)
	q.Set("sort_dir", o.dir)
	if marker != "" {
		q.Set("marker", marker)
	}
	return q
}
