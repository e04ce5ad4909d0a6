package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// program drives the root as the runtime does.
type program struct{ *Model }

func (p program) Update(msg tea.Msg) tea.Cmd {
	_, cmd := p.Model.Update(msg)
	return cmd
}

func (p program) screen() string { return uitest.Plain(p.View().Content) }

// connector gives services, or fails, without a network.
type connector struct {
	service screen.Service
	err     error
	asked   []string
	// decides replaces service and err.
	decides func(screen.Answers) (screen.Service, error)
}

func (c *connector) Connect(_ context.Context, name string, answers screen.Answers) (screen.Service, error) {
	c.asked = append(c.asked, name)
	if c.decides != nil {
		return c.decides(answers)
	}
	return c.service, c.err
}

func (c *connector) Demo(context.Context) (screen.Service, error) {
	c.asked = append(c.asked, "demo")
	return fakeservice.New(uitest.Fedora()), nil
}

func (c *connector) Clouds() clouds.Config {
	return clouds.Config{Clouds: []clouds.Entry{{Name: "prod-eu", AuthURL: "https://id.example/v3"}, {Name: "lab"}}}
}

func launch(t *testing.T, width, height int, s screen.Service, c *connector) program {
	t.Helper()
	ctx := uitest.Context(s)
	ctx.Memory = nil
	if c == nil {
		c = &connector{service: s}
	}
	p := program{New(Config{Context: ctx, Connector: c, FixedTheme: true})}
	uitest.Run(p, tea.WindowSizeMsg{Width: width, Height: height}, p.Init())
	return p
}

func demoImages() *fakeservice.Service {
	return fakeservice.New(uitest.Fedora(), uitest.Active(), uitest.Hostile())
}

func golden(t *testing.T, p program, name string, width, height int) {
	t.Helper()
	view := p.View().Content
	if fault := uitest.Fits(view, width, height); fault != "" {
		t.Error(fault)
	}
	uitest.Golden(t, name, view)
}

func has(t *testing.T, p program, texts ...string) {
	t.Helper()
	view := p.screen()
	for _, s := range texts {
		if !strings.Contains(view, s) {
			t.Errorf("no %q on\n%s", s, view)
		}
	}
}

func quits(msgs []tea.Msg) bool {
	_, ok := uitest.Find[tea.QuitMsg](msgs)
	return ok
}

func TestTheWholeWayOfAnEdit(t *testing.T) {
	s := demoImages()
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"))
	has(t, p, "Edit Fedora 17")
	uitest.Run(p, uitest.Type(" Server"), uitest.Keys("ctrl+s"))
	has(t, p, "Review Fedora 17", "rename")
	uitest.Run(p, uitest.Keys("enter"))
	has(t, p, "200 OK")
	if name := s.Image(uitest.Fedora().ID).Name.Value; name != "Fedora 17 Server" {
		t.Errorf("the server has %q", name)
	}
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "STATUS", "Fedora 17 Server")
	if len(p.stack) != 1 {
		t.Errorf("%d screens", len(p.stack))
	}
	if !quits(uitest.Run(p, uitest.Keys("q"))) {
		t.Error("q does not quit")
	}
}

