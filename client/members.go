package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// Members are the projects with which an image is shared (API reference, "List
// image members"). A server refuses the question with 403 for an image whose
// visibility is not shared (measured).
func (c *Client) Members(ctx context.Context, id string) ([]api.Member, error) {
	var members []api.Member
	_, err := c.do(ctx, call{
		doing: "read the image's members", method: http.MethodGet, path: "/v2/images/" + url.PathEscape(id) + "/members", limit: maxSmallBody,
		read: func(body io.Reader, _ *api.Exchange) error {
			var answer struct {
				Members []struct {
					ProjectID string    `json:"member_id"`
					Status    string    `json:"status"`
					CreatedAt time.Time `json:"created_at"`
					UpdatedAt time.Time `json:"updated_at"`
				} `json:"members"`
			}
			if err := json.NewDecoder(body).Decode(&answer); err != nil {
				return err
			}
			members = make([]api.Member, 0, len(answer.Members))
			for _, m := range answer.Members {
				members = append(members, api.Member(m))
			}
			return nil
		},
	})
	return members, err
}
