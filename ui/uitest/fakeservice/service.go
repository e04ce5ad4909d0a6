// Package fakeservice is an Image service without a network, for tests of
// single screens: it holds images in memory and applies patches by
// rules.Apply. What goes wrong on a real way (a refusal, a lost answer, another
// user at the same moment) is asked for through its hooks. Flows are tested
// against the embedded service over real HTTP instead.
package fakeservice

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Service satisfies screen.Service.
type Service struct {
	// Rules are what it accepts.
	Rules rules.Rules
	// Who is what Session answers.
	Who api.Session
	// Now is its clock, for updated_at and for Exchange.Sent.
	Now func() time.Time
	// Shared is what Members answers.
	Shared []api.Member
	// Declared is what Schema answers; nil is the default schema.
	Declared *rules.Schema
	// Unseen is what Locations answers; nil refuses.
	Unseen []model.Location
	// BeforeSchema runs before the schema is read and can make that fail.
	BeforeSchema func() error
	// BeforeGet runs before each reading and can make it fail; n counts from 1.
	BeforeGet func(ctx context.Context, n int) error
	// BeforePatch runs before an edit is applied and can refuse it.
	BeforePatch func(ctx context.Context) error
	// AfterPatch runs after an edit was applied; with an error the answer
	// is lost.
	AfterPatch func() error
	// Ignore drops operations that the server accepts and does not apply; nil
	// drops none.
	Ignore func(patch.Operation) bool

	mu      sync.Mutex
	images  map[string]model.Image
	gets    int
	patches []patch.Patch
}

// New is a service with these images.
func New(images ...model.Image) *Service {
	s := &Service{images: map[string]model.Image{}, Now: time.Now, Who: api.Session{
		Cloud: "prod-eu", User: "admin", Project: "platform", Region: "RegionOne",
		Endpoint: "https://image.prod-eu.example", RolesKnown: true, IsAdmin: true,
	}}
	for _, i := range images {
		s.images[i.ID] = i.Clone()
	}
	return s
}

// Change changes an image as another user would.
func (s *Service) Change(id string, how func(*model.Image)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.images[id].Clone()
	how(&i)
	i.UpdatedAt = s.Now().UTC().Truncate(time.Second)
	s.images[id] = i
}

// Delete takes an image away.
func (s *Service) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.images, id)
}

// Image is an image as it is now.
func (s *Service) Image(id string) model.Image {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.images[id].Clone()
}

// Patches are the edits that arrived, refused ones too.
func (s *Service) Patches() []patch.Patch {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.patches
}

// Gets is how often an image was read.
func (s *Service) Gets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gets
}

// Session answers Who.
func (s *Service) Session() api.Session { return s.Who }

