package demo

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

func TestSyntheticImagesFollowFromTheirNumber(t *testing.T) {
	clock := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	build := func(seed int64) *store { return New(Options{Images: 500, Seed: seed, Still: true, Now: clock}).images }
	one, same, other := build(1), build(1), build(2)
	if len(one.order) != 500 {
		t.Fatalf("%d images", len(one.order))
	}
	differs := 0
	for n, e := range one.order {
		a, b := fmt.Sprintf("%+v", one.load(e)), fmt.Sprintf("%+v", same.load(same.order[n]))
		if a != b {
			t.Fatalf("not the same again:\n%s\n%s", a, b)
		}
		differs += boolInt(other.byID[e.id] == nil)
	}
	if differs < 400 {
		t.Errorf("another seed changes %d images of 500", differs)
	}
}

func TestASyntheticImageCanBeChanged(t *testing.T) {
	s := New(Options{Empty: true, Images: 10})
	id := s.images.order[3].id
	ok := s.images.change(id, func(r *record) bool {
		r.image.Name = model.Some("mine")
		r.image.Status = model.StatusDeactivated
		return true
	})
	e := s.images.byID[id]
	if r := s.images.load(e); !ok || r.image.Name != model.Some("mine") || e.status != model.StatusDeactivated {
		t.Errorf("%+v", r.image)
	}
	if _, ok := s.images.remove(id); !ok || len(s.images.order) != 9 {
		t.Errorf("%d images left", len(s.images.order))
	}
}

func TestTheOrderOfCreationHolds(t *testing.T) {
	s := New(Options{Images: 2000})
	order := s.images.order
	for n := 1; n < len(order); n++ {
		if order[n].before(order[n-1]) {
			t.Fatalf("%v after %v", order[n].created, order[n-1].created)
		}
	}
}

// A service of 100,000 images starts at once, is small, and a page costs what
// is on it.
func TestAHundredThousandImages(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 100,000 images")
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := New(Options{Images: 100_000, Still: true})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(s.images.order) != 100_000 {
		t.Fatalf("%d images", len(s.images.order))
	}
	if used := (after.HeapAlloc - before.HeapAlloc) >> 20; used > 40 {
		t.Errorf("they take %d MiB", used)
	}
	runtime.KeepAlive(s)
}

func pageOf(b testing.TB, s *Server, query string) []byte {
	ps := readQuery(query)
	q, err := newListQuery(append(parameters{}, ps...))
	if err != nil {
		b.Fatal(err)
	}
	q.who = robot
	page, err := s.images.page(q)
	if err != nil {
		b.Fatal(err)
	}
	c := &call{Server: s, who: robot}
	return c.appendPage(ps, page, q.limit)
}

func BenchmarkPage(b *testing.B) {
	s := New(Options{Images: 100_000, Still: true})
	middle := s.images.order[50_000].id
	for name, query := range map[string]string{
		"first":   "limit=100",
		"middle":  "limit=100&marker=" + middle,
		"poll":    "limit=100&updated_at=gte:2026-11-23T00:00:00Z",
		"status":  "limit=100&status=queued",
		"by name": "limit=100&sort=name:asc",
		"no hit":  "limit=100&colour=red",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				pageOf(b, s, query)
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	for _, n := range []int{0, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				New(Options{Images: n})
			}
		})
	}
}
