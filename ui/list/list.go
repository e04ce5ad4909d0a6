// Package list is the screen with all images: it shows what package watch reads
// of them, filters and sorts what is there, and opens or edits the selected one.
package list

import (
	"context"
	"errors"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/watch"
)

// List is the screen. Make it with New.
type List struct {
	screen.Actions
	ctx   *screen.Context
	watch *watch.Watch
	store *watch.Store // the watch's
	rows  *rows
	// cancelPage ends the request for a page.
	cancelPage context.CancelFunc
	after      func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick; tests wait by themselves

	field     *input.Field
	typing    bool
	filterErr error // what is wrong with the filter, and
	begun     error // what it lacks while it is typed

	marked   marks
	lit      map[string]time.Time
	selected string           // the id under the cursor: rows move, the choice stays
	cursor   int              // its row
	opens    *tea.KeyPressMsg // opens the first row, once that is there; nil mostly
	offset   int              // the first visible row
	beside   beside

	width, height int
}

// New is the list of the context's service.
func New(ctx *screen.Context) *List {
	f := input.New()
	f.Placeholder = "search, for example: fedora status:queued size:>1G !visibility:public"
	l := &List{ctx: ctx, field: f, lit: map[string]time.Time{}, width: 80, height: 20, after: tea.Tick}
	l.watch = watch.New(viewer{l}, ctx.Options.Refresh, ctx.Now())
	l.store = l.watch.Store()
	l.rows = newRows(l.store, ctx.Service.Session())
	return l
}

// Init begins to read.
func (l *List) Init() tea.Cmd { return l.step(watch.Started{}) }

func (l *List) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case watchMsg:
		if msg.of != l {
			return nil
		}
		return tea.Batch(l.step(msg.Event), l.openFirst())
	case projectsMsg:
		l.keep(func() { l.rows.know(l.ctx.Service.Session()) }) // owner:NAME may match now
	case screen.Touched:
		return l.step(watch.UserActive{})
	case tea.FocusMsg:
		return l.step(watch.Focused{})
	case tea.BlurMsg:
		return l.step(watch.Blurred{})
	case litTick:
		l.dim()
	case screen.Sent:
		l.keep(func() { l.rows.pin(msg.After.ID) })
		return l.step(watch.EditSent{After: msg.After, Asked: msg.Asked})
	case screen.ImageSeen:
		return l.step(watch.ImageRead{Image: msg.Image, Asked: msg.Asked})
	case screen.ImageGone:
		return l.step(watch.ImageDeleted{ID: msg.ID, Asked: l.ctx.Ask()})
	case tea.PasteMsg:
		if l.typing && l.field.Update(msg) {
			l.applyFilter()
		}
	case tea.KeyPressMsg:
		if l.typing {
			return l.typeFilter(msg)
		}
		return l.key(msg)
	}
	return nil
}

func (l *List) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Up):
		l.move(l.cursor - 1)
	case key.Matches(msg, keys.Down):
		l.move(l.cursor + 1)
	case key.Matches(msg, keys.PgUp):
		l.move(l.cursor - max(1, l.visible()/2))
	case key.Matches(msg, keys.PgDown):
		l.move(l.cursor + max(1, l.visible()/2))
	case key.Matches(msg, keys.Top):
		l.move(0)
	case key.Matches(msg, keys.Bottom):
		l.move(len(l.rows.shown) - 1)
	case key.Matches(msg, keys.Filter):
		l.typing = true
		l.field.Focus()
	case key.Matches(msg, keys.Sort):
		l.keep(func() { l.rows.sortBy((l.rows.order+1)%len(orders), false) })
	case key.Matches(msg, keys.SortBack):
		l.keep(func() { l.rows.sortBy(l.rows.order, !l.rows.back) })
	case key.Matches(msg, keys.Mark):
		l.toggleMark()
	case key.Matches(msg, keys.MarkAll):
		l.markAll()
	case key.Matches(msg, keys.OnlyMarks):
		return l.onlyMarks()
	case key.Matches(msg, keys.Refresh):
		return l.step(watch.Reloaded{})
	case key.Matches(msg, keys.Back):
		return l.clear()
	case key.Matches(msg, keys.CopyID):
		return l.copyIDs()
	case key.Matches(msg, keys.Drafts):
		if len(l.ctx.Memory.Drafts()) == 0 {
			return l.Remark(screen.Info, "No drafts. Changes that you do not send are saved as drafts.")
		}
		return l.Do(screen.OpenDrafts{})
	case key.Matches(msg, keys.History):
		return l.Do(screen.OpenHistory{})
	case key.Matches(msg, keys.Open, keys.Edit):
		l.opens = &msg
		return l.openFirst()
	}
	return nil
}

