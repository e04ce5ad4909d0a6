package client

import (
	"context"
	"io"
	"net/http"

	"github.com/glance-tui/glance-tui/model"
)

// maxSmallBody is the most that a schema or a list of members or versions may
// take.
const maxSmallBody = 4 << 20

// Schema reads what the deployment says of the attributes (API reference,
// "Show image schema"); Session tells from then on whether it has os_hidden.
func (c *Client) Schema(ctx context.Context) (*model.Schema, error) {
	var schema *model.Schema
	_, err := c.do(ctx, call{
		doing: "read the schema", method: http.MethodGet, path: "/v2/schemas/image", limit: maxSmallBody,
		read: func(body io.Reader, _ *model.Exchange) error {
			data, err := io.ReadAll(body)
			if err != nil {
				return err
			}
			schema, err = model.ParseSchema(data)
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
