package list

import (
	"slices"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// drop deletes images on the server.
func (s *server) drop(ids ...string) {
	s.images = slices.DeleteFunc(s.images, func(i model.Image) bool { return slices.Contains(ids, i.ID) })
}

func (h *hours) live(id string) bool {
	at, known := h.store.images.Find(id)
	return known && !h.store.gone[at]
}

func goneOf(h *hours) []string {
	var out []string
	for _, m := range h.msgs {
		if g, ok := m.(screen.ImageGone); ok {
			out = append(out, g.ID)
		}
	}
	return out
}

func TestWhatVanishesInSightIsFoundSoon(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[5].ID)
	h.pass(time.Minute)
	if h.live(all[5].ID) || h.store.live != 299 || !slices.Equal(goneOf(h), []string{all[5].ID}) {
		t.Errorf("gone %v", goneOf(h))
	}
	if got := h.flashes(); !slices.Contains(got, "image-005 is gone from the server") {
		t.Errorf("said %q", got)
	}
}

func TestAHiddenImageInSightIsCheckedToo(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	s.images[6].Hidden = true
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[6].ID)
	h.pass(90 * time.Second)
	if h.live(all[6].ID) || h.store.live != 299 {
		t.Errorf("it is still there, of %d images", h.store.live)
	}
}

func TestWhatScrollsIntoSightIsCheckedNext(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[299].ID)
	uitest.Run(h.List, uitest.Keys("G"))
	h.pass(time.Minute)
	if h.live(all[299].ID) {
		t.Error("the last row is still there")
	}
	if h.selected != all[298].ID {
		t.Errorf("selected is %s", h.selected)
	}
}

// A small cloud is checked as a whole within minutes.
func TestWhatVanishesOutOfSightIsFoundToo(t *testing.T) {
	all := images(150)
	s := &server{images: slices.Clone(all)}
	s.images[120].Hidden, s.images[121].Hidden = true, true
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[60].ID, all[100].ID, all[140].ID, all[121].ID)
	for range 40 {
		h.give(screen.Touched{})
		h.pass(15 * time.Second)
	}
	for _, n := range []int{60, 100, 140, 121} {
		if h.live(all[n].ID) {
			t.Errorf("image %d is still there after ten minutes", n)
		}
	}
	if h.store.live != 146 {
		t.Errorf("%d images", h.store.live)
	}
}

func TestWhatIsMarkedIsCheckedBeforeTheRest(t *testing.T) {
	all := images(3000)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	uitest.Run(h.List, uitest.Keys("G", "space", "g"))
	s.drop(all[2999].ID)
	for range 8 {
		h.give(screen.Touched{})
		h.pass(15 * time.Second)
	}
	if h.live(all[2999].ID) {
		t.Error("the marked image is still there after two minutes")
	}
}

func TestManyThatVanishTogether(t *testing.T) {
	all := images(500)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	for _, img := range all[:200] {
		s.drop(img.ID)
	}
	h.pass(4 * time.Minute)
	if h.store.live != 300 {
		t.Errorf("%d images of 300 that are left", h.store.live)
	}
	if n := len(goneOf(h)); n != 200 {
		t.Errorf("%d were told to be gone", n)
	}
	if n := len(h.flashes()); n > 40 {
		t.Errorf("%d flashes", n)
	}
}

func TestOneImageAlone(t *testing.T) {
	s := &server{images: images(1)}
	h := newHours(t, s)
	h.pass(2 * time.Minute)
	if len(s.asked) != 0 || s.gets == 0 {
		t.Errorf("%d lists and %d single readings", len(s.asked), s.gets)
	}
	s.images = nil
	h.pass(2 * time.Minute)
	if h.store.live != 0 {
		t.Error("it is still there")
	}
}

// A server that does not know the question seems to have lost every image. None
// of them counts as gone, unless it is gone by itself.
func TestAServerThatDoesNotKnowTheQuestion(t *testing.T) {
	all := images(60)
	s := &server{images: slices.Clone(all), noLists: true}
	h := newHours(t, s)
	h.pass(10 * time.Minute)
	if h.store.live != 60 || len(goneOf(h)) != 0 {
		t.Errorf("%d images left", h.store.live)
	}
	s.drop(h.selected)
	for range 40 {
		h.give(screen.Touched{})
		h.pass(15 * time.Second)
	}
	if h.store.live != 59 {
		t.Errorf("%d images left of 59", h.store.live)
	}
}

// An image that only a reading by itself shows is none that vanished.
func TestAnImageThatNoListShows(t *testing.T) {
	all := images(60)
	s := &server{images: slices.Clone(all), unlisted: all[3].ID}
	h := newHours(t, s)
	h.pass(10 * time.Minute)
	if h.store.live != 60 {
		t.Errorf("%d images", h.store.live)
	}
}

func TestACheckThatFails(t *testing.T) {
	all := images(60)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[0].ID, all[1].ID)
	n := 0
	h.looking = func() {
		s.fail = nil
		if n++; n%5 == 0 {
			s.fail = &model.Failure{Kind: model.FailedNetwork, Means: "nothing answers"}
		}
	}
	h.pass(10 * time.Minute)
	if h.store.live != 58 {
		t.Errorf("%d images", h.store.live)
	}
}

func TestIDsThatNoQuestionCanHold(t *testing.T) {
	for id, plain := range map[string]bool{
		"00000000-0000-4000-8000-000000000001": true, "a_b": true, "": false, "a,b": false, `a"b`: false, "a b": false, "é": false,
	} {
		if plainID(id) != plain {
			t.Errorf("%q: %v", id, !plain)
		}
	}
	s := &server{images: images(5)}
	s.images[2].ID = "a,b"
	h := newHours(t, s)
	h.pass(5 * time.Minute)
	if h.store.live != 5 {
		t.Errorf("%d images", h.store.live)
	}
}

// What a check costs before its request, with 100,000 images of which none is
// hidden and the last one is marked: the search is bounded.
func BenchmarkChoosingWhatToCheck(b *testing.B) {
	l := New(uitest.Context(&server{}))
	l.ctx.Options.Refresh = every
	l.SetSize(160, 41)
	l.walks = 1
	l.take(images(100_000), true)
	l.marked.set(99_999, true)
	b.ReportAllocs()
	for b.Loop() {
		for list := range passes {
			l.toCheck(list, uitest.Clock)
		}
	}
}