// openFirst opens the selected image, or the first that a page brings where there
// is none yet.
func (l *List) openFirst() tea.Cmd {
	at, ok := l.index()
	k := l.opens
	if ok || !l.watch.Loading() {
		l.opens = nil
	}
	switch {
	case k == nil || !ok:
		return nil
	case key.Matches(*k, keys.Edit):
		return l.Do(screen.Edit{Image: l.store.Image(at), Asked: l.store.Asked(at)})
	}
	return l.Do(screen.Open{Image: l.store.Image(at), Asked: l.store.Asked(at)})
}

// Waits reports whether an image is to be opened as soon as the list has one.
func (l *List) Waits() screen.Waiting {
	if l.opens != nil {
		return screen.WaitsForNext
	}
	return screen.WaitsForNothing
}

// typeFilter gives keys to the filter line. The rows follow every letter, and
// the arrows move among them meanwhile.
func (l *List) typeFilter(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter":
		l.typing = false
		l.field.Blur()
		if l.begun != nil { // it is not to be gone on with
			l.filterErr = l.begun
			l.keep(l.rows.none)
		}
		return nil
	case "esc":
		return l.clear()
	case "up":
		l.move(l.cursor - 1)
		return nil
	case "down":
		l.move(l.cursor + 1)
		return nil
	case "pgup":
		l.move(l.cursor - max(1, l.visible()/2))
		return nil
	case "pgdown":
		l.move(l.cursor + max(1, l.visible()/2))
		return nil
	case "tab":
		return l.completeFilter()
	}
	if l.field.Update(msg) {
		l.applyFilter()
	}
	return nil
}

// applyFilter shows what matches, from the top: what one looks for is there.
func (l *List) applyFilter() {
	l.filterErr, l.begun = nil, nil
	err := l.rows.filter(l.field.Value(), l.ctx.Now())
	if f := new(filter.Error); errors.As(err, &f) {
		if f.Begun {
			l.begun = err
		} else {
			l.filterErr = err
		}
	}
	l.move(0)
}

// completeFilter takes the filter that is suggested, or completes its last term.
func (l *List) completeFilter() tea.Cmd {
	text, offers := l.suggested(), []string(nil)
	if text == "" {
		text, offers = filter.Complete(l.field.Value())
	}
	if text != l.field.Value() {
		l.field.SetValue(text)
		l.applyFilter()
	}
	if len(offers) > 0 {
		return l.Flash(screen.Info, strings.Join(offers, "  "))
	}
	return nil
}

// suggested is another filter, where the present one matches nothing; "" for none.
func (l *List) suggested() string {
	if len(l.rows.shown) > 0 || l.filterErr != nil || l.store.Live() == 0 {
		return ""
	}
	return filter.Suggest(l.field.Value())
}

// clear takes one thing away: the wish to open what is not there yet, the typing, the filter, the choice of marks,
// the marks.
func (l *List) clear() tea.Cmd {
	switch {
	case l.opens != nil:
		l.opens = nil
	case l.typing || l.field.Value() != "":
		l.typing = false
		l.field.Blur()
		l.field.SetValue("")
		l.filterErr, l.begun = nil, nil
		l.keep(func() { _ = l.rows.filter("", l.ctx.Now()) })
	case l.rows.only != nil:
		l.keep(func() { l.rows.showOnly(nil) })
	case l.marked.n > 0:
		l.marked.clear()
	}
	return nil
}

func (l *List) toggleMark() {
	at, ok := l.index()
	if !ok {
		return
	}
	l.marked.set(at, !l.marked.has(at))
	l.move(l.cursor + 1)
}

// markAll marks all that is shown, or unmarks it where all was marked.
func (l *List) markAll() {
	all := true
	for _, at := range l.rows.shown {
		all = all && l.marked.has(at)
	}
	for _, at := range l.rows.shown {
		l.marked.set(at, !all)
	}
}

