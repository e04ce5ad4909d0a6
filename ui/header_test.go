package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// An edit in the wrong cloud is the worst one: on every screen that leads to one
// the cloud and the project are visible, at every width that can hold them.
func TestTheCloudAndTheProjectAreAlwaysVisible(t *testing.T) {
	for _, names := range [][2]string{{"production-eu-west-1", "platform-images"}, {"東京リージョン", "p"}, {"c", strings.Repeat("project", 5)}} {
		s := demoImages()
		s.Who.Cloud, s.Who.Project, s.Who.Insecure = names[0], names[1], true
		p := launch(t, 120, 30, s, nil)
		header := func() string { line, _, _ := strings.Cut(p.screen(), "\n"); return line }
		check := func(screen string) {
			for width := 1; width <= 200; width++ {
				p.Update(tea.WindowSizeMsg{Width: width, Height: 30})
				h := header()
				if safe.Width(h) > width {
					t.Fatalf("%s at %d: too wide: %q", screen, width, h)
				}
				if width < safe.Width(names[0]+names[1])+5 {
					continue
				}
				if !strings.HasPrefix(h, " "+names[0]+" › ") || !strings.Contains(h, names[1]) {
					t.Errorf("%s at %d: %q", screen, width, h)
				}
				if width >= 80 && !strings.Contains(h, "TLS NOT VERIFIED") {
					t.Errorf("%s at %d hides that TLS is not verified: %q", screen, width, h)
				}
			}
		}
		check("list")
		uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"), uitest.Keys("enter", "e"), uitest.Type(strings.Repeat("x", 99)))
		check("form")
		uitest.Run(p, uitest.Keys("ctrl+s"))
		check("review")
		uitest.Run(p, uitest.Keys("enter"))
		check("response")
		uitest.Run(p, uitest.Keys("H"))
		check("history")
	}
}

func TestTheHeaderNamesACloudOfVariablesByItsHost(t *testing.T) {
	s := demoImages()
	s.Who.Cloud, s.Who.Endpoint = "", "https://image.example:9292/v2"
	p := launch(t, 80, 24, s, nil)
	has(t, p, " image.example:9292 › admin@platform")
}
