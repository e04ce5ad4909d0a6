package list

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

// plainRows does what rows does in the plainest way: every image whole, all of
// them compared one with another.
type plainRows struct {
	images  map[string]model.Image
	only    map[string]bool
	pinned  map[string]bool
	filter  filter.Filter
	wrong   bool // it has a fault
	session api.Session
	order   int
	back    bool
}

func (p *plainRows) ids() []string {
	var ids []string
	if p.wrong {
		return nil
	}
	far := map[string]int{}
	for id, img := range p.images {
		c := p.closeness(img)
		switch {
		case p.pinned[id]:
			c = max(c, 0)
		case p.only != nil && !p.only[id]:
			continue
		}
		if c >= 0 {
			far[id] = c
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		x, y := p.images[a], p.images[b]
		way := p.compare(x, y)
		if p.back {
			way = -way
		}
		return cmp.Or(cmp.Compare(far[a], far[b]), way, y.CreatedAt.Compare(x.CreatedAt), strings.Compare(a, b))
	})
	return ids
}

func (p *plainRows) compare(x, y model.Image) int {
	switch orders[p.order].name {
	case "newest first":
		return y.CreatedAt.Compare(x.CreatedAt)
	case "by name":
		a, b := x.Name.Value, y.Name.Value
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	case "by status":
		return cmp.Compare(statusRank(x.Status), statusRank(y.Status))
	case "recently updated first":
		return y.UpdatedAt.Compare(x.UpdatedAt)
	case "largest first":
		return cmp.Compare(y.Size.Or(-1), x.Size.Or(-1))
	case "by visibility":
		return cmp.Compare(visibilityRank(x.Visibility), visibilityRank(y.Visibility))
	case "by project":
		return strings.Compare(x.Owner.Value, y.Owner.Value)
	}
	panic("an order without a test")
}

func (p *plainRows) closeness(img model.Image) int {
	if !p.filter.Keyed().Match(&img, p.session) {
		return -1
	}
	worst := 0
	for _, w := range p.filter.Free() {
		c := plainCloseness(img, w)
		if c < 0 {
			return -1
		}
		worst = max(worst, c)
	}
	return worst
}

func plainCloseness(img model.Image, w string) int {
	name := strings.ToLower(img.Name.Value)
	inTag := slices.ContainsFunc(img.Tags, func(t string) bool { return strings.Contains(strings.ToLower(t), w) })
	switch {
	case name == w, strings.ToLower(img.ID) == w:
		return 0
	case strings.HasPrefix(name, w):
		return 1
	case strings.Contains(name, w):
		return 2
	case inTag, strings.HasPrefix(strings.ToLower(img.ID), w):
		return 3
	}
	return -1
}

// filled is a watch that is told of images.
type filled struct{ *watch.Watch }

func fillable() filled { return filled{watch.New(viewer{}, 0, time.Time{})} }

// tell gives the places of the images that changed.
func (f filled) tell(ev watch.Event) (changed []int32) {
	for _, e := range f.Step(time.Time{}, ev) {
		switch e := e.(type) {
		case watch.Learned:
			for _, c := range e.Changes {
				changed = append(changed, c.Index)
			}
		case watch.Deleted:
			changed = append(changed, e.Images...)
		}
	}
	return changed
}