func (l *List) onlyMarks() tea.Cmd {
	only := &l.marked
	switch {
	case l.rows.only != nil:
		only = nil
	case l.marked.n == 0:
		return l.Remark(screen.Info, "No images marked. Press space to mark one.")
	}
	l.keep(func() { l.rows.showOnly(only) })
	return nil
}

func (l *List) copyIDs() tea.Cmd {
	var ids []string
	for at := range int32(l.store.Len()) {
		if l.marked.has(at) && !l.store.Deleted(at) {
			ids = append(ids, l.store.ID(at))
		}
	}
	what := draw.Count(len(ids), "id")
	if len(ids) == 0 {
		img, ok := l.current()
		if !ok {
			return nil
		}
		ids, what = []string{img.ID}, "the id"
	}
	return l.Do(screen.Copy{What: what, Text: strings.Join(safe.Lines(strings.Join(ids, "\n")), "\n")})
}

// current is the image under the cursor, whole.
func (l *List) current() (model.Image, bool) {
	at, ok := l.index()
	if !ok {
		return model.Image{}, false
	}
	return l.store.Image(at), true
}

// index is the place of the image under the cursor in the store.
func (l *List) index() (at int32, ok bool) {
	if l.cursor < 0 || l.cursor >= len(l.rows.shown) {
		return 0, false
	}
	return l.rows.shown[l.cursor], true
}

// move puts the cursor on a row and scrolls as little as possible.
func (l *List) move(to int) {
	l.cursor = max(0, min(to, len(l.rows.shown)-1))
	l.selected = ""
	if at, ok := l.index(); ok {
		l.selected = l.store.ID(at)
	}
	l.scroll()
}

func (l *List) scroll() {
	n := l.visible()
	l.offset = min(l.offset, l.cursor)
	l.offset = max(l.offset, l.cursor-n+1)
	l.offset = max(0, min(l.offset, len(l.rows.shown)-n))
}

// keep changes the rows in such a way that the selected image stays selected
// and, below the top of the list, where it was on the screen.
func (l *List) keep(change func()) {
	from, top := l.cursor-l.offset, l.offset == 0
	change()
	if l.cursor == 0 && l.offset == 0 && l.watch.Loading() {
		l.move(0) // no one chose anything yet
		return
	}
	if at := l.rows.indexOf(l.selected); at >= 0 {
		l.cursor, l.offset = at, at-from
		if top {
			l.offset = 0 // at the top of the list what is new shows up
		}
		l.scroll()
		return
	}
	l.move(l.cursor)
}

// SetSize is the room for View.
func (l *List) SetSize(width, height int) {
	l.width, l.height = width, height
	l.scroll()
	l.showBeside() // all is drawn again anyway
}

// Title is "" : the list is where one is when nowhere else.
func (l *List) Title() string { return "" }

// Typing is true while the filter takes letters.
func (l *List) Typing() bool { return l.typing }

// Unsaved is always "": a list holds no edit.
func (l *List) Unsaved() string { return "" }

// Keys are the list's keys.
func (l *List) Keys() keys.Help {
	if l.typing {
		return keys.Help{
			Footer: []key.Binding{keys.KeepFilter, keys.DropFilter, keys.Complete, keys.ClearLine, keys.MoveInRows},
			Groups: []keys.Group{{Name: "Filter", Keys: []key.Binding{keys.KeepFilter, keys.DropFilter, keys.Complete, keys.ClearLine, keys.MoveInRows}}, filterTerms()},
		}
	}
	return keys.Help{
		Footer: []key.Binding{keys.Edit, keys.Open, keys.Filter, keys.Sort, keys.Mark, keys.History, keys.Refresh},
		Groups: []keys.Group{
			{Name: "Images", Keys: []key.Binding{keys.Open, keys.Edit, keys.CopyID, keys.Refresh}},
			{Name: "Edits", Keys: []key.Binding{keys.Drafts, keys.History}},
			{Name: "Find and mark", Keys: []key.Binding{keys.Filter, keys.Sort, keys.SortBack, keys.Mark, keys.MarkAll, keys.OnlyMarks}},
			keys.Moving(), filterTerms(),
		},
	}
}

// filterTerms explains the filter in the help.
func filterTerms() keys.Group {
	g := keys.Group{Name: "Filter syntax", Wide: true}
	for _, t := range filter.Terms() {
		g.Keys = append(g.Keys, key.NewBinding(key.WithHelp(t.Form, t.Means)))
	}
	return g
}
