package screen_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// book is a history with one entry.
type book struct {
	screen.Keeper
	ended []record.Result
}

func (b *book) Begin(record.Entry) (string, error) { return "1", nil }

func (b *book) End(_ string, e record.Result) error { b.ended = append(b.ended, e); return nil }

func (b *book) outcome() record.Outcome {
	if len(b.ended) == 0 {
		return record.OutcomeOpen
	}
	return b.ended[len(b.ended)-1].Outcome
}

// journey is a run whose request waits to be run.
type journey struct {
	*screen.Run
	screen.Actions
	service *fakeservice.Service
	book    *book
	ctx     *screen.Context
	request tea.Cmd
}

func renaming(t *testing.T) *journey {
	t.Helper()
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Name = model.Some("renamed")
	j := &journey{service: fakeservice.New(base), book: &book{}}
	j.ctx = uitest.Context(j.service)
	j.ctx.Keeper = j.book
	j.Run = screen.NewRun(j.ctx, edit.New(base, wanted, rules.Rules{}, edit.Options{Stay: true}))
	reading := j.Step(&j.Actions, edit.Agree{})
	entry := j.Take(&j.Actions, reading().(screen.Happened))
	j.request = j.Take(&j.Actions, entry().(screen.Happened))
	if j.Edit().State() != edit.Sending || len(j.service.Patches()) > 0 {
		t.Fatalf("%s", j.Edit().State())
	}
	return j
}

// goOn runs commands until nothing more comes, with take for what they
// came to.
func (j *journey) goOn(take func(screen.Happened) tea.Cmd, cmd tea.Cmd) {
	todo := []tea.Cmd{cmd}
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		if next == nil {
			continue
		}
		switch msg := next().(type) {
		case tea.BatchMsg:
			todo = append(todo, msg...)
		case screen.Happened:
			todo = append(todo, take(msg))
		}
	}
}

func (j *journey) left(h screen.Happened) tea.Cmd { return j.TakeLeft(&j.Actions, h, 100) }

// TestARunOutlivesItsScreen: the request is run, its answer told and
// written down, and the image read once, whoever looks on.
func TestARunOutlivesItsScreen(t *testing.T) {
	id := uitest.Active().ID
	for name, c := range map[string]struct {
		server  func(*journey)
		outcome record.Outcome
		says    []string
	}{
		"accepted": {func(*journey) {}, record.OutcomeApplied, []string{"The abandoned edit of"}},
		"refused": {func(j *journey) {
			j.service.BeforePatch = func(context.Context) error {
				return fakeservice.Refused(403, "no", "send the edit", api.Exchange{})
			}
		}, record.OutcomeRejected, []string{"Response to the abandoned edit of"}},
		"lost, but applied": {func(j *journey) {
			j.service.AfterPatch = func() error { return fakeservice.Lost() }
		}, record.OutcomeApplied, []string{"Response to the abandoned edit of"}},
		"lost": {func(j *journey) {
			j.service.BeforePatch = func(context.Context) error { return fakeservice.Lost() }
		}, record.OutcomeOpen, []string{"Response to the abandoned edit of"}}, // the next start finds out
		"overwritten": {func(j *journey) {
			j.service.BeforeGet = func(context.Context, int) error {
				j.service.Change(id, func(i *model.Image) { i.Name = uitest.Active().Name })
				return nil
			}
		}, record.OutcomeOverwritten, []string{"was accepted", "was overwritten by another edit"}},
	} {
		for _, esc := range []bool{true, false} { // or the screen went with others
			j := renaming(t)
			if esc {
				j.goOn(func(h screen.Happened) tea.Cmd { return j.Take(&j.Actions, h) }, j.Step(&j.Actions, edit.Stop{}))
				j.Leave(&j.Actions)
			}
			if _, busy := j.ctx.InFlight.Since(id); !busy {
				t.Errorf("%s: another edit could be sent", name)
			}
			c.server(j)
			j.TakeActions()
			reads := j.service.Gets()
			j.goOn(j.left, j.request)
			if _, busy := j.ctx.InFlight.Since(id); busy || len(j.service.Patches()) != 1 {
				t.Errorf("%s: %d requests, still in flight: %t", name, len(j.service.Patches()), busy)
			}
			var said []string
			open := false
			for _, m := range j.TakeActions() {
				switch m := m.(type) {
				case screen.Flash:
					said = append(said, m.Text)
				case screen.LeftOpen:
					if c.outcome != record.OutcomeOpen || m.Entry.ID != "1" || m.Entry.Service != j.service.Session().ServiceID() {
						t.Errorf("%s: left open is %+v", name, m.Entry)
					}
					open = true
				case screen.Sent:
					t.Errorf("%s: the others are told of a success, and a draft would go", name)
				}
			}
			if open != (c.outcome == record.OutcomeOpen) {
				t.Errorf("%s: left open: %t", name, open)
			}
			if len(said) != len(c.says) || slices.ContainsFunc(c.says, func(s string) bool { return !strings.Contains(strings.Join(said, "\n"), s) }) {
				t.Errorf("%s: said %q", name, said)
			}
			if j.book.outcome() != c.outcome || !j.Edit().State().Ended() || j.Edit().Awaits() {
				t.Errorf("%s: %s, the history has %q", name, j.Edit().State(), j.book.outcome())
			}
			if most := reads + 2; j.service.Gets() > most {
				t.Errorf("%s: it was read %d times though no one looks on", name, j.service.Gets()-reads)
			}
		}
	}
}

// TestAnOlderReadingIsNoNews: the clocks of a cloud differ, so the order of the
// requests decides.
func TestAnOlderReadingIsNoNews(t *testing.T) {
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Name = model.Some("renamed")
	ctx := uitest.Context(fakeservice.New(base))
	old := ctx.Ask()
	run := screen.NewRun(ctx, edit.New(base, wanted, rules.Rules{}, edit.Options{}))
	theirs := base.Clone()
	theirs.Tags = []string{"theirs"}
	another := theirs.Clone()
	another.ID = "another"
	for _, msg := range []tea.Msg{
		screen.ImageSeen{Image: theirs, Asked: old}, screen.ImageSeen{Image: another, Asked: ctx.Ask()}, screen.ImageGone{ID: "another"},
	} {
		if run.Hear(&screen.Actions{}, msg); len(run.Edit().Meanwhile()) > 0 || run.Edit().Gone() {
			t.Errorf("%+v is taken", msg)
		}
	}
	run.Hear(&screen.Actions{}, screen.ImageSeen{Image: theirs, Asked: ctx.Ask()})
	if len(run.Edit().Meanwhile()) != 1 {
		t.Error("news is dropped")
	}
	run.Hear(&screen.Actions{}, screen.ImageGone{ID: base.ID})
	if !run.Edit().Gone() {
		t.Error("it is not gone")
	}
}
