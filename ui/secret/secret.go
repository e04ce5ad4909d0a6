// Package secret is the screen that asks for a secret which the configuration
// leaves out: a password, a one-time code. What is typed is never drawn, and
// goes to the connection alone.
package secret

import (
	"maps"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/input"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Config is what is asked for.
type Config struct {
	// Cloud is the cloud to connect to with the answer, "" for the variables' one.
	Cloud string
	// Needed is what is missing.
	Needed *api.SecretNeeded
	// Given are the answers to earlier questions of this attempt.
	Given map[string]string
	// Problem is why the last answer was refused; nil before any.
	Problem error
}

// Secret is the screen. Make it with New.
type Secret struct {
	screen.Actions
	ctx           *screen.Context
	conf          Config
	field         *input.Field
	width, height int
}

// New asks.
func New(ctx *screen.Context, conf Config) *Secret {
	s := &Secret{ctx: ctx, conf: conf, field: input.New()}
	s.field.Masked = true
	s.field.Focus()
	return s
}

// Init has nothing to ask for.
func (s *Secret) Init() tea.Cmd { return nil }

// Update types, connects with what was typed, and leaves.
func (s *Secret) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(k, keys.Back):
			s.field.SetValue("")
			return s.Do(screen.Back{})
		case key.Matches(k, keys.LogIn):
			if s.field.Value() == "" {
				return nil
			}
			answers := maps.Clone(s.conf.Given)
			if answers == nil {
				answers = make(map[string]string)
			}
			answers[s.conf.Needed.Key] = s.field.Value()
			s.field.SetValue("")
			return s.Do(screen.Connect{Cloud: s.conf.Cloud, Answers: answers})
		case key.Matches(k, keys.ClearLine):
			s.field.SetValue("")
			return nil
		}
	}
	s.field.Update(msg)
	return nil
}

// SetSize is the room for View.
func (s *Secret) SetSize(width, height int) { s.width, s.height = width, height }

// View draws the question.
func (s *Secret) View() string {
	lines, _ := s.lines()
	return draw.Fit(lines, s.width, s.height)
}

// lines are those of the view, and which of them is the field's. In a low window
// the question and the field matter most, then why the last answer was refused.
func (s *Secret) lines() (lines []string, field int) {
	t := s.ctx.Theme
	room := s.width - 2*draw.Margin
	if room < 1 {
		return []string{s.field.View(t, s.width)}, 0
	}
	needed := s.conf.Needed
	ask := draw.Para(t.Strong, needed.Prompt(), room)
	ask = ask[:min(len(ask), max(s.height-1, 0))]
	left := s.height - len(ask) - 1 // the field is one
	if s.conf.Problem != nil {
		problem := append(draw.Trouble(t, s.conf.Problem, room), "")
		problem = problem[:min(len(problem), max(left, 0))]
		ask = append(problem, ask...)
		left -= len(problem)
	}
	if left > 4 {
		ask = append([]string{""}, ask...)
	}
	lines = draw.Indented(ask, draw.Margin)
	field = len(lines)
	lines = append(lines, draw.Indented([]string{s.field.View(t, room)}, draw.Margin)...)
	to := "It is sent only to the identity service"
	if needed.AuthURL != "" {
		to += ", " + needed.AuthURL
	}
	note := append([]string{""}, draw.Para(t.Dim, to+". It is not saved.", room)...)
	return append(lines, draw.Indented(note, draw.Margin)...), field
}

// Cursor is behind what was typed.
func (s *Secret) Cursor() *tea.Cursor {
	_, y := s.lines()
	room := s.width - 2*draw.Margin
	x := 0
	if room >= 1 {
		x = draw.Margin + s.field.CursorX(room)
	}
	return tea.NewCursor(x, y)
}

// Title is the breadcrumb.
func (s *Secret) Title() string { return "Log in: " + safe.Text(s.conf.Needed.What) }

// Aside is empty.
func (s *Secret) Aside(int) string { return "" }

// Keys are what can be pressed now.
func (s *Secret) Keys() keys.Help {
	all := []key.Binding{keys.LogIn, keys.Back, keys.ClearLine}
	return keys.Help{Footer: all, Groups: []keys.Group{{Name: "Log in", Keys: all}}}
}

// Typing is true: letters are the secret's.
func (s *Secret) Typing() bool { return true }

// Unsaved is empty: a secret is typed again.
func (s *Secret) Unsaved() string { return "" }
