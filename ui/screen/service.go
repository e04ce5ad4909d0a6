package screen

import (
	"context"
	"net/url"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Service is what the screens ask of an Image service; client.Client satisfies
// it. Errors are *api.Failure.
type Service interface {
	// Session is whom we are connected to and as whom.
	Session() api.Session
	// Page gives the page after marker ("" for the first), newest image first.
	Page(ctx context.Context, marker string, limit int, filter url.Values) (api.Page, error)
	// ChangedSince gives at most limit images whose updated_at is t or later,
	// the earliest change first, and a Marker where more follow; none and an error
	// where the server does not know the question. The filter is as in Page.
	ChangedSince(ctx context.Context, t time.Time, limit int, filter url.Values) (api.Page, error)
	// LastChanged gives the one image that changed last.
	LastChanged(ctx context.Context, filter url.Values) (api.Page, error)
	// Listed gives those of the images with these ids that the list with this
	// filter holds.
	Listed(ctx context.Context, ids []string, filter url.Values) ([]model.Image, error)
	// Get reads one image.
	Get(ctx context.Context, id string) (model.Image, error)
	// GetRaw is Get with the answer's body as it came.
	GetRaw(ctx context.Context, id string) (model.Image, []byte, error)
	// Patch sends an edit, once, and gives the server's answer.
	Patch(ctx context.Context, id string, p patch.Patch) (model.Image, api.Exchange, error)
	// AddLocation gives a queued image its location by a call of its own, see
	// rules.Rules.LocationCall; sent once. The server looks at it afterwards.
	AddLocation(ctx context.Context, id string, l model.Location) (api.Exchange, error)
	// Locations are an image's locations also where Get shows none, for those
	// who may know them; only where Session has calls for locations.
	Locations(ctx context.Context, id string) ([]model.Location, error)
	// Schema is what the deployment says of the attributes.
	Schema(ctx context.Context) (*rules.Schema, error)
	// Stores are those of a server that has several; for administrators.
	Stores(ctx context.Context) ([]api.Store, error)
	// Projects asks for the names of projects, by id; from then on Session
	// tells them, too. It gives none where there is no Keystone.
	Projects(ctx context.Context) (map[string]string, error)
	// Versions asks for the current version of the API, "v2.16"; from then on
	// Session tells it.
	Versions(ctx context.Context) (string, error)
	// Members are the projects with which an image is shared.
	Members(ctx context.Context, id string) ([]api.Member, error)
}

// Memory is the edits of the present service that were not sent. Update alone
// calls it; it does no I/O.
type Memory interface {
	// Draft gives the draft of an image that can be opened: the latest one that
	// no other program has open.
	Draft(imageID string) (record.Draft, bool)
	// TakeDraft is Draft, and makes it this program's own.
	TakeDraft(imageID string) (record.Draft, bool)
	// KeepDraft keeps an edit in place of this program's earlier one of the same
	// image. Its Place and ID are the memory's business.
	KeepDraft(record.Draft)
	// DropDraft forgets this program's draft of an image.
	DropDraft(imageID string)
	// Drafts are all of them, the latest first; those that another living program
	// has open say so.
	Drafts() []record.Draft
	// Lasts reports whether what is kept outlives the program.
	Lasts() bool
}
