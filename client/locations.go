package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// AddLocation gives a queued image its location by the call of API 2.17 (API
// reference, "Add location"), see [rules.Rules.LocationCall]. The answer says
// only that the server will try; the image's status tells what came of it. It
// is sent once, and in turn with other writes to the image.
//
// The exchange is filled in also beside an error. A failure of kind
// FailedAnswerLost means that the call may have been carried out.
func (c *Client) AddLocation(ctx context.Context, id string, l model.Location) (api.Exchange, error) {
	k := call{
		doing: "add the location to the image", method: http.MethodPost, path: locationsPath(id), limit: maxSmallBody,
		contentType: "application/json", body: l.CallBody(),
		codes: []int{http.StatusAccepted}, bodiless: true,
	}
	if f := c.noID(k, id); f != nil {
		return api.Exchange{}, f
	}
	if f := c.wouldHide(k, patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: l}}); f != nil {
		return api.Exchange{}, f
	}
	done, err := c.writes.take(ctx, id)
	if err != nil {
		return api.Exchange{}, c.cancelled(k, api.Exchange{}, err)
	}
	defer done()
	return c.do(ctx, k)
}

// Locations are an image's locations also where the server hides them (API
// 2.17, "List locations"). The policy lets administrators and services ask;
// others are refused with 403 (measured).
func (c *Client) Locations(ctx context.Context, id string) ([]model.Location, error) {
	var locations []model.Location
	k := call{
		doing: "read the image's locations", method: http.MethodGet, path: locationsPath(id), limit: maxSmallBody,
		read: func(body io.Reader, _ *api.Exchange) error {
			return json.NewDecoder(body).Decode(&locations)
		},
	}
	if f := c.noID(k, id); f != nil {
		return nil, f
	}
	if _, err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return locations, nil
}

func locationsPath(id string) string { return "/v2/images/" + url.PathEscape(id) + "/locations" }
