package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/glance-tui/glance-tui/model/api"
)

// Stores are the stores of a server that has several (API reference, "List
// stores detail"). The policy lets administrators ask; a server with one store
// answers 404. Before 2023.2 no store has a weight (measured).
func (c *Client) Stores(ctx context.Context) ([]api.Store, error) {
	var stores []api.Store
	_, err := c.do(ctx, call{
		doing: "read the stores", method: http.MethodGet, path: "/v2/info/stores/detail", limit: maxSmallBody,
		read: func(body io.Reader, _ *api.Exchange) error {
			var answer struct {
				Stores []struct {
					ID, Type string
					Weight   int64
				}
			}
			if err := json.NewDecoder(body).Decode(&answer); err != nil {
				return err
			}
			stores = make([]api.Store, 0, len(answer.Stores))
			for _, s := range answer.Stores {
				stores = append(stores, api.Store(s))
			}
			return nil
		},
	})
	return stores, err
}