// Get reads one image.
func (s *Service) Get(ctx context.Context, id string) (model.Image, error) {
	s.mu.Lock()
	s.gets++
	n := s.gets
	s.mu.Unlock()
	if s.BeforeGet != nil {
		if err := s.BeforeGet(ctx, n); err != nil {
			return model.Image{}, err
		}
	}
	if ctx.Err() != nil {
		return model.Image{}, Canceled("read the image")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.images[id]
	if !ok {
		return model.Image{}, Refused(404, "No image found with ID "+id, "read the image", api.Exchange{})
	}
	return s.shown(i), nil
}

// shown is an image as a real service shows it to Who, and a client reads it: of
// a deactivated one only administrators see where its data is.
func (s *Service) shown(i model.Image) model.Image {
	i = i.Clone()
	if i.Status == model.StatusDeactivated && !s.Who.IsAdmin && i.LocationsShown {
		i.Locations = []model.Location{}
		delete(i.Extra, "direct_url")
		delete(i.Extra, "stores")
	}
	v := model.Viewer{Admin: s.Who.IsAdmin}
	v.Read(&i)
	return i
}

// GetRaw is Get with the image's JSON.
func (s *Service) GetRaw(ctx context.Context, id string) (model.Image, []byte, error) {
	i, err := s.Get(ctx, id)
	if err != nil {
		return i, nil, err
	}
	body, err := i.MarshalJSON()
	return i, body, err
}

// Patch applies an edit.
func (s *Service) Patch(ctx context.Context, id string, p patch.Patch) (model.Image, api.Exchange, error) {
	s.mu.Lock()
	s.patches = append(s.patches, p)
	s.mu.Unlock()
	x := api.Exchange{
		Method: "PATCH", Path: "/v2/images/" + id, ContentType: patch.MediaTypeV21, Request: p.JSON(),
		Sent: s.Now(), Duration: 41 * time.Millisecond, RequestID: "req-5c1f2e8a-7a51-4c0e-9d6f-1c2b3a4d5e6f",
	}
	if s.BeforePatch != nil {
		if err := s.BeforePatch(ctx); err != nil {
			return model.Image{}, failed(err, x), err
		}
	}
	answer, err := s.apply(id, p, &x)
	if err != nil {
		return model.Image{}, x, err
	}
	if s.AfterPatch != nil {
		if err := s.AfterPatch(); err != nil {
			return model.Image{}, failed(err, x), err
		}
	}
	return answer, x, nil
}

// failed completes the exchange of a failure by what was sent, and gives it.
func failed(err error, sent api.Exchange) api.Exchange {
	var f *api.Failure
	if !errors.As(err, &f) {
		return sent
	}
	x := &f.Exchange
	x.Method, x.Path, x.ContentType, x.Request, x.Sent = sent.Method, sent.Path, sent.ContentType, sent.Request, sent.Sent
	if x.RequestID == "" {
		x.RequestID = sent.RequestID
	}
	return *x
}

func (s *Service) apply(id string, p patch.Patch, x *api.Exchange) (model.Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ok := s.images[id]
	if !ok {
		return model.Image{}, Refused(404, "No image found with ID "+id, "send the edit", *x)
	}
	if s.Ignore != nil {
		p = slices.DeleteFunc(slices.Clone(p), s.Ignore)
	}
	after, err := s.Rules.Apply(before, p)
	var no *patch.Rejection
	if errors.As(err, &no) {
		if no.Kept != nil {
			kept := before.Clone()
			kept.Locations = no.Kept
			s.images[id] = kept
		}
		f := Refused(no.Code, no.Message, "send the edit", *x)
		*x = f.Exchange
		return model.Image{}, f
	}
	if err != nil {
		return model.Image{}, err
	}
	after.UpdatedAt = s.Now().UTC().Truncate(time.Second)
	s.images[id] = after
	answer, err := s.Rules.ApplyResponse(before, p)
	if err != nil {
		return model.Image{}, err
	}
	answer.UpdatedAt = after.UpdatedAt
	answer = s.shown(answer)
	x.Code, x.Reason = 200, reasons[200]
	x.Response, err = answer.MarshalJSON()
	return answer, err
}

// Page gives every image on one page.
func (s *Service) Page(context.Context, string, int, url.Values) (api.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var page api.Page
	for _, i := range s.images {
		page.Images = append(page.Images, s.shown(i))
	}
	return page, nil
}

// ChangedSince gives those that changed since then, the earliest first.
func (s *Service) ChangedSince(_ context.Context, t time.Time, _ int, filter url.Values) (api.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var page api.Page
	for _, i := range s.images {
		if !i.UpdatedAt.Before(t) && i.Hidden == (filter.Get("os_hidden") == "true") {
			page.Images = append(page.Images, i.Clone())
		}
	}
	slices.SortFunc(page.Images, func(a, b model.Image) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
	return page, nil
}

// LastChanged gives the one that changed last.
func (s *Service) LastChanged(ctx context.Context, filter url.Values) (api.Page, error) {
	page, err := s.ChangedSince(ctx, time.Time{}, 0, filter)
	page.Images = page.Images[max(0, len(page.Images)-1):]
	return page, err
}

// Listed gives those that are there.
func (s *Service) Listed(_ context.Context, ids []string, _ url.Values) ([]model.Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Image
	for _, id := range ids {
		if i, ok := s.images[id]; ok {
			out = append(out, s.shown(i))
		}
	}
	return out, nil
}

// Schema answers Declared, or the default one.
func (s *Service) Schema(context.Context) (*rules.Schema, error) {
	if s.BeforeSchema != nil {
		if err := s.BeforeSchema(); err != nil {
			return nil, err
		}
	}
	if s.Declared != nil {
		return s.Declared, nil
	}
	return rules.DefaultSchema(), nil
}

// Stores are those that the rules name.
func (s *Service) Stores(context.Context) ([]api.Store, error) { return s.Rules.Stores, nil }

// Projects gives the names that Session tells.
func (s *Service) Projects(context.Context) (map[string]string, error) {
	return s.Who.ProjectNames, nil
}

// Versions gives the version that Session tells.
func (s *Service) Versions(context.Context) (string, error) { return s.Who.APIVersion, nil }

// Members answers Shared.
func (s *Service) Members(context.Context, string) ([]api.Member, error) { return s.Shared, nil }

// reasons are the words of the codes that tests use; package net/http, which
// has them all, is not for ui.
var reasons = map[int]string{
	200: "OK", 202: "Accepted", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
	413: "Request Entity Too Large", 415: "Unsupported Media Type", 500: "Internal Server Error",
	502: "Bad Gateway", 503: "Service Unavailable",
}

// Refused is the failure that the client makes of an answer.
func Refused(code int, detail, doing string, x api.Exchange) *api.Failure {
	x.Code, x.Reason = code, reasons[code]
	x.Response = []byte(`{"message":"` + detail + `","code":"` + reasons[code] + `"}`)
	if x.Duration == 0 {
		x.Duration = 18 * time.Millisecond
	}
	kind, means, advice := explain.Describe(code, detail, doing)
	return &api.Failure{Exchange: x, Doing: doing, Kind: kind, Detail: detail, Means: means, Advice: advice}
}

// Lost is the failure of a request that got no response.
func Lost() *api.Failure {
	return &api.Failure{
		Exchange: api.Exchange{
			Method: "PATCH", Duration: 30 * time.Second, RequestID: "req-77aa0000-7a51-4c0e-9d6f-1c2b3a4d5e6f",
		},
		Doing: "send the edit", Kind: api.FailedAnswerLost, Detail: "unexpected EOF",
		Means: "The connection broke before the response came; the server may have applied it.", Advice: "look at what holds now",
		Known: "The connection broke before the answer came.",
	}
}

// Canceled is the failure of a request that the user did not wait for.
func Canceled(doing string) *api.Failure {
	return &api.Failure{Doing: doing, Kind: api.FailedCancelled, Means: "You canceled it.", Err: context.Canceled}
}
