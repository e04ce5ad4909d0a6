package list

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// server is a list of images that pages as Glance does. It replaces the
// service in tests of the screen alone; the flows in package ui use the real
// client and the embedded service.
type server struct {
	screen.Service
	mu       sync.Mutex    // requests come beside one another
	images   []model.Image // newest first
	fail     error
	refuse   bool // "visibility=all", as servers before 2.5 do
	pages    int
	changes  int
	gets     int
	asked    [][]string // what Listed was asked for
	slow     func()     // runs with each request of the watch
	failAt   int        // the page that fails, once
	failWith error
	old      bool   // it knows no filters by time or by several ids
	refusal  error  // how it says so; nil where it does not
	noLists  bool   // it knows no filters by several ids
	unlisted string // an image that no list of several ids gives
	endless  bool
	sizes    []int // of the pages asked for
	hiddens  int   // lists of hidden images asked for, changes of them too
	who      api.Session
	ignores  bool          // os_hidden, as a server that does not know it may do
	around   []string      // what else was asked for
	early    bool          // before there was a page
	each     time.Duration // that a page takes for each image
}

func (s *server) Session() api.Session {
	who := s.who
	who.Cloud, who.User, who.Project, who.ProjectID = "test", "admin", "platform", "p1"
	return who
}

func (s *server) Projects(context.Context) (map[string]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.around, s.early = append(s.around, "projects"), s.early || s.pages == 0
	return nil, nil
}

func (s *server) Versions(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.around, s.early = append(s.around, "versions"), s.early || s.pages == 0
	return "v2.16", nil
}

func (s *server) Page(_ context.Context, marker string, limit int, filter url.Values) (api.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages++
	s.sizes = append(s.sizes, limit)
	if s.fail != nil {
		return api.Page{}, s.fail
	}
	if s.pages == s.failAt {
		return api.Page{}, s.failWith
	}
	if s.refuse && filter.Get("visibility") == "all" {
		return api.Page{}, &api.Failure{Kind: api.FailedBadRequest, Means: "no such visibility"}
	}
	all := s.listed(filter, func(model.Image) bool { return true })
	if s.endless {
		return api.Page{Images: all, Marker: "again"}, nil
	}
	from := 0
	if marker != "" {
		from = 1 + slices.IndexFunc(all, func(i model.Image) bool { return i.ID == marker })
	}
	page := api.Page{Images: all[from:min(len(all), from+limit)]}
	page.Took = time.Duration(len(page.Images)) * s.each
	if len(page.Images) == limit {
		page.Marker = page.Images[limit-1].ID
	}
	return page, nil
}

func (s *server) ChangedSince(_ context.Context, t time.Time, limit int, filter url.Values) (api.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes++
	if s.slow != nil {
		s.slow()
	}
	switch {
	case s.fail != nil:
		return api.Page{}, s.fail
	case s.old:
		return api.Page{}, s.refusal
	}
	all := s.listed(filter, func(i model.Image) bool { return !i.UpdatedAt.Before(t) })
	slices.SortStableFunc(all, func(a, b model.Image) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
	page := api.Page{Images: all[:min(len(all), limit)]}
	if len(all) >= limit {
		page.Marker = all[limit-1].ID
	}
	return page, nil
}

func (s *server) LastChanged(_ context.Context, filter url.Values) (api.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return api.Page{}, s.fail
	}
	all := s.listed(filter, func(model.Image) bool { return true })
	slices.SortStableFunc(all, func(a, b model.Image) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	return api.Page{Images: all[:min(len(all), 1)]}, nil
}

func (s *server) Listed(_ context.Context, ids []string, filter url.Values) ([]model.Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, ids)
	if s.slow != nil {
		s.slow()
	}
	if s.fail != nil || s.noLists || s.old {
		return nil, s.fail
	}
	return s.listed(filter, func(i model.Image) bool { return i.ID != s.unlisted && slices.Contains(ids, i.ID) }), nil
}

func (s *server) Get(_ context.Context, id string) (model.Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gets++
	for _, i := range s.images {
		if i.ID == id {
			return i, nil
		}
	}
	return model.Image{}, &api.Failure{Kind: api.FailedNotFound, Means: "there is no such image"}
}

func (s *server) listed(filter url.Values, want func(model.Image) bool) []model.Image {
	var out []model.Image
	onlyHidden := filter.Get("os_hidden") == "true"
	if onlyHidden {
		s.hiddens++
	}
	for _, i := range s.images {
		if (s.ignores || i.Hidden == onlyHidden) && want(i) {
			out = append(out, i)
		}
	}
	return out
}

