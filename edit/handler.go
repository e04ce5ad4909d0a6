package edit

import (
	"context"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
)

// Service is what an edit asks of an Image service; client.Client satisfies it.
type Service interface {
	Get(ctx context.Context, id string) (model.Image, error)
	Patch(ctx context.Context, id string, p patch.Patch) (model.Image, api.Exchange, error)
	AddLocation(ctx context.Context, id string, l model.Location) (api.Exchange, error)
}

// Keeper is the history; state.Store satisfies it.
type Keeper interface {
	Begin(record.Entry) (id string, err error)
	End(id string, e record.Result) error
}

// Handler runs the effects that need the service or the history.
type Handler struct {
	Service Service
	Keeper  Keeper // nil where nothing is kept
	Place   api.ServiceID
	// InFlight holds an edit back while another one of the same image is not
	// answered; nil where there is one edit only.
	InFlight *InFlight
	Now      func() time.Time // nil for the clock of the machine
}

// longestRequest is how long a request may take. A server that fetches the size
// of a location from a slow host takes minutes.
const longestRequest = 10 * time.Minute

// Start gives what carries an effect out, once: it does I/O and may run beside
// everything else. Pauses are not among the effects that it knows.
func (h Handler) Start(f Effect) func(context.Context) Event {
	switch f := f.(type) {
	case ReadImage:
		return func(ctx context.Context) Event {
			img, err := h.Service.Get(ctx, f.ID)
			if err != nil {
				return ReadFailed{Tag: f.Tag, Err: err}
			}
			return Read{Tag: f.Tag, Image: img}
		}
	case BeginEntry:
		entry := f.Entry
		entry.Service, entry.StartedAt = h.Place, h.now()
		return func(context.Context) Event {
			if h.Keeper == nil {
				return Journaled{Tag: f.Tag}
			}
			id, err := h.Keeper.Begin(entry)
			return Journaled{Tag: f.Tag, ID: id, Err: err}
		}
	case EndEntry:
		return func(context.Context) Event {
			return Ended{Tag: f.Tag, Err: h.Keeper.End(f.ID, f.Ending)}
		}
	case Send:
		end, free := h.InFlight.begin(f.ID, h.now())
		return func(ctx context.Context) Event {
			if !free {
				return Answered{Tag: f.Tag, Err: errInFlight}
			}
			defer end()
			return h.send(ctx, f)
		}
	}
	return nil
}

func (h Handler) send(ctx context.Context, f Send) Event {
	ctx, cancel := context.WithTimeout(ctx, longestRequest)
	defer cancel()
	if l := f.Request.Location; l != nil {
		exchange, err := h.Service.AddLocation(ctx, f.ID, *l)
		return Answered{Tag: f.Tag, Exchange: exchange, Err: err}
	}
	img, exchange, err := h.Service.Patch(ctx, f.ID, f.Request.Patch)
	return Answered{Tag: f.Tag, Image: img, Exchange: exchange, Err: err}
}

func (h Handler) now() time.Time {
	if h.Now == nil {
		return time.Now()
	}
	return h.Now()
}
