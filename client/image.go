package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// maxImageBody is the most that one image may take. Glance takes properties
// of any length (measured: 20 MB), but nobody can edit such an image.
const maxImageBody = 16 << 20

// errOtherImage is an answer about an image that nobody asked for. An edit made
// on it would go to the wrong image.
var errOtherImage = errors.New("the response is about a different image")

// Get reads one image (API reference, "Show image").
func (c *Client) Get(ctx context.Context, id string) (model.Image, error) {
	img, _, err := c.GetRaw(ctx, id)
	return img, err
}

// GetRaw is Get with the answer's body as it came.
func (c *Client) GetRaw(ctx context.Context, id string) (model.Image, []byte, error) {
	k := call{doing: "read the image", method: http.MethodGet}
	img, ex, err := c.image(ctx, k, id)
	return img, ex.Response, err
}

// Patch sends an edit (API reference, "Update image") and gives the image as
// the server answers it. It is sent once; a second edit of the same image
// waits until the first is answered, because Glance lets two at once undo
// each other (measured). A server that takes only the older form of a patch
// gets it in that form, which a 415 asks for: nothing was carried out then.
//
// The exchange is filled in also beside an error. A failure of kind
// FailedAnswerLost means that the edit may have been carried out.
func (c *Client) Patch(ctx context.Context, id string, p patch.Patch) (model.Image, api.Exchange, error) {
	k := call{doing: "send the edit", method: http.MethodPatch}
	if len(p) == 0 {
		return model.Image{}, api.Exchange{}, c.failure(k, api.Exchange{}, api.FailedBadRequest, "The edit changes nothing.", "Change something first.", "", nil)
	}
	if f := c.wouldHide(k, p); f != nil {
		return model.Image{}, api.Exchange{}, f
	}
	done, err := c.writes.take(ctx, id)
	if err != nil {
		return model.Image{}, api.Exchange{}, c.cancelled(k, api.Exchange{}, err)
	}
	defer done()
	return c.patchInForm(ctx, k, id, p)
}

// wouldHide is the failure of a write of a stand-in for a secret: the server has
// something else there, which the write would replace. model refuses such edits
// before; this is the last place before the network.
func (c *Client) wouldHide(k call, p patch.Patch) error {
	if p.HoldsHidden() {
		return c.failure(k, api.Exchange{}, api.FailedBadRequest, "The edit contains “"+model.Hidden+"”, which stands for a secret that the server sent back. Nothing was sent.",
			"Remove the placeholder from the edit.", "", nil)
	}
	return nil
}

// noID is the failure for an id that no image has and that would lead the
// request elsewhere; nil for any other.
func (c *Client) noID(k call, id string) error {
	if id == "" || id == "." || id == ".." {
		return c.failure(k, api.Exchange{}, api.FailedNotFound, "This is not an image ID.", "Copy the ID from the list.", "", nil)
	}
	return nil
}

// image carries out a call whose answer is one image.
func (c *Client) image(ctx context.Context, k call, id string) (model.Image, api.Exchange, error) {
	if f := c.noID(k, id); f != nil {
		return model.Image{}, api.Exchange{}, f
	}
	var img model.Image
	k.path = "/v2/images/" + url.PathEscape(id)
	k.limit = maxImageBody
	k.read = func(body io.Reader, ex *api.Exchange) error {
		data, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		ex.Response = data
		if err := c.asShown(data, &img); err != nil {
			return err
		}
		if img.ID == "" {
			return errors.New("the response has no image ID")
		}
		if !strings.EqualFold(img.ID, id) { // ids are UUIDs, which some databases find in any case
			return fmt.Errorf("%w: %s", errOtherImage, clip(img.ID, 64))
		}
		return nil
	}
	ex, err := c.do(ctx, k)
	if err != nil {
		return model.Image{}, ex, err
	}
	return img, ex, nil
}