// Whatever comes, changes and goes, and however it is filtered and sorted, the
// rows are those that the plainest way gives.
func TestRowsFollow(t *testing.T) {
	session := api.Session{ProjectID: "b", ProjectNames: map[string]string{"a": "alpha"}}
	image := rapid.Custom(func(t *rapid.T) model.Image {
		pick := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(t, what) }
		at := func(what string) time.Time {
			if n := rapid.IntRange(-1, 5).Draw(t, what); n >= 0 {
				return uitest.Clock.Add(time.Duration(n) * time.Second)
			}
			return time.Time{}
		}
		img := model.Image{
			ID: pick("id", "a1", "a2", "A3", "b1", "b2", "b3", "c1", "c2", "c3", "d1"), Name: model.Some(pick("name", "", "aB", "ab", "Abc", "b a", "ubuntu-server", "a-b-c", "a-b-cd")),
			Status: rapid.SampledFrom(model.Statuses).Draw(t, "status"), Visibility: rapid.SampledFrom(model.Visibilities).Draw(t, "visibility"),
			Owner: model.Some(pick("owner", "a", "b", "c")), CreatedAt: at("created"), UpdatedAt: at("updated"),
			Properties: map[string]model.Opt[string]{}, Tags: model.NormalTags(strings.Fields(pick("tags", "", "a", "A b", "lts"))),
		}
		if n := rapid.Int64Range(-1, 3).Draw(t, "size"); n >= 0 {
			img.Size = model.Some(n << 20)
		}
		if v := pick("property", "", "x", "y"); v != "" {
			img.Properties["p"] = model.Some(v)
		}
		if u := pick("url", "", "http://mirror/x", "file:///y"); u != "" {
			img.Locations = []model.Location{{URL: u, Metadata: map[string]any{}}}
		}
		return img
	})
	rapid.Check(t, func(t *rapid.T) {
		l := fillable()
		r := newRows(l.Store(), session)
		var marked marks
		p := &plainRows{images: map[string]model.Image{}, session: session}
		var text string
		typed := func() {
			_ = r.filter(text, uitest.Clock)
			var err error
			p.filter, err = filter.Parse(text, uitest.Clock)
			fault := new(filter.Error)
			p.wrong = errors.As(err, &fault) && !fault.Begun
			p.pinned = nil
		}
		t.Repeat(map[string]func(*rapid.T){
			"page": func(t *rapid.T) {
				var touched []int32
				for _, img := range rapid.SliceOfN(image, 1, 6).Draw(t, "images") {
					changed := l.tell(watch.ImageRead{Image: img})
					touched = append(touched, changed...)
					if at, _ := l.Store().Find(img.ID); len(changed) == 0 {
						img = l.Store().Image(at)
					}
					p.images[img.ID] = img
				}
				r.update(touched...)
			},
			"gone": func(t *rapid.T) {
				id := image.Draw(t, "image").ID
				if gone := l.tell(watch.ImageDeleted{ID: id}); len(gone) > 0 {
					delete(p.images, id)
					r.update(gone...)
				}
			},
			"filter": func(t *rapid.T) {
				text = rapid.SampledFrom([]string{
					"", "a", "ab", "abc", "us", "ubserv", "a b", "b1", "lts", "!a", "status:act", "prop:p", "prop:p=x", "!prop:p=x a",
					"location:~mirror", "prop:p status:act", "location:~mirror !a", "prop:p=x location:~mirror", "owner:me", "owner:alpha", "size:>1M", "zz", "tag:a", "updated:<1h",
				}).Draw(t, "text")
				typed()
			},
			"letter": func(t *rapid.T) {
				text += rapid.SampledFrom(append(strings.Split("abcdrsu- !~", ""), "prop:p=~", "location:~m")).Draw(t, "letter")
				typed()
			},
			"letter less": func(*rapid.T) {
				text = text[:max(0, len(text)-1)]
				typed()
			},
			"sort": func(t *rapid.T) {
				p.order, p.back = rapid.IntRange(0, len(orders)-1).Draw(t, "order"), rapid.Bool().Draw(t, "back")
				r.sortBy(p.order, p.back)
			},
			"pin": func(t *rapid.T) {
				id := image.Draw(t, "image").ID
				r.pin(id)
				if p.pinned == nil {
					p.pinned = map[string]bool{}
				}
				p.pinned[id] = true
			},
			"only": func(t *rapid.T) {
				if rapid.Bool().Draw(t, "all") {
					p.only = nil
					r.showOnly(nil)
					return
				}
				p.only = map[string]bool{}
				marked.clear()
				for _, id := range []string{"a1", "b2", "c3", "d1"} {
					if at, known := l.Store().Find(id); known {
						marked.set(at, true)
						p.only[id] = true
					}
				}
				r.showOnly(&marked)
			},
			"": func(t *rapid.T) {
				var got []string
				for _, at := range r.shown {
					got = append(got, l.Store().ID(at))
				}
				if want := p.ids(); !slices.Equal(got, want) {
					t.Fatalf("%s, filter %q: rows %q, not %q", r.orderName(), text, got, want)
				}
			},
		})
	})
}

func TestAFilterAllocatesNothingForEachImage(t *testing.T) {
	l := large(t, 8192)
	for _, text := range []string{"ubuntu-server", "uusrv", "status:queued !gpu size:>1G", "prop:os_distro=ubuntu", "location:~snap"} {
		if n := testing.AllocsPerRun(5, func() { _ = l.rows.filter(text, uitest.Clock) }); n > 100 {
			t.Errorf("%q: %v allocations for %d images", text, n, l.store.Len())
		}
	}
}

// bytesAnImage is what an image may take in the list: the budget of 150 MB for
// the whole program at 100,000 images hangs on it.
const bytesAnImage = 510

func TestAListTakesLittleMemory(t *testing.T) {
	const n = 20_000
	before := modeltest.Heap()
	l := large(t, n)
	each := (modeltest.Heap() - before) / n
	t.Logf("%d bytes an image", each)
	if each > bytesAnImage {
		t.Errorf("an image takes %d bytes, more than %d", each, bytesAnImage)
	}
	l.markAll()
	if l.marked.n != n {
		t.Errorf("%d marks", l.marked.n)
	}
	if marked := (modeltest.Heap() - before) / n; marked > each+8 {
		t.Errorf("marking all takes %d bytes an image", marked-each)
	}
}
