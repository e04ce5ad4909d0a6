package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestWhatVanishesInSightIsFoundSoon(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[5].ID)
	h.pass(2 * every)
	if h.live(all[5].ID) || h.store.live != 299 || !slices.Equal(h.told(), []string{all[5].ID}) {
		t.Errorf("gone %v", h.told())
	}
}

// Whatever is visible, up to a hundred rows: two looks later the list knows what
// became of it, also where the time of a change is before all that was seen.
func TestWhatIsInSightIsKnownWithinTwoLooks(t *testing.T) {
	for _, height := range []int{2, 10, 23, 50, 100} {
		for row := 0; row < height; row += 7 {
			all := images(300)
			s := &server{images: slices.Clone(all)}
			h := newHours(t, s)
			h.viewer.height = height
			h.pass(time.Minute)
			h.give(UserActive{})
			h.pass(every)
			s.touch(row, h.clock.Add(-time.Hour), rename)
			h.pass(2 * every)
			if got := h.image(row).Name.Value; !strings.HasSuffix(got, "x") {
				t.Errorf("%d rows: row %d is still called %s", height, row, got)
			}
			before := s.requests()
			s.drop(all[row].ID)
			h.pass(2 * every)
			if h.live(all[row].ID) {
				t.Errorf("%d rows: row %d is still there", height, row)
			}
			if got := s.requests() - before; got > 6 { // two are for what is missing
				t.Errorf("%d rows: %d requests in two looks", height, got)
			}
			for _, ids := range s.asked {
				if len(ids) > 51 {
					t.Errorf("%d ids in one question", len(ids))
				}
			}
		}
	}
}

// A reading that was asked for before an edit was answered can be older or newer
// than the answer. It is not taken, and the image is read again.
func TestAReadingThatComesTooLateIsReadAgain(t *testing.T) {
	all := images(30)
	s := &server{images: slices.Clone(all)}
	h := newHours(t, s)
	h.pass(time.Minute)
	asked := h.ask() // by a page, which is in progress
	s.touch(3, h.clock, rename)
	h.give(EditSent{After: s.images[3], Asked: h.ask()})
	s.touch(3, h.clock.Add(-8*time.Second), rename)
	h.give(ImageRead{Image: all[3], Asked: asked})
	if got := h.image(3).Name.Value; got != "image-003x" {
		t.Errorf("it is called %s", got)
	}
	s.drop(all[4].ID)
	h.give(ImageDeleted{ID: all[4].ID, Asked: h.ask()})
	h.give(ImageRead{Image: all[4], Asked: asked})
	if h.live(all[4].ID) {
		t.Error("what is gone is back")
	}
	before := s.gets
	h.pass(every)
	if got := h.image(3).Name.Value; got != "image-003xx" || s.gets != before+2 || h.live(all[4].ID) {
		t.Errorf("it is called %s after %d readings", got, s.gets-before)
	}
}

func TestAHiddenImageInSightIsCheckedToo(t *testing.T) {
	all := images(300)
	s := &server{images: slices.Clone(all)}
	s.images[6].Hidden = true
	h := newHours(t, s)
	h.pass(time.Minute)
	s.drop(all[6].ID)
	h.pass(2 * every)
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
	h.viewer.cursor = 299
	h.pass(2 * every)
	if h.live(all[299].ID) {
		t.Error("the last row is still there")
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
		h.give(UserActive{})
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
	h.viewer.marks = map[int32]bool{2999: true}
	s.drop(all[2999].ID)
	for range 8 {
		h.give(UserActive{})
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
	if n := len(h.told()); n != 200 {
		t.Errorf("%d were told to be gone", n)
	}
	if n := countOf[Deleted](h); n > 40 {
		t.Errorf("they were told in %d pieces", n)
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
	if h.store.live != 60 || len(h.told()) != 0 {
		t.Errorf("%d images left", h.store.live)
	}
	s.drop(h.store.ID(h.viewer.VisibleRows()[0]))
	for range 40 {
		h.give(UserActive{})
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
			s.fail = &api.Failure{Kind: api.FailedNetwork, Means: "nothing answers"}
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
	h := newHoursAt(b, &server{}, every)
	h.scans, h.now = 1, start
	h.take(images(100_000), 0, true)
	h.viewer.marks = map[int32]bool{99_999: true}
	b.ReportAllocs()
	for b.Loop() {
		for list := range lists {
			h.toCheck(list)
		}
	}
}
