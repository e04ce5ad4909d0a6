package uitest

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// Service is a screen.Service in memory, with the model's rules behind Patch.
// It is for the tests of single screens; flows are tested against the embedded
// service over HTTP.
type Service struct {
	// Who is what Session gives. NewService sets an administrator of a cloud
	// named demo.
	Who model.Session
	// Rules are applied to patches.
	Rules model.Rules
	// Fail, where set, is the error of every call but Session.
	Fail *model.Failure

	mu     sync.Mutex
	images []model.Image
	sent   []model.Patch
}

// NewService is a service that holds these images.
func NewService(images ...model.Image) *Service {
	return &Service{
		Who: model.Session{
			Cloud: "demo", User: "admin", Project: "platform", Region: "RegionOne",
			Endpoint: "http://127.0.0.1:9292", IsAdmin: true, RolesKnown: true, APIVersion: "v2.16", Demo: true,
		},
		images: images,
	}
}

// Session is Who.
func (s *Service) Session() model.Session { return s.Who }

// Sent are the patches that came, in order.
func (s *Service) Sent() []model.Patch {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Put changes an image behind the screens' backs, or adds it.
func (s *Service) Put(i model.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.index(i.ID); at >= 0 {
		s.images[at] = i
		return
	}
	s.images = append(s.images, i)
}

// Delete takes an image away.
func (s *Service) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.images = slices.DeleteFunc(s.images, func(i model.Image) bool { return i.ID == id })
}

func (s *Service) index(id string) int {
	return slices.IndexFunc(s.images, func(i model.Image) bool { return i.ID == id })
}

// Page gives the images in the order in which they were put; filters do not
// count.
func (s *Service) Page(_ context.Context, marker string, limit int, _ url.Values) (model.Page, error) {
	if s.Fail != nil {
		return model.Page{}, s.Fail
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	from := s.index(marker) + 1
	to := min(from+limit, len(s.images))
	p := model.Page{Images: slices.Clone(s.images[from:to])}
	if to < len(s.images) {
		p.Marker = s.images[to-1].ID
	}
	return p, nil
}

// ChangedSince gives the images with that updated_at or a later one.
func (s *Service) ChangedSince(_ context.Context, t time.Time, limit int) ([]model.Image, error) {
	if s.Fail != nil {
		return nil, s.Fail
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Image
	for _, i := range s.images {
		if !i.UpdatedAt.Before(t) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b model.Image) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	return out[:min(limit, len(out))], nil
}

// Get gives an image.
func (s *Service) Get(_ context.Context, id string) (model.Image, error) {
	if s.Fail != nil {
		return model.Image{}, s.Fail
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.index(id); at >= 0 {
		return s.images[at].Clone(), nil
	}
	return model.Image{}, failure("GET", id, "read the image", 404, "No image found with ID "+id)
}

// GetRaw gives an image and its JSON.
func (s *Service) GetRaw(ctx context.Context, id string) (model.Image, []byte, error) {
	i, err := s.Get(ctx, id)
	if err != nil {
		return i, nil, err
	}
	raw, err := json.Marshal(i)
	return i, raw, err
}

// Patch applies an edit by the model's rules.
func (s *Service) Patch(ctx context.Context, id string, p model.Patch) (model.Image, model.Exchange, error) {
	before, err := s.Get(ctx, id)
	if err != nil {
		return model.Image{}, model.Exchange{}, err
	}
	s.mu.Lock()
	s.sent = append(s.sent, p)
	s.mu.Unlock()
	after, err := s.Rules.Apply(before, p)
	if err != nil {
		refused := failure("PATCH", id, "send the edit", 500, err.Error())
		if r, ok := err.(*model.Rejection); ok {
			refused = failure("PATCH", id, "send the edit", r.Code, r.Message)
		}
		refused.Exchange.Request = p.JSON()
		return model.Image{}, refused.Exchange, refused
	}
	after.UpdatedAt = Clock
	s.Put(after)
	body, _ := json.Marshal(after)
	return after, model.Exchange{
		Method: "PATCH", Path: "/v2/images/" + id, ContentType: model.MediaTypeV21, Request: p.JSON(),
		Sent: Clock, Duration: 41 * time.Millisecond, Code: 200, Reason: "OK",
		RequestID: "req-5c1f2e8a-0000-4000-8000-000000000001", Response: body,
	}, nil
}

// Schema is the default one.
func (s *Service) Schema(context.Context) (*model.Schema, error) {
	if s.Fail != nil {
		return nil, s.Fail
	}
	if s.Rules.Schema != nil {
		return s.Rules.Schema, nil
	}
	return model.DefaultSchema(), nil
}

// Members are none.
func (s *Service) Members(context.Context, string) ([]model.Member, error) {
	if s.Fail != nil {
		return nil, s.Fail
	}
	return nil, nil
}

// reasons are those of the codes that a test may see.
var reasons = map[int]string{
	400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
	413: "Request Entity Too Large", 500: "Internal Server Error",
}

// failure is a refusal as the client makes it.
func failure(method, id, doing string, code int, detail string) *model.Failure {
	kind, means, advice := model.Describe(code, detail, doing)
	return &model.Failure{
		Exchange: model.Exchange{
			Method: method, Path: "/v2/images/" + id, Sent: Clock, Duration: 18 * time.Millisecond,
			Code: code, Reason: reasons[code], RequestID: "req-77aa0000-0000-4000-8000-000000000002",
			Response: []byte(detail),
		},
		Doing: doing, Kind: kind, Detail: detail, Means: means, Advice: advice,
	}
}
