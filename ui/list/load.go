package list

import (
	"context"
	"errors"
	"fmt"
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
	// pageSize is large enough for the server's cost of a request to be shared by
	// many rows, and small enough for other requests to get their turn.
	pageSize = 100
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
	// endless is a list that was given up: it has more than model.MostListed
	// images, and an end that nobody saw.
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
	page  model.Page
	err   error
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
	if w.busy || w.done {
		return nil
	}
	size := pageSize
	if l.nothingYet() {
		size = firstPage
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.busy, w.cancel = true, cancel
	service, n, p, marker, filter, asked := l.ctx.Service, w.n, w.pass, w.marker, w.pass.filter(w.narrow), l.ctx.Ask()
	return func() tea.Msg {
		defer cancel()
		page, err := service.Page(ctx, marker, size, filter)
		return pageMsg{n: n, pass: p, asked: asked, page: page, err: err}
	}
}

// tookPage takes in a page and asks for the next. While the first walk is
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
	w.err, l.watch.pages = nil, 0
	fresh := 0
	for _, img := range msg.page.Images {
		if l.store.meet(img.ID, w.mark()) {
			fresh++
		}
	}
	w.got += fresh
	taken, _ := l.take(msg.page.Images, msg.asked, l.firstWalk())
	cmd := tea.Batch(taken, around, l.wake())
	for _, img := range msg.page.Images {
		l.store.meet(img.ID, w.mark())
	}
	if n := len(msg.page.Images); n > 1 {
		w.earlier = w.earlier[:0]
		for _, img := range msg.page.Images[max(0, n-5) : n-1] {
			w.earlier = append(w.earlier, img.ID)
		}
	}
	w.marker = msg.page.Marker
	if w.got > l.most && w.marker != "" && fresh > 0 {
		l.giveUp()
		return cmd
	}
	if w.pass == hidden && slices.ContainsFunc(msg.page.Images, notHidden) {
		l.noHidden, w.marker = true, "" // the server ignores the filter: these are all images once more
	}
	if w.marker == "" || fresh == 0 {
		w.pass, w.marker, w.earlier = w.pass+1, "", nil
	}
	if w.pass == hidden && !l.hidesImages() {
		w.pass++
	}
	if w.pass == passes {
		return tea.Batch(cmd, l.endWalk())
	}
	if l.firstWalk() {
		return tea.Batch(cmd, l.nextPage())
	}
	return cmd
}

func notHidden(i model.Image) bool { return !i.Hidden && i.Knows("os_hidden") }

// hidesImages is whether the server can have hidden images. Without them no list
// of them is asked for.
func (l *List) hidesImages() bool { return !l.noHidden && l.ctx.Service.Session().HidesImages() }

// giveUp ends a walk that would never end. What was read stays; what was not
// read is not gone.
func (l *List) giveUp() {
	l.walk.done, l.walk.endless, l.walk.ended = true, true, l.ctx.Now()
	l.walk.err = &model.Failure{
		Doing: "read the whole list", Kind: model.FailedNotAnImage,
		Means:  fmt.Sprintf("The list has no end: the server gave %d images, and offers more.", l.walk.got),
		Advice: "work with those that were read, and tell the cloud's operators",
	}
	l.walks++
}

// endWalk drops what no page of a whole walk held.
func (l *List) endWalk() tea.Cmd {
	l.walk.done, l.walk.ended = true, l.ctx.Now()
	first := l.firstWalk()
	l.walks++
	if first && l.walk.n == 1 {
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