func TestRefusalLeadsBackToTheFormWithAllThatWasTyped(t *testing.T) {
	s := demoImages()
	s.BeforePatch = func(context.Context) error {
		return fakeservice.Refused(403, "You are not permitted to modify this image", "send the edit", api.Exchange{})
	}
	p := launch(t, 100, 30, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"), uitest.Keys("enter", "e"), uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
	has(t, p, "403")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit Fedora 17", "Fedora 17!")
}

func TestQuittingAsksWhileAnEditIsUnsent(t *testing.T) {
	p := launch(t, 80, 24, demoImages(), nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"), uitest.Keys("enter", "e"), uitest.Type("!"))
	if quits(uitest.Run(p, uitest.Keys("ctrl+c"))) {
		t.Fatal("the edit is lost")
	}
	has(t, p, "Quit and", "Fedora 17")
	golden(t, p, "quit-80x24", 80, 24)
	uitest.Run(p, uitest.Keys("n"))
	has(t, p, "Fedora 17!")

	// A draft that was left behind counts too.
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "STATUS")
	if quits(uitest.Run(p, uitest.Keys("q"))) {
		t.Fatal("the kept draft is lost")
	}
	if !quits(uitest.Run(p, uitest.Keys("y"))) {
		t.Error("y does not quit")
	}
}

func TestADraftIsTakenUpAgain(t *testing.T) {
	p := launch(t, 100, 30, demoImages(), nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"), uitest.Keys("enter", "e"), uitest.Type("!"), uitest.Keys("esc", "e"))
	has(t, p, "Fedora 17!")
}

func TestLettersGoToTheFieldAndNotToTheFrame(t *testing.T) {
	p := launch(t, 100, 30, demoImages(), nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"), uitest.Keys("enter", "e"), uitest.Type(" q?:"))
	has(t, p, "Fedora 17 q?:")
	uitest.Run(p, uitest.Keys("f1"))
	has(t, p, "Keys", "Everywhere")
}

func TestHelpAndPalette(t *testing.T) {
	p := launch(t, 100, 40, demoImages(), nil)
	uitest.Run(p, uitest.Keys("?"))
	golden(t, p, "help-100x40", 100, 40)
	uitest.Run(p, uitest.Keys("x", ":"), uitest.Type("reverse"))
	golden(t, p, "palette-100x40", 100, 40)
	before := p.screen()
	uitest.Run(p, uitest.Keys("enter"))
	if p.over != nil || p.screen() == before {
		t.Error("the command was not run")
	}
	has(t, p, "oldest first")
}

func TestConnectingThatFailsShowsTheFirstScreen(t *testing.T) {
	c := &connector{err: &api.Failure{
		Doing: "log in", Kind: api.FailedAuth, Means: "The password is wrong.", Advice: "check it", Err: errors.New("401"),
	}}
	ctx := uitest.Context(nil)
	p := program{New(Config{Context: ctx, Connector: c, Cloud: "prod-eu", FixedTheme: true})}
	uitest.Run(p, tea.WindowSizeMsg{Width: 90, Height: 30}, p.Init())
	has(t, p, "Could not log in", "The password is wrong.", "lab", "demo")
	if len(c.asked) != 1 || c.asked[0] != "prod-eu" {
		t.Errorf("asked for %q", c.asked)
	}
	uitest.Run(p, screen.OpenDemo{})
	has(t, p, "Fedora 17")
}

func TestALateConnectionIsDropped(t *testing.T) {
	p := program{New(Config{Context: uitest.Context(nil), Connector: &connector{service: demoImages()}, FixedTheme: true})}
	p.Update(tea.WindowSizeMsg{Width: 90, Height: 30})
	p.Init() // in progress, and without a response
	stale := connected{try: p.conn.try, service: demoImages()}
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "You canceled it.")
	uitest.Run(p, stale)
	if p.ctx.Service != nil {
		t.Error("a connection that was canceled was used")
	}
}

func TestTheFrame(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}, {60, 15}, {20, 5}} {
		p := launch(t, size[0], size[1], demoImages(), nil)
		p.ctx.Options.DryRun = true
		golden(t, p, fmt.Sprintf("frame-%dx%d", size[0], size[1]), size[0], size[1])
	}
}

func TestAnyWindowIsSurvivedOnEveryScreen(t *testing.T) {
	for w := 1; w < 130; w += 21 {
		for h := 1; h < 40; h += 6 {
			p := launch(t, w, h, demoImages(), nil)
			for _, step := range []string{"enter", "tab", "esc", "e", "x", "ctrl+s", "f1", "esc", "esc", "esc", "?", "esc", ":"} {
				p.Update(uitest.Keys(step)[0])
				_ = p.View()
			}
		}
	}
}

func TestUntrustedTextNeverReachesTheTerminalRaw(t *testing.T) {
	hostile := uitest.Hostile()
	p := launch(t, 160, 45, fakeservice.New(hostile), nil)
	for _, step := range []string{"j", "enter", "tab", "tab", "tab", "tab", "esc", "e"} {
		uitest.Run(p, uitest.Keys(step))
		content := p.View().Content
		title := p.View().WindowTitle
		for _, bad := range []string{"\x07", "\x1b]", "\u202e", "\u200b", "\r", "\t", "\u009b"} {
			if strings.Contains(content, bad) || strings.Contains(title, bad) {
				t.Errorf("after %s: %q is on the screen", step, bad)
			}
		}
	}
}

func TestWhatTheConfigurationIgnoresIsSaidAtTheStart(t *testing.T) {
	s := demoImages()
	s.Who.Notes = []string{"Ignored beside cloud lab: OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME. They are for another cloud or user."}
	p := launch(t, 80, 24, s, nil)
	has(t, p, "Ignored beside cloud lab: OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT")
}