func images(n int) []model.Image {
	out := make([]model.Image, n)
	for i := range out {
		at := uitest.Clock.Add(-time.Duration(i) * time.Hour)
		out[i] = model.Image{
			ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), Name: model.Some(fmt.Sprintf("image-%03d", i)),
			Status: model.Statuses[(i%3)*2], Visibility: model.Visibilities[i%4], Owner: model.Some("p1"),
			Size: model.Some(int64(i) << 20), DiskFormat: model.Some("qcow2"), Tags: []string{"lts"},
			CreatedAt: at, UpdatedAt: at,
		}
	}
	return out
}

func start(t *testing.T, s *server) (*List, []any) {
	t.Helper()
	l := New(uitest.Context(s))
	msgs := uitest.Start(l, 100, 24)
	out := make([]any, len(msgs))
	for i, m := range msgs {
		out[i] = m
	}
	return l, out
}

func names(l *List) []string {
	var out []string
	for _, i := range l.rows.shown {
		out = append(out, l.store.Name(i))
	}
	return out
}

func TestHiddenImagesAreListedToo(t *testing.T) {
	s := &server{images: images(3)}
	s.images[1].Hidden = true
	l, _ := start(t, s)
	if got := names(l); !slices.Equal(got, []string{"image-000", "image-001", "image-002"}) {
		t.Errorf("rows %q", got)
	}
}

func TestEndlessPagingEnds(t *testing.T) {
	s := &server{images: images(10), endless: true}
	l, _ := start(t, s)
	if len(l.rows.shown) != 10 || s.pages > 6 {
		t.Errorf("%d rows after %d pages", len(l.rows.shown), s.pages)
	}
	if view := uitest.Plain(l.View()); !strings.Contains(view, "Not all images could be read") {
		t.Errorf("it is not said:\n%s", view)
	} else if !strings.Contains(view, "ctrl+r: retry") {
		t.Errorf("it is not said what to do:\n%s", view)
	}
}

func TestFilterNarrowsWithEveryLetter(t *testing.T) {
	l, _ := start(t, &server{images: images(250)})
	uitest.Run(l, uitest.Keys("/"), uitest.Type("status:que"))
	for _, i := range l.rows.shown {
		if got := l.store.Status(i); got != model.StatusQueued {
			t.Fatalf("%s is shown", got)
		}
	}
	uitest.Run(l, uitest.Type("ued image-24"))
	if got := names(l); len(got) == 0 || len(got) > 10 {
		t.Errorf("rows %q", got)
	}
	uitest.Run(l, uitest.Keys("esc"))
	if len(l.rows.shown) != 250 || l.typing {
		t.Errorf("esc left %d rows, typing %v", len(l.rows.shown), l.typing)
	}
}

func TestFreeWordsRankByCloseness(t *testing.T) {
	s := &server{images: images(4)}
	for i, n := range []string{"my-fedora-17", "f-e-d-o-r-a-scattered-all-over", "fedora", "fdora"} {
		s.images[i].Name = model.Some(n)
	}
	l, _ := start(t, s)
	uitest.Run(l, uitest.Keys("/"), uitest.Type("fedora"))
	if got := names(l); !slices.Equal(got, []string{"fedora", "my-fedora-17"}) {
		t.Errorf("fedora finds %q", got)
	}
	uitest.Run(l, uitest.Keys("esc", "/"), uitest.Type("fdra"))
	if got := names(l); len(got) != 0 {
		t.Errorf("fdra finds %q", got) // nor does the list command
	}
}

// A filter that is not valid is not one that shows all.
func TestAFilterThatIsNotValidShowsNothing(t *testing.T) {
	l, _ := start(t, &server{images: images(20)})
	uitest.Run(l, uitest.Keys("/"), uitest.Type("status:quued image-003"))
	view := uitest.Plain(l.View())
	for _, want := range []string{"This filter is not valid", "no such status; did you mean queued?", "0 of 20"} {
		if !strings.Contains(view, want) && want != "0 of 20" {
			t.Errorf("no %q on\n%s", want, view)
		}
	}
	if got := names(l); len(got) != 0 {
		t.Errorf("rows %q", got)
	}
	uitest.Run(l, uitest.Keys("ctrl+u"), uitest.Type("status: image-003"))
	if got := names(l); !slices.Equal(got, []string{"image-003"}) {
		t.Errorf("rows %q while a term has only begun", got)
	}
	uitest.Run(l, uitest.Keys("ctrl+u"))
	if len(names(l)) != 20 || !l.typing {
		t.Error("the line is not cleared")
	}
}

