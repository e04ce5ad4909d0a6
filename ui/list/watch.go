package list

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/watch"
)

// longestPoll ends a request that no one needs to wait for, however bad the
// connection.
const longestPoll = time.Minute

// watchMsg is an event for the watch of one list.
type watchMsg struct {
	of *List
	watch.Event
}

// projectsMsg says that the session knows the projects' names now.
type projectsMsg struct{}

// step gives an event to the watch, and does what it asks for.
func (l *List) step(ev watch.Event) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range l.watch.Step(l.ctx.Now(), ev) {
		switch e := e.(type) {
		case watch.Ask:
			cmds = append(cmds, l.ask(e))
		case watch.Wake:
			cmds = append(cmds, l.after(e.After, func(time.Time) tea.Msg { return watchMsg{l, watch.Woken{Tag: e.Tag}} }))
		case watch.Continue:
			cmds = append(cmds, func() tea.Msg { return watchMsg{l, watch.Continued{}} })
		case watch.AskNames:
			cmds = append(cmds, l.askNames())
		case watch.Learned:
			cmds = append(cmds, l.learned(e))
		case watch.Deleted:
			l.dropped(e)
		case watch.Read:
			l.Do(screen.ImageSeen{Image: e.Image, Asked: e.Asked})
		case watch.Changed:
			l.Do(screen.ImagesChanged{Images: e.Images, Asked: e.Asked})
		}
	}
	return tea.Batch(cmds...)
}

// ask sends a request of the watch. A page ends the request for the one before.
func (l *List) ask(a watch.Ask) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	if a.Request.Kind == watch.AskPage {
		if l.cancelPage != nil {
			l.cancelPage()
		}
		l.cancelPage = cancel
	}
	service, r, got := l.ctx.Service, a.Request, watch.Responded{Tag: a.Tag, Asked: l.ctx.Ask()}
	return func() tea.Msg {
		defer cancel()
		if r.Kind != watch.AskPage {
			ctx, cancel = context.WithTimeout(ctx, longestPoll)
			defer cancel()
		}
		switch r.Kind {
		case watch.AskPage:
			got.Page, got.Err = service.Page(ctx, r.Marker, r.Limit, r.Filter())
		case watch.AskLatest:
			got.Page, got.Err = service.LastChanged(ctx, r.Filter())
		case watch.AskSince:
			got.Page, got.Err = service.ChangedSince(ctx, r.Since, r.Limit, r.Filter())
		case watch.AskIDs:
			got.Page.Images, got.Err = service.Listed(ctx, r.IDs, r.Filter())
		case watch.AskOne:
			img, err := service.Get(ctx, r.IDs[0])
			got.Page.Images, got.Err = append(got.Page.Images, img), err
		}
		return watchMsg{l, got}
	}
}

// askNames asks for the names of the projects and the API's version. A failure
// does not matter: IDs stand for names, and an unknown version has no calls of its
// own.
func (l *List) askNames() tea.Cmd {
	service := l.ctx.Service
	within := func(what func(context.Context) tea.Msg) tea.Cmd {
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), longestPoll)
			defer cancel()
			return what(ctx)
		}
	}
	return tea.Batch(
		within(func(ctx context.Context) tea.Msg {
			if names, err := service.Projects(ctx); err != nil || len(names) == 0 {
				return nil
			}
			return projectsMsg{}
		}),
		within(func(ctx context.Context) tea.Msg {
			_, _ = service.Versions(ctx)
			return nil
		}),
	)
}

// viewer tells the watch what the user has before them.
type viewer struct{ *List }

func (v viewer) OpenImage() string { return v.ctx.OnScreen }

func (v viewer) HidesImages() bool { return v.ctx.Service.Session().HidesImages() }

func (v viewer) VisibleRows() []int32 {
	var rows []int32
	selected, ok := v.index()
	if ok {
		rows = append(rows, selected)
	}
	for row := v.offset; row < min(v.offset+v.visible(), len(v.rows.shown)); row++ {
		if at := v.rows.shown[row]; at != selected || !ok {
			rows = append(rows, at)
		}
	}
	return rows
}

func (v viewer) Marked() func(int32) bool {
	if v.marked.n == 0 {
		return nil
	}
	return v.marked.has
}
