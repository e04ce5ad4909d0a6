package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/glance-tui/glance-tui/model/api"
)

// Versions asks the service which versions of the API it speaks and gives the
// current one, for example "v2.16"; Session tells it from then on. The
// question needs no token (measured).
func (c *Client) Versions(ctx context.Context) (string, error) {
	current := ""
	k := call{
		doing: "read the API versions", method: http.MethodGet, path: "/versions", public: true, limit: maxSmallBody,
		codes: []int{http.StatusOK, http.StatusMultipleChoices},
		read: func(body io.Reader, _ *api.Exchange) error {
			var answer struct {
				Versions []struct{ ID, Status string } `json:"versions"`
			}
			if err := json.NewDecoder(body).Decode(&answer); err != nil {
				return err
			}
			for _, v := range answer.Versions {
				if v.Status == "CURRENT" && api.MinorVersion(v.ID) > api.MinorVersion(current) {
					current = v.ID
				}
			}
			if current == "" {
				return errNoVersion
			}
			return nil
		},
	}
	if _, err := c.do(ctx, k); err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session.APIVersion = current
	if c.release == api.ReleaseCurrent {
		c.session.Release = releaseOf(current)
	}
	return current, nil
}

var errNoVersion = errors.New("no version of the Image API v2 is current")

// releaseOf tells servers apart that are surely from before 2016: API 2.2 and
// earlier is Juno (2014) and earlier. 2.3 is Kilo and Liberty, but also Mitaka
// and patched ones, so the user has to say it.
func releaseOf(current string) api.Release {
	if api.MinorVersion(current) <= 2 {
		return api.Release2015
	}
	return api.ReleaseCurrent
}
