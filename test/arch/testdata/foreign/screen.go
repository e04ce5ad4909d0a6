// Package foreign is a screen as it must not be written: each line with a
// "want" draws a text of a server as it came, on one way or another.
package foreign

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

var style = lipgloss.NewStyle()

type screen struct {
	image model.Image
	err   error
	pairs []pair
	note  string
	paint func(string) string
	reads interface{ Raw() ([]byte, error) }
}

type pair struct{ name, value string }

func (s *screen) direct() string { return style.Render(s.image.Name.Value) } // want

func (s *screen) concatenated() string {
	return style.Render("name: " + s.image.Name.Value + "!") // want
}

func (s *screen) formatted() string {
	return style.Render(fmt.Sprintf("%-20s", s.image.ID)) // want
}

func (s *screen) converted() string { return style.Render(string(s.image.Status)) } // want

func (s *screen) whole() string { return style.Render(fmt.Sprint(s.image.Status)) } // want

func (s *screen) inVariable(short bool) string {
	name := safe.Text(s.image.Name.Value)
	if short {
		name = safe.Cut(s.image.ID, 8)
	}
	return style.Render(name) // want
}

func (s *screen) byMethod() string { return style.Render(s.image.Owner.Or("-")) } // want

func (s *screen) joined() string { return style.Render(strings.Join(s.image.Tags, " ")) } // want

func (s *screen) keys() (out []string) {
	for name := range s.image.Properties {
		out = append(out, style.Render(name)) // want
	}
	return out
}

func (s *screen) metadata() string {
	for name, value := range s.image.Locations[0].Metadata {
		if text, ok := value.(string); ok {
			return style.Render(text) // want
		}
		return style.Render(name) // want
	}
	return ""
}

func (s *screen) failed() string { return style.Render(s.err.Error()) } // want

func (s *screen) printed() string { return style.Render(fmt.Sprintf("failed: %v", s.err)) } // want

func (s *screen) detail() string {
	var f *api.Failure
	if errors.As(s.err, &f) {
		return style.Render(f.Detail) // want
	}
	return ""
}

func (s *screen) built() string {
	var b strings.Builder
	b.WriteString("name: ")
	b.WriteString(s.image.Name.Value)
	fmt.Fprintf(&b, " (%d)", len(s.image.Tags))
	return style.Render(b.String()) // want
}

func (s *screen) kept() {
	s.note = "open " + s.image.Name.Value
	s.pairs = append(s.pairs, pair{name: "os", value: s.image.Properties["os"].Value})
}

func (s *screen) fromField() string { return style.Render(s.note) } // want

func (s *screen) fromPair() string { return style.Render(s.pairs[0].value) } // want

func (s *screen) harmlessField() string { return style.Render(s.pairs[0].name) }

func (s *screen) named() string { return s.image.Name.Value }

func (s *screen) fromResult() string { return style.Render(s.named()) } // want

func render(text string) string { return style.Render(text) } // want

func (s *screen) toArgument() string { return render(s.image.Name.Value) }

func (s *screen) inClosure() string {
	title := s.image.Name.Value
	draw := func() string { return style.Render(title) } // want
	return draw()
}

func (s *screen) byValue() string {
	s.paint = func(text string) string { return style.Render(text) } // want
	return s.paint(s.image.ID)
}

func (s *screen) answered() string {
	body, _ := s.reads.Raw()
	return style.Render(string(body)) // want
}

func (s *screen) explained(p patch.Patch) string {
	for _, step := range explain.Steps(rules.Rules{}, s.image, p) {
		return style.Render(step.Text) // want
	}
	return ""
}

// View puts it around the styles.
func (s *screen) View() string {
	return style.Render("image") + " " + s.image.Name.Value // want
}

func (s *screen) title() tea.View {
	v := tea.NewView("")
	v.WindowTitle = s.image.Name.Value // want
	v.SetContent(s.image.ID)           // want
	return v
}

func (s *screen) printedOut(out io.Writer) {
	fmt.Fprintln(out, s.image.Name.Value) // want
	w := bufio.NewWriter(os.Stdout)
	_, _ = w.WriteString(s.image.ID)                        // want
	_, _ = io.WriteString(out, strings.ToUpper(s.image.ID)) // want
}

// What follows is as it should be.

func (s *screen) safely(t string) string {
	name := s.image.Name.Value
	lines := safe.Lines(s.err.Error())
	parts := []string{style.Render(safe.Text(name)), style.Render(safe.Cut(safe.Text(s.image.ID), 8)), style.Render(lines[0])}
	parts = append(parts, draw.Para(style, s.image.ID, 20)...)
	parts = append(parts, draw.Name(s.image), style.Render(fmt.Sprint(s.image.MinDisk, len(s.image.Tags))), style.Render(t))
	if s.image.Status == model.StatusQueued {
		parts = append(parts, style.Render("queued"))
	}
	return strings.Join(parts, " ")
}

// Aside is drawn by the root.
func (s *screen) Aside(int) string { return s.safely("ours") }
