package uitest

import (
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/ui/keys"
)

func TestKeysMatchTheBindingsOfTheSameName(t *testing.T) {
	for _, b := range []key.Binding{
		keys.ReviewEdit, keys.MoveUp, keys.PrevField, keys.Toggle, keys.RawJSON, keys.Redo, keys.Palette,
		keys.PaneDown, keys.Bottom, keys.Remove, keys.Back,
	} {
		for _, name := range b.Keys() {
			if !key.Matches(Key(name), b) {
				t.Errorf("%s is drawn as %q", name, Key(name).String())
			}
		}
	}
}

func TestTypeKeepsCharactersWhole(t *testing.T) {
	var got string
	for _, m := range Type("e\u0301 日!") {
		got += m.(tea.KeyPressMsg).Text
	}
	if got != "e\u0301 日!" {
		t.Errorf("got %q", got)
	}
}

// counter counts down by commands of every kind.
type counter struct{ seen []string }

func (c *counter) Update(m tea.Msg) tea.Cmd {
	say := func(s string) tea.Cmd { return func() tea.Msg { return s } }
	switch m := m.(type) {
	case tea.KeyPressMsg:
		c.seen = append(c.seen, m.String())
		return tea.Batch(say("batched"), tea.Sequence(say("first"), say("second")), nil)
	case string:
		c.seen = append(c.seen, m)
		if m == "second" {
			return say("answer")
		}
	}
	return nil
}

func TestRunRunsEveryCommand(t *testing.T) {
	c := &counter{}
	out := Run(c, Keys("enter"))
	want := []string{"enter", "batched", "first", "second", "answer"}
	if len(c.seen) != len(want) {
		t.Fatalf("seen %v", c.seen)
	}
	for i := range want {
		if c.seen[i] != want[i] {
			t.Errorf("message %d is %q, want %q", i, c.seen[i], want[i])
		}
	}
	if s, ok := Find[string](out); !ok || s != "answer" {
		t.Errorf("Find gave %q, %v", s, ok)
	}
}

func TestRunLeavesSlowCommandsBehind(t *testing.T) {
	defer func(d time.Duration) { Timeout = d }(Timeout)
	Timeout = 20 * time.Millisecond
	out := Run(&counter{}, tea.Cmd(func() tea.Msg { time.Sleep(time.Second); return "late" }))
	if len(out) != 0 {
		t.Errorf("got %v", out)
	}
}

func TestFitsTellsWhatIsTooMuch(t *testing.T) {
	if why := Fits("日本\nabc", 4, 2); why != "" {
		t.Error(why)
	}
	if Fits("日本x", 4, 2) == "" || Fits("a\nb\nc", 4, 2) == "" {
		t.Error("too much was not seen")
	}
}
