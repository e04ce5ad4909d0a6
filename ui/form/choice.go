package form

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// choiceField is one value out of several: visibility, the formats.
type choiceField struct{ attribute }

func (x choiceField) value(s *state) model.Opt[string] { return *s.value(x.Name) }

func (x choiceField) set(s *state, v model.Opt[string]) { *s.value(x.Name) = v }

// choices are what can be chosen: the schema's values, null for the formats,
// and the base's own value, whatever it is.
func (x choiceField) choices(f *Form) []model.Opt[string] {
	var out []model.Opt[string]
	if x.Formats {
		out = append(out, model.Null[string]())
	}
	for _, c := range f.rules.Choices(x.Name) {
		out = append(out, model.Some(c))
	}
	if own := x.value(&f.start); !slices.Contains(out, own) {
		out = append(out, own)
	}
	return out
}

func (x choiceField) rows(f *Form) []row {
	return []row{{cells: []cell{{
		at: x.at(), stop: true, label: x.Label,
		mark: signOf(x.value(&f.state) != x.value(&f.start)),
		value: func(width int, focus bool) (string, int) {
			return x.draw(f, width, focus), -1
		},
	}}}}
}

func (x choiceField) draw(f *Form, width int, focus bool) string {
	t := f.ctx.Theme
	now := x.value(&f.state)
	if why := f.locked(x.at()); why != "" {
		value := t.Dim.Render(safe.Cut(spoken(now), width))
		room := width - safe.Width(value) - 2
		if room < 4 {
			return value
		}
		return value + "  " + f.why(why, room)
	}
	choices := x.choices(f)
	at := max(slices.Index(choices, now), 0)
	if x.Name == "visibility" {
		names := make([]string, len(choices))
		for i, c := range choices {
			names[i] = spoken(c)
			if f.rules.NeedsAdmin(x.Name, c.Value) && c != x.value(&f.start) {
				names[i] += t.Glyphs.Lock
			}
		}
		return f.radio(names, at, width, focus)
	}
	style := t.Text
	if !now.Set {
		style = t.Faint
	}
	text := style.Render(spoken(now))
	if focus {
		left, right := f.angles()
		text = t.Accent.Render(left) + " " + text + " " + t.Accent.Render(right) +
			t.Dim.Render(fmt.Sprintf("  %d of %d", at+1, len(choices)))
	}
	return safe.Cut(text, width)
}

// spoken is a choice as it is drawn.
func spoken(v model.Opt[string]) string {
	if !v.Set {
		return "not set"
	}
	return safe.Text(v.Value)
}

func (x choiceField) key(f *Form, m tea.KeyPressMsg) (bool, tea.Cmd) {
	choices := x.choices(f)
	at := max(slices.Index(choices, x.value(&f.state)), 0)
	switch {
	case m.Code == tea.KeyLeft:
		at--
	case m.Code == tea.KeyRight, key.Matches(m, keys.Toggle):
		at++
	case m.Code == tea.KeyHome:
		at = 0
	case m.Code == tea.KeyEnd:
		at = len(choices) - 1
	case m.Text != "":
		at = beginning(choices, at, m.Text)
	default:
		return false, nil
	}
	if x.Name == "visibility" {
		at = min(max(at, 0), len(choices)-1) // a row with two ends
	} else {
		at = (at + len(choices)) % len(choices)
	}
	f.change(group{}, func(s *state) { x.set(s, choices[at]) })
	return true, nil
}

// beginning is the next choice that begins with a letter; the present one
// where none does.
func beginning(choices []model.Opt[string], at int, letter string) int {
	for i := range choices {
		n := (at + 1 + i) % len(choices)
		if strings.HasPrefix(choices[n].Value, strings.ToLower(letter)) {
			return n
		}
	}
	return at
}

func (x choiceField) reset(s, start *state, _ spot) { x.set(s, x.value(start)) }

func (x choiceField) help(f *Form) string {
	for _, c := range x.choices(f) {
		if f.rules.NeedsAdmin(x.Name, c.Value) && c != x.value(&f.start) {
			return sentence(c.Value+" is for administrators, unless the policy of this cloud allows it") + " " + x.Help
		}
	}
	return x.Help
}

func (x choiceField) hints(*Form) []key.Binding { return []key.Binding{keys.Choose} }

// radio draws words of which one is chosen; where they do not all fit, the
// chosen one and its place among them.
func (f *Form) radio(words []string, chosen, width int, focus bool) string {
	t := f.ctx.Theme
	sign := t.Dim.Render(t.Glyphs.Radio)
	if focus {
		sign = t.Accent.Render(t.Glyphs.Radio)
	}
	for _, gap := range []string{"  ", " "} {
		parts := make([]string, len(words))
		for i, w := range words {
			parts[i] = t.Faint.Render(w)
			if i == chosen {
				parts[i] = sign + " " + t.Text.Render(w)
			}
		}
		if line := strings.Join(parts, gap); safe.Width(line) <= width {
			return line
		}
	}
	return safe.Cut(sign+" "+t.Text.Render(words[chosen])+
		t.Faint.Render(fmt.Sprintf("  %d of %d", chosen+1, len(words))), width)
}
