package ui

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/ui/uitest"
)

type slowOutput struct{ behind bool }

func (o *slowOutput) Behind() bool { return o.behind }

// While the terminal has not taken the last frame that one stays, and keys count
// all the same.
func TestFramesAreLeftOutWhileTheTerminalIsBehind(t *testing.T) {
	p := launch(t, 100, 30, demoImages(), nil)
	out := &slowOutput{}
	p.output = out
	before := p.View()
	out.behind = true
	uitest.Run(p, uitest.Keys("/"), uitest.Type("fedora"))
	if got := p.View(); got.Content != before.Content || got.Cursor != before.Cursor {
		t.Error("another frame is drawn")
	}
	out.behind = false
	uitest.Run(p, CaughtUp{})
	if got := p.View(); !strings.Contains(got.Content, "fedora") || got.Cursor == nil {
		t.Errorf("what was typed meanwhile is not drawn:\n%s", got.Content)
	}
}
