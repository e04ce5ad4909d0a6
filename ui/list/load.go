package list

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

const (
	// firstPage is small: a server makes it in a fraction of the time of a whole
	// one, and it fills most terminals.
	firstPage = 25
	// pageSize is how many images the second page has. Later ones grow up to
	// mostPage, as long as they take no longer than longPage: a request costs the
	// server something however few images it asks for, but an edit waits for the
	// page that is under way.
	pageSize, mostPage = 100, 500
	longPage           = 500 * time.Millisecond
	// part is how many images are taken in between two keys.
	partSize = 100
)

// pass is one walk through the list of the server. Hidden images are in no
// list but their own, community images of others only where asked for
// (measured), so that everything takes two walks.
type pass int

const (
	visible pass = iota
	hidden
	passes
)

func (p pass) filter(narrow bool) url.Values {
	f := url.Values{}
	if !narrow {
		f.Set("visibility", "all")
	}
	if p == hidden {
		f.Set("os_hidden", "true")
	}
	return f
}

// walk is a sweep through all pages: the first one fills the list, later ones
// find what vanished.
type walk struct {
	n      int // counts walks; answers to an earlier one are stale
	pass   pass
	marker string
	busy   bool
	done   bool
	size   int // of the next page; 0 for the first one
	parts  int // of pages that came and are not taken in yet
	// endless is a list that was given up with err: it has more than
	// model.MostListed images, or the server does not go on in it.
	endless bool
	began   time.Time
	earlier []string // ids before the marker, to go on from where it is refused
	got     int
	err     error
	// narrow leaves "visibility=all" out: servers before the Image API 2.5
	// refuse it with 400.
	narrow bool
	cancel context.CancelFunc
	ended  time.Time
}

type pageMsg struct {
	n     int
	pass  pass
	asked screen.Asked
	size  int // that was asked for
	page  model.Page
	err   error
}

// partMsg is a further part of a page.
type partMsg struct {
	n, mark int
	asked   screen.Asked
	images  []model.Image
}

// begin starts a walk from the first page.
func (l *List) begin() tea.Cmd {
	if l.walk.cancel != nil {
		l.walk.cancel()
	}
	l.walk = walk{n: l.walk.n + 1, narrow: l.walk.narrow, began: l.ctx.Now()}
	return l.nextPage()
}

// failed is whether a page is missing without which the rest cannot be read.
func (w *walk) failed() bool { return w.done && w.err != nil && !w.endless }

// goOn asks again for the page that failed, or from another image on where the
// marker is one that the server does not take, since it is gone.
func (l *List) goOn() tea.Cmd {
	w := &l.walk
	f := new(model.Failure)
	if refused := errors.As(w.err, &f) && f.Exchange.Code >= 400 && f.Exchange.Code < 500; refused && w.marker != "" {
		if len(w.earlier) == 0 {
			return l.begin()
		}
		last := len(w.earlier) - 1
		w.marker, w.earlier = w.earlier[last], w.earlier[:last]
	}
	w.done = false
	return l.nextPage()
}

// mark is what the store remembers of an image that is met now: which walk, and
// in pages also which pass. It only grows.
func (l *List) mark() int { return l.walk.n * int(passes+1) }

func (w *walk) mark() int { return w.n*int(passes+1) + 1 + int(w.pass) }

