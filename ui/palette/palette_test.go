package palette

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/theme"
)

func open() *Palette {
	return New(theme.New(true, false), keys.Help{Groups: []keys.Group{
		{Name: "Images", Keys: []key.Binding{keys.OnlyMarks, keys.Sort, keys.SortBack, keys.Edit}},
		{Name: "Again", Keys: []key.Binding{keys.Edit}},
	}})
}

func typed(p *Palette, text string) {
	for _, r := range text {
		p.Key(keys.Press(string(r)))
	}
}

func TestWhatHoldsTheLettersComesFirst(t *testing.T) {
	p := open()
	typed(p, "sor")
	if done, chosen := p.Key(keys.Press("enter")); !done || chosen.Help().Desc != keys.Sort.Help().Desc {
		t.Errorf("chose %v", chosen)
	}
}

func TestEachCommandIsOfferedOnce(t *testing.T) {
	if view := ansi.Strip(open().View(60, 20)); strings.Count(view, "edit") != 1 {
		t.Errorf("in\n%s", view)
	}
}

func TestNothingMatches(t *testing.T) {
	p := open()
	typed(p, "zzz")
	if done, _ := p.Key(keys.Press("enter")); done {
		t.Error("enter chose nothing")
	}
	if view := ansi.Strip(p.View(60, 20)); !strings.Contains(view, "no matching command") {
		t.Errorf("in\n%s", view)
	}
	for range 5 {
		p.Key(keys.Press("backspace"))
	}
	if len(p.shown) != 4 {
		t.Errorf("%d commands after clearing", len(p.shown))
	}
	if done, chosen := p.Key(keys.Press("esc")); !done || chosen != nil {
		t.Error("esc did not leave")
	}
}

func TestAnySizeIsSurvived(t *testing.T) {
	for w := range 40 {
		for h := range 20 {
			_ = open().View(w, h)
		}
	}
}