func TestTabCompletesAFilter(t *testing.T) {
	for _, c := range []struct{ typed, want, offers string }{
		{"vi", "visibility:", ""},
		{"vis:pub", "visibility:public", ""},
		{"image !sta:q", "image !status:queued", ""},
		{"s", "s", "status:  size:"},
		{"st", "status:", ""},
		{"status:queued,k", "status:queued,killed", ""},
		{"status:p", "status:pending_delete", ""},
		{"ta:lts", "tag:lts", ""},
		{"xyz", "xyz", ""},
		{"queued", "status:queued", ""},
		{"!publ nothing", "!visibility:public nothing", ""},
	} {
		s := &server{images: images(20)}
		for n := range s.images {
			s.images[n].Name = model.Some("s-image-vista-ta")
		}
		l, _ := start(t, s)
		out := uitest.Run(l, uitest.Keys("/"), uitest.Type(c.typed), uitest.Keys("tab"))
		offered := ""
		if f, ok := uitest.Find[screen.Flash](out); ok {
			offered = f.Text
		}
		if got := l.field.Value(); got != c.want || offered != c.offers {
			t.Errorf("%q becomes %q, offered %q", c.typed, got, offered)
		}
	}
}

func TestAWordThatIsAValueSuggestsItsTerm(t *testing.T) {
	l, _ := start(t, &server{images: images(20)})
	uitest.Run(l, uitest.Keys("/"), uitest.Type("public"))
	if view := uitest.Plain(l.View()); !strings.Contains(view, "Did you mean visibility:public?") || !strings.Contains(view, "tab") {
		t.Errorf("nothing is suggested:\n%s", view)
	}
	uitest.Run(l, uitest.Keys("tab"))
	if got := l.field.Value(); got != "visibility:public" || len(l.rows.shown) == 0 {
		t.Errorf("%q shows %d rows", got, len(l.rows.shown))
	}
}

func TestSelectionStaysOnItsImage(t *testing.T) {
	s := &server{images: images(30)}
	l, _ := start(t, s)
	uitest.Run(l, uitest.Keys("j", "j", "j"))
	if l.selected != s.images[3].ID {
		t.Fatalf("selected %s", l.selected)
	}
	fresh := images(1)[0]
	fresh.ID, fresh.CreatedAt = "new", uitest.Clock.Add(time.Hour)
	uitest.Run(l, screen.ImageSeen{Image: fresh, Asked: l.ctx.Ask()})
	if img, _ := l.current(); img.ID != s.images[3].ID || l.cursor != 4 {
		t.Errorf("row %d holds %s", l.cursor, img.ID)
	}
	if l.offset != 0 {
		t.Error("the new row is out of sight")
	}
	uitest.Run(l, uitest.Keys("s"))
	if img, _ := l.current(); img.ID != s.images[3].ID {
		t.Errorf("sorting moved the selection to %s", img.ID)
	}
}

func TestStatusChangeIsAnnounced(t *testing.T) {
	s := &server{images: images(3)}
	l, _ := start(t, s)
	img := s.images[0].Clone()
	img.Status, img.UpdatedAt = model.StatusActive, uitest.Clock.Add(time.Second)
	flash, ok := uitest.Find[screen.Flash](uitest.Run(l, screen.ImageSeen{Image: img, Asked: l.ctx.Ask()}))
	if !ok || flash.Text != "image-000 is now active (was queued)" {
		t.Errorf("flash %q", flash.Text)
	}
	if l.store.Counts()[model.StatusActive] != 1+1 || l.store.Counts()[model.StatusQueued] != 0 {
		t.Errorf("counts %v", l.store.Counts())
	}
}

func TestAnEditedImageStaysInSight(t *testing.T) {
	s := &server{images: images(6)}
	l, _ := start(t, s)
	uitest.Run(l, uitest.Keys("/"), uitest.Type("status:queued"), uitest.Keys("enter"))
	if len(l.rows.shown) != 2 {
		t.Fatalf("rows %q", names(l))
	}
	after := s.images[0].Clone()
	after.Status, after.UpdatedAt = model.StatusActive, uitest.Clock.Add(time.Second)
	uitest.Run(l, screen.Sent{Before: s.images[0], After: after, Asked: l.ctx.Ask()})
	if img, ok := l.current(); len(l.rows.shown) != 2 || !ok || img.Status != model.StatusActive {
		t.Errorf("rows %q after the edit", names(l))
	}
	uitest.Run(l, uitest.Keys("/"), uitest.Type(" "))
	if len(l.rows.shown) != 1 {
		t.Errorf("rows %q after the filter was typed again", names(l))
	}
}

