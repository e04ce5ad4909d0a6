package draw

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// longest is how many bytes of a text are drawn as a paragraph: some hundred
// lines. A property or an error page can have megabytes.
const longest = 8 << 10

// Para is a text in a style, wrapped at spaces; one of many thousand letters is
// cut.
func Para(style lipgloss.Style, text string, width int) []string {
	if width < 1 {
		return nil
	}
	lines := safe.Wrap(safe.Text(Clip(text, longest)), width)
	for i, l := range lines {
		lines[i] = style.Render(safe.Cut(l, width))
	}
	return lines
}

// Value is one line of a text in a style, cut at the width; for empty text
// the dash of what is not there.
func Value(t *theme.Theme, style lipgloss.Style, text string, width int) string {
	if text == "" {
		return t.Faint.Render(safe.Cut(t.Glyphs.Dash, width))
	}
	return style.Render(safe.Cut(safe.Text(Clip(text, max(width, 0)*bytesAColumn)), width))
}

// Heading starts a part of a screen: a title, a remark beside it (may be
// empty), and a rule to the full width.
func Heading(t *theme.Theme, title, remark string, width int) string {
	s := t.Strong.Render(safe.Text(title))
	if remark != "" {
		s += "  " + t.Dim.Render(safe.Text(remark))
	}
	s = safe.Cut(s, width)
	if room := width - safe.Width(s) - 1; room > 0 {
		s += " " + t.Faint.Render(strings.Repeat(t.Glyphs.Rule, room))
	}
	return s
}

// Row is a label with what is next to it: styled lines.
type Row struct {
	Label string
	Lines []string
}

// Rows draws labels in a column of labelWidth, the lines of each beside it.
func Rows(t *theme.Theme, rows []Row, labelWidth, width int) []string {
	var out []string
	for _, r := range rows {
		label := t.Dim.Render(safe.Pad(safe.Text(r.Label), labelWidth)) + "  "
		if len(r.Lines) == 0 {
			r.Lines = []string{""}
		}
		for _, l := range r.Lines {
			out = append(out, safe.Cut(label+l, width))
			label = strings.Repeat(" ", labelWidth+2)
		}
	}
	return out
}

// LabelWidth is the width of the widest label, at most limit.
func LabelWidth(rows []Row, limit int) int {
	w := 0
	for _, r := range rows {
		w = max(w, safe.Width(safe.Text(r.Label)))
	}
	return min(w, limit)
}

// Chips draws a set of short texts (tags) as chips, as many to a line as fit.
func Chips(style lipgloss.Style, texts []string, width int) []string {
	var lines []string
	var line string
	filled := 0
	for _, s := range texts {
		chip := safe.Cut(" "+safe.Text(s)+" ", width)
		w := safe.Width(chip)
		switch {
		case filled > 0 && filled+1+w > width:
			lines = append(lines, line)
			line, filled = "", 0
		case filled > 0:
			line += " "
			filled++
		}
		line += style.Render(chip)
		filled += w
	}
	if filled > 0 {
		lines = append(lines, line)
	}
	return lines
}

// Indented puts columns of space before lines.
func Indented(lines []string, columns int) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			l = strings.Repeat(" ", columns) + l
		}
		out[i] = l
	}
	return out
}

// Beside puts two blocks of lines side by side, the left one leftWidth wide,
// with gap columns between.
func Beside(left, right []string, leftWidth, gap int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i] = left[i]
		}
		if i < len(right) && right[i] != "" {
			out[i] = safe.Pad(out[i], leftWidth) + strings.Repeat(" ", gap) + right[i]
		}
	}
	return out
}

// Fit makes a view of lines: at most height of them, each at most width wide.
func Fit(lines []string, width, height int) string {
	if len(lines) > height {
		lines = lines[:max(height, 0)]
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = safe.Cut(l, width)
	}
	return strings.Join(out, "\n")
}
