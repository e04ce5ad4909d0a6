package edit

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// server is a service and a history in one: what a runner needs.
type server struct {
	mu      sync.Mutex
	image   model.Image
	patches int
	entry   record.Entry
	ending  *record.Result
	before  func(ctx context.Context, what string) error // runs before everything
}

func (s *server) Get(ctx context.Context, _ string) (model.Image, error) {
	if err := s.met(ctx, "get"); err != nil {
		return model.Image{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.image.Clone(), nil
}

func (s *server) met(ctx context.Context, what string) error {
	if s.before != nil {
		return s.before(ctx, what)
	}
	return nil
}

func (s *server) Patch(ctx context.Context, _ string, p patch.Patch) (model.Image, api.Exchange, error) {
	s.mu.Lock()
	s.patches++
	s.mu.Unlock()
	if err := s.met(ctx, "patch"); err != nil {
		return model.Image{}, api.Exchange{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	after, err := (rules.Rules{}).Apply(s.image, p)
	if err != nil {
		return model.Image{}, api.Exchange{}, err
	}
	s.image = after
	return after, api.Exchange{Code: 200, Method: "PATCH"}, nil
}

func (s *server) AddLocation(context.Context, string, model.Location) (api.Exchange, error) {
	return api.Exchange{}, errors.New("not here")
}

func (s *server) Begin(e record.Entry) (string, error) {
	if err := s.met(context.Background(), "begin"); err != nil {
		return "", err
	}
	s.entry = e
	return "an entry", nil
}

func (s *server) End(_ string, e record.Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ending = &e
	return nil
}

// yes agrees to all that it is asked.
type yes struct{ asked int }

func (y *yes) Review(_ context.Context, e Edit) Event {
	if y.asked++; y.asked > 5 {
		return Stop{}
	}
	return Agree{Words: e.Plan().Words}
}
func (*yes) Decide(context.Context, Edit) Event { return Decide{} }
func (*yes) Passed(Edit)                        {}

func (s *server) run(ctx context.Context, follow bool, asker Asker) Edit {
	base := active()
	r := Runner{Handler: Handler{Service: s, Keeper: s, Place: api.ServiceID{Cloud: "a cloud"}}, Asker: asker, Follow: follow}
	return r.Run(ctx, New(base, with(base, rename), rules.Rules{}, Options{}))
}

func TestRun(t *testing.T) {
	for follow, takes := range map[bool]time.Duration{false: 0, true: 5 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			s, begun := &server{image: active()}, time.Now()
			e := s.run(t.Context(), follow, &yes{})
			if e.State() != Applied || s.patches != 1 || time.Since(begun) != takes {
				t.Errorf("follow %t: %s after %d requests and %s", follow, e.State(), s.patches, time.Since(begun))
			}
			if s.entry.Service.Cloud != "a cloud" || s.entry.StartedAt.IsZero() || s.ending == nil || s.ending.Outcome != record.OutcomeApplied {
				t.Errorf("the history has %+v, %+v", s.entry, s.ending)
			}
		})
	}
}

// TestRunIsStopped at every moment: before the request nothing is sent; later
// the history knows as much as the program.
// TestRunWaitsForNoForeignMotion: an image that is being deleted is so for hours,
// and an edit of it is done as soon as a reading shows it.
func TestRunWaitsForNoForeignMotion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, base := time.Now(), active()
		base.Status = model.StatusPendingDelete
		s := &server{image: base}
		e := Runner{Handler: Handler{Service: s, Keeper: s}, Asker: &yes{}}.Run(t.Context(), New(base, with(base, rename), rules.Rules{}, Options{}))
		if e.State() != Applied || time.Since(start) > 0 {
			t.Errorf("%s after %s", e.State(), time.Since(start))
		}
	})
}

func TestRunIsStopped(t *testing.T) {
	for name, c := range map[string]struct {
		at      string // what is being done when the signal comes
		nth     int
		patches int
		ends    State
		outcome record.Outcome
	}{
		"while rereading":  {"get", 1, 0, Withdrawn, ""},
		"while journaling": {"begin", 1, 0, Withdrawn, record.OutcomeNotApplied},
		"while sending":    {"patch", 1, 1, Sending, ""},
		"while verifying":  {"get", 2, 1, Unknown, record.OutcomeApplied},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			s := &server{image: active()}
			met := map[string]int{}
			s.before = func(life context.Context, what string) error {
				s.mu.Lock()
				met[what]++
				now := what == c.at && met[what] == c.nth
				s.mu.Unlock()
				if now {
					stop()
					synctest.Wait() // the runner has seen it
					if what == "get" || what == "patch" {
						<-life.Done() // it must not be waited for
					}
				}
				return nil
			}
			e := s.run(ctx, false, &yes{})
			if e.State() != c.ends || s.patches != c.patches {
				t.Errorf("%s: %s, %d requests", name, e.State(), s.patches)
			}
			if c.outcome == "" && s.ending != nil || c.outcome != "" && (s.ending == nil || s.ending.Outcome != c.outcome) {
				t.Errorf("%s: the history has %+v", name, s.ending)
			}
		})
	}
}

// stopped ends the program while it is asked.
type stopped struct {
	yes
	stop func()
}

func (s *stopped) Review(ctx context.Context, e Edit) Event {
	s.stop()
	return s.yes.Review(ctx, e)
}

func TestRunIsStoppedWhileItAsks(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	s := &server{image: active()}
	if e := s.run(ctx, false, &stopped{stop: stop}); e.State() != Withdrawn || s.patches != 0 {
		t.Errorf("%s, %d requests", e.State(), s.patches)
	}
}

// stubborn agrees to a danger without its word, again and again.
type stubborn struct {
	yes
	times int
}

func (s *stubborn) Review(context.Context, Edit) Event {
	if s.times++; s.times > 3 {
		panic("asked for ever")
	}
	return Agree{}
}

func TestRunTakesNoHalfYes(t *testing.T) {
	s, base := &server{image: active()}, active()
	r := Runner{Handler: Handler{Service: s}, Asker: &stubborn{}}
	if e := r.Run(t.Context(), New(base, with(base, publish), rules.Rules{}, Options{})); e.State() != Withdrawn || s.patches != 0 {
		t.Errorf("%s, %d requests", e.State(), s.patches)
	}
}

// TestRunMerges what someone else did since the edit was made, and asks again.
func TestRunMerges(t *testing.T) {
	now := with(active(), func(i *model.Image) { i.Tags = []string{"theirs"} })
	s, y := &server{image: now}, &yes{}
	if e := s.run(t.Context(), false, y); e.State() != Applied || y.asked != 2 || !model.SameTags(s.image.Tags, now.Tags) || s.image.Name.Value != "renamed" {
		t.Errorf("%s, asked %d times: %+v", e.State(), y.asked, s.image)
	}
}