func TestAnOlderReadingIsDropped(t *testing.T) {
	s := &server{images: images(3)}
	l, _ := start(t, s)
	old := s.images[0].Clone()
	old.Name, old.UpdatedAt = model.Some("old"), old.UpdatedAt.Add(-time.Minute)
	uitest.Run(l, screen.ImageSeen{Image: old})
	if got := names(l)[0]; got != "image-000" {
		t.Errorf("name %q", got)
	}
}

func TestFailedReadingSaysWhatToDo(t *testing.T) {
	s := &server{images: images(3), fail: &api.Failure{
		Doing: "read the images", Kind: api.FailedNetwork,
		Means: "nothing answers at 127.0.0.1:9292", Advice: "Check the endpoint.", Err: errors.New("refused"),
	}}
	l, _ := start(t, s)
	view := uitest.Plain(l.View())
	for _, want := range []string{"read the images", "nothing answers at 127.0.0.1:9292", "Check the endpoint.", "ctrl+r"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in\n%s", want, view)
		}
	}
	s.fail = nil
	uitest.Run(l, uitest.Keys("ctrl+r"))
	if len(l.rows.shown) != 3 {
		t.Errorf("%d rows after ctrl+r", len(l.rows.shown))
	}
}

func TestMarksAndCopy(t *testing.T) {
	s := &server{images: images(5)}
	l, _ := start(t, s)
	msgs := uitest.Run(l, uitest.Keys("space", "j", "space", "y"))
	c, ok := uitest.Find[screen.Copy](msgs)
	if !ok || c.Text != s.images[0].ID+"\n"+s.images[2].ID || c.What != "2 ids" {
		t.Errorf("copied %q (%s)", c.Text, c.What)
	}
	uitest.Run(l, uitest.Keys("m"))
	if got := names(l); !slices.Equal(got, []string{"image-000", "image-002"}) {
		t.Errorf("only marked: %q", got)
	}
	uitest.Run(l, uitest.Keys("esc", "esc"))
	if len(l.rows.shown) != 5 || l.marked.n != 0 {
		t.Errorf("%d rows, %d marks", len(l.rows.shown), l.marked.n)
	}
}

func TestOpenAndEditGiveACopy(t *testing.T) {
	s := &server{images: images(2)}
	l, _ := start(t, s)
	e, ok := uitest.Find[screen.Edit](uitest.Run(l, uitest.Keys("e")))
	if !ok || e.Image.ID != s.images[0].ID {
		t.Fatalf("edit %v", e)
	}
	e.Image.Tags[0] = "changed"
	if l.store.Image(0).Tags[0] != "lts" {
		t.Error("the form could change the list's image")
	}
}

func TestScreens(t *testing.T) {
	s := &server{images: images(48)}
	s.images[2].Name = model.Some("日本語のイメージ名前がとても長いものですから切られます")
	s.images[3].Name = model.Some("evil\x1b[31m\u202egnp.exe\nname")
	s.images[4].Protected, s.images[5].Hidden = true, true
	s.images[6].Name = model.Opt[string]{}
	for _, size := range [][2]int{{80, 24}, {160, 45}, {60, 15}} {
		l := New(uitest.Context(s))
		uitest.Start(l, size[0], size[1]-4)
		uitest.Run(l, uitest.Keys("j", "space"))
		uitest.Golden(t, fmt.Sprintf("list-%dx%d", size[0], size[1]), uitest.Shot(t, l, size[0], size[1]-4))
	}
	l := New(uitest.Context(s))
	uitest.Start(l, 100, 20)
	uitest.Run(l, uitest.Keys("/"), uitest.Type("nothing-is-called-this"))
	uitest.Golden(t, "list-no-match", uitest.Shot(t, l, 100, 20))
	uitest.GoldenStyled(t, "list-styled-80x24", func() string {
		l := New(uitest.Context(s))
		uitest.Start(l, 80, 20)
		return uitest.Shot(t, l, 80, 20)
	}())
}

func TestAnySizeIsSurvived(t *testing.T) {
	l, _ := start(t, &server{images: images(40)})
	for w := 1; w < 200; w += 7 {
		for h := 1; h < 60; h += 3 {
			l.SetSize(w, h)
			uitest.Run(l, uitest.Keys("G", "g", "ctrl+d", "/", "x", "esc"))
			_, _, _ = l.View(), l.Aside(w), l.Rule(w)
		}
	}
}
