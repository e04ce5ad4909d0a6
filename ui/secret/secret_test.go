package secret_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/secret"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

var needed = &api.SecretNeeded{
	Key: "password", What: "password", Of: "alice", Where: "cloud openstack", AuthURL: "http://127.0.0.1:23000/v3",
	Failure: &api.Failure{Doing: "connect", Kind: api.FailedConfigured, Means: "Cloud openstack has no password.", Advice: "set OS_PASSWORD"},
}

var refused = &api.Failure{
	Doing: "log in", Kind: api.FailedAuth, Means: "The identity service does not accept these credentials.",
	Advice: "check user, password, project and their domains, or the application credential",
}

func TestWhatIsTypedIsNeverDrawn(t *testing.T) {
	for _, problem := range []error{nil, refused} {
		s := secret.New(uitest.Context(nil), secret.Config{Cloud: "openstack", Needed: needed, Problem: problem})
		uitest.Start(s, 80, 20)
		msgs := uitest.Run(s, uitest.Type("q:?hün"), tea.PasteMsg{Content: "ter2\n"}, uitest.Keys("left", "ctrl+left", "end"))
		for _, size := range [][2]int{{80, 20}, {160, 41}, {60, 11}, {20, 5}, {12, 2}} {
			view := uitest.Shot(t, s, size[0], size[1])
			if plain := uitest.Plain(view); strings.Contains(plain, "ter2") || strings.Contains(plain, "h\u00fcn") || !strings.Contains(plain, "**") {
				t.Errorf("at %v:\n%s", size, plain)
			}
			name := "asks"
			if problem != nil {
				name = "asks-again"
			}
			uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), view)
		}
		if _, ok := uitest.Find[screen.Connect](msgs); ok {
			t.Error("it connects before enter")
		}
		got, ok := uitest.Find[screen.Connect](uitest.Run(s, uitest.Keys("enter")))
		if !ok || got.Cloud != "openstack" || got.Answers["password"] != "q:?hünter2" {
			t.Errorf("connects with %q", got.Answers["password"])
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if said := fmt.Sprintf(verb, got); strings.Contains(said, "ter2") {
				t.Errorf("%s of the message shows it: %s", verb, said)
			}
		}
	}
}

func TestASecondAnswerComesWithTheFirst(t *testing.T) {
	code := *needed
	code.Key, code.What = "passcode", "one-time code"
	s := secret.New(uitest.Context(nil), secret.Config{Needed: &code, Given: map[string]string{"password": "p"}})
	uitest.Start(s, 80, 20)
	if view := uitest.Plain(s.View()); !strings.Contains(view, "One-time code of alice for cloud openstack") {
		t.Errorf("asks for\n%s", view)
	}
	if _, ok := uitest.Find[screen.Connect](uitest.Run(s, uitest.Keys("enter"))); ok {
		t.Error("an empty answer is one")
	}
	got, _ := uitest.Find[screen.Connect](uitest.Run(s, uitest.Type("12"), uitest.Keys("ctrl+u"), uitest.Type("654321"), uitest.Keys("enter")))
	if got.Answers["password"] != "p" || got.Answers["passcode"] != "654321" {
		t.Errorf("%d answers", len(got.Answers))
	}
}

func TestEscGoesBack(t *testing.T) {
	s := secret.New(uitest.Context(nil), secret.Config{Needed: needed})
	uitest.Start(s, 80, 20)
	if _, ok := uitest.Find[screen.Back](uitest.Run(s, uitest.Type("abc"), uitest.Keys("esc"))); !ok {
		t.Error("esc does not go back")
	}
	if strings.Contains(uitest.Plain(s.View()), "*") {
		t.Error("what was typed is still there")
	}
}

func TestMonkey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"a", "left", "home", "backspace", "ctrl+w", "ctrl+u", "enter", "esc", "tab", "delete", "alt+b"}
	for _, problem := range []error{nil, refused} {
		s := secret.New(uitest.Context(nil), secret.Config{Needed: needed, Problem: problem})
		for range 1000 {
			uitest.Run(s, uitest.Keys(names[r.IntN(len(names))]))
			w, h := 1+r.IntN(170), 1+r.IntN(50)
			uitest.Shot(t, s, w, h)
			_, _, _ = s.Keys(), s.Title(), s.Aside(w)
			if c := s.Cursor(); c.X < 0 || c.X >= max(w, 1) || c.Y < 0 || c.Y >= h {
				t.Fatalf("the cursor is at %d,%d of %dx%d", c.X, c.Y, w, h)
			}
		}
	}
}
