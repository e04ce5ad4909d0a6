package watch

import (
	"slices"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestRowsArrivePageByPageEachOnce(t *testing.T) {
	s := &server{images: images(250)}
	h := newHoursAt(t, s, 0)
	h.give(Started{})
	if got := h.store.live; got != 250 {
		t.Errorf("%d rows of 250", got)
	}
	if want := []int{25, 100, 200, 200}; !slices.Equal(s.sizes, want) { // the last one for the hidden ones
		t.Errorf("pages of %d, want %d", s.sizes, want)
	}
	if s.names != 1 || s.early {
		t.Errorf("asked for names %d times, before the first page: %v", s.names, s.early)
	}
	if h.Loading() {
		t.Error("still loading")
	}
}

// Pages grow while they take little time: an edit waits for the one in progress.
func TestPagesGrowWhileTheyAreQuick(t *testing.T) {
	for _, test := range []struct {
		each time.Duration // that the server takes for an image
		want []int
	}{
		{0, []int{25, 100, 200, 400, 500, 500, 500}},
		{time.Millisecond, []int{25, 100, 200, 400, 500, 500, 500}},
		{2 * time.Millisecond, []int{25, 100, 200, 250, 250, 250, 250}},
		{50 * time.Millisecond, []int{25, 100, 100, 100, 100, 100, 100}},
	} {
		s := &server{images: images(3000), each: test.each}
		h := newHoursAt(t, s, 0)
		h.give(Started{})
		if got := s.sizes[:len(test.want)]; !slices.Equal(got, test.want) || h.store.live != 3000 {
			t.Errorf("%v an image: pages of %v, %d rows", test.each, got, h.store.live)
		}
	}
}

// A large page is taken in part by part, so that keys come in between.
func TestALargePageIsTakenInPartByPart(t *testing.T) {
	s := &server{images: images(900)}
	h := newHoursAt(t, s, 0)
	first := h.Step(start, Started{})[0].(Ask)
	out := h.Step(start, Responded{Tag: first.Tag, Page: api.Page{Images: s.images[:500], Marker: s.images[499].ID}})
	if got := h.store.live; got != batchSize || len(h.scan.batches) != 4 || h.scan.tag == 0 {
		t.Errorf("%d images at once, %d parts to come", got, len(h.scan.batches))
	}
	if n := count[Continue](out); n != 1 {
		t.Errorf("it is to be continued %d times", n)
	}
}

// A list that goes on for ever is given up at some point: what was read stays,
// nothing is asked for again by itself, and a reload begins again.
func TestAListWithoutAnEndIsGivenUp(t *testing.T) {
	s := &server{images: images(900)}
	h := newHoursAt(t, s, every)
	h.most = 250
	h.give(Started{})
	if s.pages != 3 || h.store.live != 325 || h.Loading() {
		t.Fatalf("%d pages, %d images", s.pages, h.store.live)
	}
	if _, again := h.Retries(); h.Err() == nil || again {
		t.Errorf("%v, tried again: %v", h.Err(), again)
	}
	h.pass(time.Hour)
	if s.pages != 3 {
		t.Errorf("it is read again: %d pages", s.pages)
	}
	h.most = 1000
	h.give(Reloaded{})
	if h.store.live != 900 || h.Err() != nil {
		t.Errorf("%d images, %v", h.store.live, h.Err())
	}
}

func TestHiddenImagesAreListedToo(t *testing.T) {
	s := &server{images: images(3)}
	s.images[1].Hidden = true
	h := newHoursAt(t, s, 0)
	h.give(Started{})
	if h.store.live != 3 {
		t.Errorf("%d images", h.store.live)
	}
}

func TestEndlessPagingEnds(t *testing.T) {
	s := &server{images: images(10), endless: true}
	h := newHoursAt(t, s, 0)
	h.give(Started{})
	if h.store.live != 10 || s.pages > 6 {
		t.Errorf("%d rows after %d pages", h.store.live, s.pages)
	}
	if h.Err() == nil {
		t.Error("it is not said")
	}
}

func TestOldServerThatRefusesVisibilityAll(t *testing.T) {
	h := newHoursAt(t, &server{images: images(5), refuse: true}, 0)
	h.give(Started{})
	if h.store.live != 5 {
		t.Errorf("%d rows of 5", h.store.live)
	}
}
