package faults

import (
	"bytes"
	"flag"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	inject "github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/test/summary"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

var seed = flag.Uint64("monkey.seed", 0, "repeat a monkey test with this seed")

// monkeyKeys are pressed at random, the first ones more often.
var monkeyKeys = []string{
	"enter", "enter", "enter", "esc", "esc", "e", "e", "ctrl+s", "ctrl+s", "tab", "tab", "j", "j", "x", "!", "r", "m", "t", "b",
	"k", "down", "up", "left", "right", "space", "backspace", "ctrl+k", "ctrl+r", "ctrl+z", "ctrl+y", "/", ":", "?", "f1", "s", "S",
	"g", "G", "d", "y", "c", "o", "1", "H", "D", "u", "v", "J", "shift+tab", "pgdown", "pgup", "home", "end", "delete", "alt+up", "n",
}

// edits are the bodies of the PATCHes that came to the service.
type edits struct {
	mu  sync.Mutex
	all [][]byte
}

func (e *edits) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				body = []byte("half an edit: " + err.Error())
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			e.mu.Lock()
			e.all = append(e.all, body)
			e.mu.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

// events is how many events the monkey makes: GLANCE_TUI_EVENTS, or what takes
// a few seconds.
func events(t *testing.T) int {
	t.Helper()
	text := os.Getenv("GLANCE_TUI_EVENTS")
	if text == "" {
		return 20_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("GLANCE_TUI_EVENTS is no number of events: %q", text)
	}
	return n
}

// drain gives the messages that are there, and those of the next moment.
func (p *player) drain(moment time.Duration) {
	over := time.After(moment)
	for {
		select {
		case m := <-p.msgs:
			p.give(m)
			continue
		default:
		}
		select {
		case m := <-p.msgs:
			p.give(m)
		case <-over:
			return
		}
	}
}

// Whatever is pressed and whatever goes wrong: nothing panics, the screen fits
// its window, and every edit that comes to the service was reviewed, is whole,
// and comes once.
func TestMonkey(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("repeat it with: go test ./test/faults -run TestMonkey -monkey.seed %d", *seed)
	synctest.Test(t, monkey)
}

func monkey(t *testing.T) {
	chance := rand.New(rand.NewPCG(*seed, 4))
	server := demo.New(demo.Options{ImportTime: 50 * time.Millisecond})
	came := &edits{}
	p := &player{TB: t, server: server, dial: demotest.Serve(t, came.wrap(server.Handler()))}
	reviewed := map[string]int{} // how often each patch was reviewed and sent
	onReview := false            // the last key was enter, on a review
	p.saw = func(m tea.Msg) {
		switch m := m.(type) {
		case tea.KeyPressMsg:
			onReview = onReview || m.String() == "enter" && strings.Contains(p.root.View().WindowTitle, "Review ")
		case screen.Send:
			plan := m.Run.Edit().Plan()
			if !onReview {
				t.Errorf("sent without an enter on a review: %s", plan.Patch.JSON())
			}
			onReview = false
			for _, r := range plan.Patches() {
				reviewed[string(r.JSON())]++
			}
		}
	}
	p.begin(settings{refresh: 50 * time.Millisecond})
	kinds := inject.Kinds()
	done, width, height := 0, 100, 44
	for total := events(t); done < total && !t.Failed(); done++ {
		switch n := chance.IntN(200); {
		case n < 3:
			k := kinds[chance.IntN(len(kinds))]
			if k.Name == "huge" || k.Name == "endless-new" { // they only cost time
				continue
			}
			place := inject.Places()[chance.IntN(len(inject.Places()))].Name
			p.fault(place + ":" + k.Name + "@1-" + strconv.Itoa(1+chance.IntN(6)))
		case n < 6:
			p.fault()
		case n == 6:
			width, height = 1+chance.IntN(170), 1+chance.IntN(50)
			p.give(tea.WindowSizeMsg{Width: width, Height: height})
		case n == 7:
			p.give(tea.PasteMsg{Content: "pasted \x1b[31m\u202e\n"})
		case n == 8: // a short story, for chance alone seldom tells one
			for _, name := range []string{"esc", "esc", "esc", "e", "x", "ctrl+s", "enter", "enter"} {
				p.give(uitest.Key(name))
				p.drain(3 * time.Millisecond)
				done++
			}
		default:
			p.give(uitest.Key(monkeyKeys[chance.IntN(len(monkeyKeys))]))
		}
		p.drain(0)
		if chance.IntN(20) == 0 { // answers take a moment
			p.drain(time.Millisecond)
		}
		if done%20 == 0 {
			if why := uitest.Fits(p.root.View().Content, width, height); why != "" {
				t.Errorf("event %d, at %dx%d: %s\n%s", done, width, height, why, p.screen())
			}
		}
	}
	came.mu.Lock()
	defer came.mu.Unlock()
	for _, body := range came.all {
		if reviewed[string(body)]--; reviewed[string(body)] < 0 {
			t.Errorf("came without a review, or again: %s", body)
		}
	}
	if err := summary.Add("random events survived: %d (seed %d, %d edits, each reviewed and sent once)", done, *seed, len(came.all)); err != nil {
		t.Error(err)
	}
}