func (l *List) nextPage() tea.Cmd {
	w := &l.walk
	if w.busy || w.done || w.pass == passes {
		return nil
	}
	size := max(w.size, pageSize)
	if l.nothingYet() {
		size = firstPage
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.busy, w.cancel = true, cancel
	service, n, p, marker, filter, asked := l.ctx.Service, w.n, w.pass, w.marker, w.pass.filter(w.narrow), l.ctx.Ask()
	return func() tea.Msg {
		defer cancel()
		page, err := service.Page(ctx, marker, size, filter)
		return pageMsg{n: n, pass: p, asked: asked, size: size, page: page, err: err}
	}
}

// grow sets the size of the next page by how long this one took.
func (w *walk) grow(size int, page model.Page) {
	if len(page.Images) < size {
		return // the last one of its list tells little
	}
	most := mostPage
	if page.Took > 0 {
		most = int(time.Duration(size) * longPage / page.Took)
	}
	w.size = max(pageSize, min(2*size, most, mostPage))
}

// tookPage takes in the first part of a page and asks for the next page. While the first walk is
// under way pages follow each other at once; later walks go on with the watch.
func (l *List) tookPage(msg pageMsg) tea.Cmd {
	w := &l.walk
	if msg.n != w.n || msg.pass != w.pass || w.done {
		return nil
	}
	w.busy = false
	if msg.err != nil {
		if f := new(model.Failure); errors.As(msg.err, &f) && f.Kind == model.FailedBadRequest && !w.narrow && w.marker == "" {
			w.narrow = true
			return l.nextPage()
		}
		w.err, w.done = msg.err, true
		l.watch.pages++
		l.watch.last = l.ctx.Now()
		if cmd := l.wake(); cmd != nil {
			return cmd
		}
		return l.schedule()
	}
	var around tea.Cmd
	if l.nothingYet() {
		around = l.askAround()
	}
	l.watch.pages = 0
	if !w.endless {
		w.err = nil
	}
	fresh := 0
	for _, img := range msg.page.Images {
		if l.store.meet(img.ID, w.mark()) {
			fresh++
		}
	}
	w.got += fresh
	w.grow(msg.size, msg.page)
	mark, images := w.mark(), msg.page.Images
	if n := len(images); n > 1 {
		w.earlier = w.earlier[:0]
		for _, img := range images[max(0, n-5) : n-1] {
			w.earlier = append(w.earlier, img.ID)
		}
	}
	w.marker = msg.page.Marker
	if w.pass == hidden && slices.ContainsFunc(images, notHidden) {
		l.noHidden, w.marker = true, "" // the server ignores the filter: these are all images once more
	}
	over := w.marker == ""
	switch {
	case !over && fresh == 0:
		w.err, w.endless, over = model.ListRepeats(w.got), true, true
	case !over && w.got > l.most:
		w.err, w.endless, over = model.ListEndless(w.got), true, true
		w.pass = hidden // and no more of it
	}
	if over {
		w.pass, w.marker, w.earlier = w.pass+1, "", nil
	}
	if w.pass == hidden && !l.hidesImages() {
		w.pass++
	}
	first := images[:min(len(images), partSize)]
	var rest []tea.Cmd
	for at := len(first); at < len(images); at += partSize {
		some := partMsg{n: w.n, mark: mark, asked: msg.asked, images: images[at:min(len(images), at+partSize)]}
		rest = append(rest, func() tea.Msg { return some })
		w.parts++
	}
	cmd := tea.Batch(l.takePart(first, msg.asked, mark), around, l.wake(), tea.Sequence(rest...))
	if w.pass < passes && l.firstWalk() {
		return tea.Batch(cmd, l.nextPage())
	}
	return tea.Batch(cmd, l.endWalk())
}

// tookPart takes in a further part of a page.
func (l *List) tookPart(msg partMsg) tea.Cmd {
	cmd := l.takePart(msg.images, msg.asked, msg.mark)
	if msg.n == l.walk.n {
		l.walk.parts--
	}
	return tea.Batch(cmd, l.endWalk())
}

func (l *List) takePart(images []model.Image, asked screen.Asked, mark int) tea.Cmd {
	cmd, _ := l.take(images, asked, l.firstWalk())
	for _, img := range images {
		l.store.meet(img.ID, mark)
	}
	return cmd
}

func notHidden(i model.Image) bool { return !i.Hidden && i.Knows("os_hidden") }

// hidesImages is whether the server can have hidden images. Without them no list
// of them is asked for.
func (l *List) hidesImages() bool { return !l.noHidden && l.ctx.Service.Session().HidesImages() }

// endWalk ends a walk of which all is taken in, and drops what no page of it
// held. Of a list that was given up, what was not read is not gone.
func (l *List) endWalk() tea.Cmd {
	w := &l.walk
	if w.pass < passes || w.parts > 0 || w.done {
		return nil
	}
	w.done, w.ended = true, l.ctx.Now()
	first := l.firstWalk()
	l.walks++
	if w.endless || first && w.n == 1 {
		return nil // nothing was there before
	}
	return l.vanish(l.store.unseen(l.mark()), l.ctx.Ask(), true)
}

// projectsMsg says that the session knows the projects' names now.
type projectsMsg struct{}

// askAround reads what the first rows need not wait for: the names of the
// projects and the API's version. A failure is no trouble: ids stand for names,
// and an unknown version has no calls of its own.
func (l *List) askAround() tea.Cmd {
	service := l.ctx.Service
	ask := func(what func(context.Context) tea.Msg) tea.Cmd {
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), slowest)
			defer cancel()
			return what(ctx)
		}
	}
	return tea.Batch(
		ask(func(ctx context.Context) tea.Msg {
			if names, err := service.Projects(ctx); err != nil || len(names) == 0 {
				return nil
			}
			return projectsMsg{}
		}),
		ask(func(ctx context.Context) tea.Msg {
			_, _ = service.Versions(ctx)
			return nil
		}),
	)
}

// nothingYet is true until the first page of the first walk is there.
func (l *List) nothingYet() bool {
	return l.firstWalk() && l.walk.pass == visible && l.walk.marker == ""
}

// firstWalk is true until the list was read once as a whole.
func (l *List) firstWalk() bool { return l.walks == 0 }

// loading is true while rows of the first walk are still to come.
func (l *List) loading() bool { return l.firstWalk() && !l.walk.done }
