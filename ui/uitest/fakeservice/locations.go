package fakeservice

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// AddLocation takes a location as a server does: it accepts it, and then processes
// the image from then on. What comes of that is up to EndTask. BeforePatch and
// AfterPatch run as for an edit.
func (s *Service) AddLocation(ctx context.Context, id string, l model.Location) (api.Exchange, error) {
	p := patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: l}}
	s.mu.Lock()
	s.patches = append(s.patches, p)
	s.mu.Unlock()
	x := api.Exchange{
		Method: "POST", Path: "/v2/images/" + id + "/locations", ContentType: "application/json", Request: l.CallBody(),
		Sent: s.Now(), Duration: 12 * time.Millisecond, RequestID: "req-9b0c2e8a-7a51-4c0e-9d6f-1c2b3a4d5e6f",
	}
	if s.BeforePatch != nil {
		if err := s.BeforePatch(ctx); err != nil {
			return failed(err, x), err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.images[id].Clone()
	var no *patch.Rejection
	if _, err := s.Rules.Apply(i, p); errors.As(err, &no) {
		f := Refused(no.Code, no.Message, "add the location to the image", x)
		return f.Exchange, f
	}
	i.Extra = maps.Clone(i.Extra)
	if i.Extra == nil {
		i.Extra = map[string]json.RawMessage{}
	}
	i.Extra["os_glance_import_task"] = json.RawMessage(`"7e57"`)
	s.images[id] = i
	if s.AfterPatch != nil {
		if err := s.AfterPatch(); err != nil {
			return failed(err, x), err
		}
	}
	x.Code, x.Reason = 202, reasons[202]
	return x, nil
}

// EndTask ends the work on an image that has a new location: with data it is
// active, else queued as before.
func (s *Service) EndTask(id string, data bool) {
	s.Change(id, func(i *model.Image) {
		delete(i.Extra, "os_glance_import_task")
		if data {
			i.Status, i.Size = model.StatusActive, model.Some[int64](17<<10)
		}
	})
}

// Locations answers Unseen.
func (s *Service) Locations(context.Context, string) ([]model.Location, error) {
	if s.Unseen == nil {
		return nil, Refused(403, "You are not authorized to complete fetch_image_location action.", "read the image's locations", api.Exchange{})
	}
	return s.Unseen, nil
}
