package ui

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

func hasNot(t *testing.T, p program, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.screen(), text) {
			t.Errorf("%q is on the screen:\n%s", text, p.screen())
		}
	}
}

// opensForm goes to the form of an image.
func opensForm(p program, name string) {
	uitest.Run(p, uitest.Keys("/"), uitest.Type(`name:"`+name+`"`), uitest.Keys("enter", "e"))
}

// What is said of the screen goes as soon as that may be otherwise.
func TestARemarkGoesWithWhatItIsAbout(t *testing.T) {
	const said = "All fields reset."
	for name, next := range map[string][]any{
		"a letter":     {uitest.Type("!")},
		"a paste":      {uitest.Paste("x")},
		"the undoing":  {uitest.Keys("ctrl+z")},
		"another form": {uitest.Keys("esc", "esc", "G", "e")},
	} {
		p := launch(t, 120, 34, demoImages(), nil)
		opensForm(p, "Fedora 17")
		uitest.Run(p, uitest.Type("!"), uitest.Keys("ctrl+x"))
		has(t, p, said)
		uitest.Run(p, next...)
		if hasNot(t, p, said); t.Failed() {
			t.Fatal(name)
		}
	}
}

// A message about an image that is not visible names it; a long name is cut, and
// not what happened.
func TestAMessageNamesTheImageThatIsNotVisible(t *testing.T) {
	s := demoImages()
	long := strings.Repeat("long", 50)
	s.Change(uitest.Active().ID, func(i *model.Image) { i.Name = model.Some(long) })
	p := launch(t, 80, 24, s, nil)
	opensForm(p, "Fedora 17")
	for _, c := range []struct {
		of   model.Image
		want string
	}{
		{uitest.Fedora(), "   Draft restored."},
		{s.Image(uitest.Active().ID), ": Draft restored."},
	} {
		uitest.Run(p, screen.Flash{Text: "Draft restored.", Image: &c.of})
		if has(t, p, c.want); c.of.ID == uitest.Fedora().ID {
			hasNot(t, p, "Fedora 17: your draft")
		}
	}
	uitest.Run(p, uitest.Keys("esc"), screen.Flash{Text: "Draft restored.", Image: new(uitest.Fedora())})
	has(t, p, "Fedora 17: Draft restored.")
}

func TestLongNamesLeaveTheVerbs(t *testing.T) {
	long := model.Image{ID: "1", Name: model.Some(strings.Repeat("x", 300))}
	for _, said := range []string{
		resolvedSentence(80, []record.Entry{{Base: long, Result: record.Result{Outcome: record.OutcomeApplied}}}),
		supersededSentence(80, edit.LostUpdate{Superseded: []merge.Change{{Label: "name", Before: "a"}}, Now: long, At: uitest.Clock}),
	} {
		seen := string([]rune(said)[:min(76, len([]rune(said)))])
		if !strings.Contains(seen, "got no response: it was applied") && !strings.Contains(seen, "changed values that you set at") {
			t.Errorf("said %q", said)
		}
	}
}
