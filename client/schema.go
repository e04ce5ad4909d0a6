package client

import (
	"context"
	"io"
	"net/http"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
)

// maxSmallBody is the most that a schema or a list of members or versions may
// take.
const maxSmallBody = 4 << 20

// Schema reads what the deployment says of the attributes (API reference,
// "Show image schema"); Session tells from then on whether it has os_hidden.
func (c *Client) Schema(ctx context.Context) (*rules.Schema, error) {
	var schema *rules.Schema
	_, err := c.do(ctx, call{
		doing: "read the schema", method: http.MethodGet, path: "/v2/schemas/image", limit: maxSmallBody,
		read: func(body io.Reader, _ *api.Exchange) error {
			data, err := io.ReadAll(body)
			if err != nil {
				return err
			}
			schema, err = rules.ParseSchema(data)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session.NoHidden = schema.LacksHidden()
	return schema, nil
}
