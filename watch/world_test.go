package watch

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// start is when the clock of the tests begins.
var start = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// server answers requests as Glance does.
type server struct {
	images   []model.Image // newest first
	fail     error
	refuse   bool // "visibility=all", as servers before 2.5 do
	pages    int
	changes  int
	gets     int
	asked    [][]string // what AskIDs asked for
	slow     func()     // runs with each request of a poll
	failAt   int        // the page that fails, once
	failWith error
	old      bool   // it knows no filters by time or by several ids
	refusal  error  // how it says so; nil where it does not
	noLists  bool   // it knows no filters by several ids
	unlisted string // an image that no list of several ids gives
	endless  bool
	sizes    []int // of the pages asked for
	hiddens  int   // lists of hidden images asked for, changes of them too
	noHidden bool  // as the session tells
	ignores  bool  // os_hidden, as a server that does not know it may do
	names    int   // how often names were asked for
	early    bool  // before there was a page
	each     time.Duration
}

func (s *server) requests() int { return s.pages + s.changes + s.gets + len(s.asked) }

func (s *server) answer(r Request) (p api.Page, err error) {
	if r.Kind != AskPage && s.slow != nil {
		s.slow()
	}
	switch r.Kind {
	case AskPage:
		return s.page(r)
	case AskLatest:
		if s.fail != nil {
			return p, s.fail
		}
		all := s.listed(r, func(model.Image) bool { return true })
		slices.SortStableFunc(all, func(a, b model.Image) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
		return api.Page{Images: all[:min(len(all), 1)]}, nil
	case AskSince:
		s.changes++
		switch {
		case s.fail != nil:
			return p, s.fail
		case s.old:
			return p, s.refusal
		}
		all := s.listed(r, func(i model.Image) bool { return !i.UpdatedAt.Before(r.Since) })
		slices.SortStableFunc(all, func(a, b model.Image) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
		p.Images = all[:min(len(all), r.Limit)]
		if len(all) >= r.Limit {
			p.Marker = all[r.Limit-1].ID
		}
		return p, nil
	case AskIDs:
		s.asked = append(s.asked, r.IDs)
		if s.fail != nil || s.noLists || s.old {
			return p, s.fail
		}
		p.Images = s.listed(r, func(i model.Image) bool { return i.ID != s.unlisted && slices.Contains(r.IDs, i.ID) })
		return p, nil
	}
	s.gets++
	if s.fail != nil {
		return p, s.fail
	}
	for _, i := range s.images {
		if i.ID == r.IDs[0] {
			return api.Page{Images: []model.Image{i}}, nil
		}
	}
	return p, &api.Failure{Kind: api.FailedNotFound, Means: "there is no such image"}
}

func (s *server) page(r Request) (p api.Page, err error) {
	s.pages++
	s.sizes = append(s.sizes, r.Limit)
	switch {
	case s.fail != nil:
		return p, s.fail
	case s.pages == s.failAt:
		return p, s.failWith
	case s.refuse && !r.Narrow:
		return p, &api.Failure{Kind: api.FailedBadRequest, Means: "no such visibility"}
	}
	all := s.listed(r, func(model.Image) bool { return true })
	if s.endless {
		return api.Page{Images: all, Marker: "again"}, nil
	}
	from := 0
	if r.Marker != "" {
		from = 1 + slices.IndexFunc(all, func(i model.Image) bool { return i.ID == r.Marker })
		if from == 0 {
			return p, &api.Failure{Kind: api.FailedBadRequest, Means: "no such marker", Exchange: api.Exchange{Code: 400}}
		}
	}
	p.Images = all[from:min(len(all), from+r.Limit)]
	p.Took = time.Duration(len(p.Images)) * s.each
	if len(p.Images) == r.Limit {
		p.Marker = p.Images[r.Limit-1].ID
	}
	return p, nil
}

func (s *server) listed(r Request, want func(model.Image) bool) []model.Image {
	var out []model.Image
	if r.List == Hidden {
		s.hiddens++
	}
	for _, i := range s.images {
		if (s.ignores || i.Hidden == (r.List == Hidden)) && want(i) {
			out = append(out, i)
		}
	}
	return out
}

// touch changes an image on the server.
func (s *server) touch(n int, now time.Time, how func(*model.Image)) {
	img := s.images[n].Clone()
	how(&img)
	img.UpdatedAt = now.Truncate(time.Second)
	s.images[n] = img
}

// drop deletes images on the server.
func (s *server) drop(ids ...string) {
	s.images = slices.DeleteFunc(s.images, func(i model.Image) bool { return slices.Contains(ids, i.ID) })
}

func rename(i *model.Image) { i.Name = model.Some(i.Name.Value + "x") }

func images(n int) []model.Image {
	out := make([]model.Image, n)
	for i := range out {
		at := start.Add(-time.Duration(i) * time.Hour)
		out[i] = model.Image{
			ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), Name: model.Some(fmt.Sprintf("image-%03d", i)),
			Status: model.Statuses[(i%3)*2], Visibility: model.Visibilities[i%4], Owner: model.Some("p1"),
			Size: model.Some(int64(i) << 20), DiskFormat: model.Some("qcow2"), Tags: []string{"lts"},
			CreatedAt: at, UpdatedAt: at,
		}
	}
	return out
}

// viewer is a user with some rows before them, the newest image first.
type fakeViewer struct {
	of     *Watch
	s      *server
	offset int
	height int
	cursor int
	open   string
	marks  map[int32]bool
}

func (d *fakeViewer) OpenImage() string { return d.open }

func (d *fakeViewer) HidesImages() bool { return !d.s.noHidden }

func (d *fakeViewer) rows() []int32 {
	var all []int32
	for at := range int32(d.of.store.Len()) {
		if !d.of.store.deleted[at] {
			all = append(all, at)
		}
	}
	store := d.of.store
	slices.SortStableFunc(all, func(a, b int32) int { return int(store.Created(b) - store.Created(a)) })
	return all
}

func (d *fakeViewer) VisibleRows() []int32 {
	all := d.rows()
	d.cursor = max(0, min(d.cursor, len(all)-1))
	d.offset = max(0, min(d.offset, d.cursor), d.cursor-d.height+1)
	rows := slices.Clone(all[d.offset:min(len(all), d.offset+d.height)])
	if n := d.cursor - d.offset; n > 0 {
		rows[0], rows[n] = rows[n], rows[0]
	}
	return rows
}

func (d *fakeViewer) Marked() func(int32) bool {
	if len(d.marks) == 0 {
		return nil
	}
	return func(at int32) bool { return d.marks[at] }
}

// every is how often the watches of these tests poll.
const every = 5 * time.Second

// hours is a watch whose time only the test moves, at a server that answers at
// once.
type hours struct {
	*Watch
	viewer  *fakeViewer
	s       *server
	t       testing.TB
	clock   time.Time
	wake    Tag // zero for none
	due     time.Time
	asked   Asked
	effects []Effect
	looking func() // runs with each Woken, before it is taken
}

// newHours is a watch that has read the list.
func newHours(t testing.TB, s *server) *hours {
	h := newHoursAt(t, s, every)
	h.give(Started{})
	return h
}

func newHoursAt(t testing.TB, s *server, every time.Duration) *hours {
	h := &hours{t: t, s: s, clock: start, looking: func() {}}
	h.viewer = &fakeViewer{s: s, height: 22}
	h.Watch = New(h.viewer, every, start)
	h.viewer.of = h.Watch
	return h
}

func (h *hours) ask() Asked { h.asked++; return h.asked }

// give gives an event to the watch, and all that follows from it at once.
func (h *hours) give(ev Event) {
	for todo := []Event{ev}; len(todo) > 0; todo = todo[1:] {
		for _, e := range h.Step(h.clock, todo[0]) {
			h.effects = append(h.effects, e)
			switch e := e.(type) {
			case Ask:
				r := Responded{Tag: e.Tag, Asked: h.ask()}
				r.Page, r.Err = h.s.answer(e.Request)
				todo = append(todo, r)
			case Continue:
				todo = append(todo, Continued{})
			case Wake:
				h.wake, h.due = e.Tag, h.clock.Add(e.After)
			case AskNames:
				h.s.names, h.s.early = h.s.names+1, h.s.early || h.s.pages == 0
			}
		}
	}
}

// pass lets time pass.
func (h *hours) pass(d time.Duration) {
	h.t.Helper()
	end := h.clock.Add(d)
	for n := 0; h.wake != 0 && !h.due.After(end); n++ {
		if n > 1+int(d/time.Second) {
			h.t.Fatalf("%d polls in %v", n, d)
		}
		h.looking()
		if h.due.After(h.clock) {
			h.clock = h.due
		}
		tag := h.wake
		h.wake = 0
		h.give(Woken{tag})
	}
	if end.After(h.clock) {
		h.clock = end
	}
}

// image is what is known of an image.
func (h *hours) image(n int) model.Image {
	if id := images(n + 1)[n].ID; h.live(id) {
		at, _ := h.store.Find(id)
		return h.store.Image(at)
	}
	return model.Image{}
}

func (h *hours) live(id string) bool {
	at, known := h.store.Find(id)
	return known && !h.store.deleted[at]
}

// told are the IDs of what was said to be deleted.
func (h *hours) told() []string {
	var out []string
	for _, e := range h.effects {
		if d, ok := e.(Deleted); ok && !d.Reported {
			for _, at := range d.Images {
				out = append(out, h.store.ID(at))
			}
		}
	}
	return out
}

func count[E Effect](effects []Effect) (n int) {
	for _, e := range effects {
		if _, ok := e.(E); ok {
			n++
		}
	}
	return n
}

func countOf[E Effect](h *hours) int { return count[E](h.effects) }

func (h *hours) advance(d time.Duration) { h.clock = h.clock.Add(d) }
