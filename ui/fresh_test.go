package ui

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// look is how often the lists of these tests look.
const look = 5 * time.Second

// running is the whole program as the runtime runs it, in a synctest bubble: its
// commands run beside it, and its time is the bubble's.
type running struct {
	program
	t    *testing.T
	msgs chan tea.Msg
	// service is its cloud. Each of its hosts has a clock: skew is that of the one
	// that answers next.
	service *fakeservice.Service
	mu      sync.Mutex
	skew    time.Duration
}

func runs(t *testing.T, images ...model.Image) *running {
	for n := range images {
		images[n].CreatedAt = time.Now().Add(-time.Hour)
		images[n].UpdatedAt = images[n].CreatedAt
	}
	r := &running{t: t, msgs: make(chan tea.Msg, 1000), service: fakeservice.New(images...)}
	r.service.Now = func() time.Time {
		r.mu.Lock()
		defer r.mu.Unlock()
		return time.Now().Add(r.skew)
	}
	ctx := uitest.Context(r.service)
	ctx.Memory, ctx.Now, ctx.Options.Refresh, ctx.Options.Still = nil, time.Now, look, false
	r.program = program{New(Config{Context: ctx, Connector: &connector{service: r.service}, FixedTheme: true})}
	r.do(r.Update(tea.WindowSizeMsg{Width: 100, Height: 30}), r.Init())
	return r
}

// do runs commands, and takes in what they and others before them give.
func (r *running) do(cmds ...tea.Cmd) {
	for _, cmd := range cmds {
		r.begin(cmd)
	}
	for {
		synctest.Wait()
		select {
		case msg := <-r.msgs:
			r.begin(r.Update(msg))
		default:
			return
		}
	}
}

func (r *running) begin(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if cmds, inOrder, wrapped := uitest.Wrapped(msg); wrapped {
			for _, c := range cmds {
				if inOrder {
					r.msgs <- c()
				} else {
					r.begin(c)
				}
			}
			return
		}
		r.msgs <- msg
	}()
}

func (r *running) press(steps ...[]tea.Msg) {
	for _, keys := range steps {
		for _, k := range keys {
			r.do(r.Update(k))
		}
	}
}

// pass lets time pass.
func (r *running) pass(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(min(100*time.Millisecond, time.Until(end)))
		r.do()
	}
}

// host has the next answers given by a host whose clock differs by so much.
func (r *running) host(skew time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.skew = skew
}

// stop ends what the program waits for.
func (r *running) stop() {
	go func() {
		for range r.msgs {
		}
	}()
	time.Sleep(time.Hour)
	synctest.Wait()
	close(r.msgs)
}

func (r *running) has(texts ...string) { r.t.Helper(); has(r.t, r.program, texts...) }

func (r *running) hasNot(texts ...string) {
	r.t.Helper()
	for _, s := range texts {
		if strings.Contains(r.screen(), s) {
			r.t.Errorf("%q on\n%s", s, r.screen())
		}
	}
}

// Two edits one after another, the second through a host whose clock is six
// seconds behind.
func TestAnOwnEditCountsWhateverTheServersClockShows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := runs(t, uitest.Fedora())
		defer r.stop()
		r.pass(20 * time.Second)
		r.press(uitest.Keys("e"), uitest.Type(" A"), uitest.Keys("ctrl+s", "enter", "esc"))
		r.has("Fedora 17 A")
		r.pass(2 * time.Second)
		r.host(-6 * time.Second)
		r.press(uitest.Keys("e"), uitest.Type("B"), uitest.Keys("ctrl+s", "enter", "esc"))
		r.has("STATUS", "Fedora 17 AB")
		r.press(uitest.Keys("e"), uitest.Type("C"), uitest.Keys("ctrl+s"))
		r.hasNot("omebody else", "omeone else")
		r.press(uitest.Keys("enter", "esc"))
		r.has("STATUS", "Fedora 17 ABC")
		r.pass(time.Minute)
		r.has("Fedora 17 ABC")
		r.hasNot("another edit")
	})
}

// Changes and deletions by others, through a host whose clock is right, or eight
// seconds behind, are shown within two looks in the list and within one on a screen of
// the image.
func TestWhatOthersDoIsSeenWhateverTheServersClockShows(t *testing.T) {
	fedora := uitest.Fedora()
	theirs := func(i *model.Image) { i.Name, i.Tags = model.Some("theirs"), fedora.Tags }
	edit := append(uitest.Keys("e", "tab"), append(uitest.Type("lts"), uitest.Keys("enter", "ctrl+s")...)...)
	one, two := look+time.Second, 2*look+time.Second
	for name, test := range map[string]struct {
		keys   []tea.Msg
		within time.Duration
		shows  string
		gone   string
	}{
		"the list":     {nil, two, "theirs", "was deleted"},
		"the detail":   {uitest.Keys("enter"), one, "theirs", "This image was deleted"},
		"its JSON":     {uitest.Keys("enter", "J"), one, `"name": "theirs"`, "This image was deleted"},
		"the form":     {uitest.Keys("e"), one, "Changed on the server in the meantime: name", "was deleted"},
		"the review":   {edit, one, "Someone else changed this image", "This image was deleted"},
		"the response": {append(slices.Clone(edit), uitest.Key("enter")), one, "Another edit overwrote your edit", "was deleted"},
	} {
		for _, skew := range []time.Duration{0, -8 * time.Second} {
			t.Run(fmt.Sprint(name, skew), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					r := runs(t, fedora, uitest.Active())
					defer r.stop()
					r.press(uitest.Keys("/"), uitest.Type("id:da3"), uitest.Keys("enter"))
					r.pass(time.Minute)
					r.press(test.keys)
					r.pass(20 * time.Second)
					r.host(skew)
					r.service.Change(fedora.ID, theirs)
					r.pass(test.within)
					r.has(test.shows)
					r.pass(30 * time.Second)
					r.service.Delete(fedora.ID)
					r.pass(test.within)
					r.has(test.gone)
				})
			})
		}
	}
}
