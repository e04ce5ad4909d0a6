package draw

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Name is what to call an image: its name, or its id where it has none or the
// server left it out.
func Name(img model.Image) string {
	if raw, unread := img.UnreadText("name"); unread && raw != model.Missing {
		return safe.Text(raw)
	}
	if img.Name.Value == "" {
		return safe.Text(img.ID)
	}
	return safe.Text(Clip(img.Name.Value, 512))
}

// Unread is an attribute's value that is not understood (see model.Image.Unread),
// in one line.
func Unread(t *theme.Theme, img *model.Image, attribute string, width int) string {
	text, _ := img.UnreadText(attribute)
	note := t.Dim.Render(": " + safe.Text(img.UnreadNote(attribute)))
	return safe.Cut(t.Warn.Render(safe.Cut(safe.Text(Clip(text, 512)), max(width-safe.Width(note), width/2)))+note, width)
}

// About is a message about an image: what is before its name, and what
// behind. Where a line of that width cannot hold it all, the name gives way in
// its middle: what happened is said at the end.
func About(width int, before string, img model.Image, after string) string {
	return Around(width, before, Name(img), after)
}

// Around is About for any other name.
func Around(width int, before, name, after string) string {
	before, after = safe.Text(before), safe.Text(after)
	room := width - messageEdge - safe.Width(before) - safe.Width(after)
	return before + safe.CutMiddle(safe.Text(Clip(name, 512)), max(leastName, room)) + after
}

// messageEdge is the sign before a message and the space around it, and
// leastName what of a name is shown however little room there is.
const messageEdge, leastName = 4, 12

// Project is a project as users know it: its name with the id in brackets, or
// the id alone where the name is not known.
func Project(id string, s api.Session) string {
	name := ProjectName(id, s)
	switch {
	case name == "":
		return id
	case id == "":
		return name
	}
	return name + " (" + id + ")"
}

// ProjectName is a project's name, "" where it is not known.
func ProjectName(id string, s api.Session) string {
	if name := s.ProjectNames[id]; name != "" || id == "" || id != s.ProjectID {
		return name
	}
	return s.Project
}

// Time is a moment in words for a label: "2026-11-23 14:02:07 UTC, 4 days ago".
func Time(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	s := t.UTC().Format("2006-01-02 15:04:05 UTC")
	if ago := Ago(t, now); ago != "" {
		s += ", " + ago
	}
	return s
}

// Clock is the time of day in the user's zone: "14:02:07".
func Clock(t time.Time) string { return t.Format("15:04:05") }

// Clip shortens a text that may be very long to about so many bytes, before
// anything slow is done with it.
func Clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

// Pair is a name with its value in words.
type Pair struct{ Name, Value string }

// Properties are the custom properties by name; a null is `null`, an empty
// text `""`.
func Properties(img model.Image) []Pair {
	out := make([]Pair, 0, len(img.Properties))
	for name, v := range img.Properties {
		p := Pair{name, v.Value}
		switch {
		case !v.Set:
			p.Value = "null"
		case v.Value == "":
			p.Value = `""`
		}
		out = append(out, p)
	}
	sortPairs(out)
	return out
}

// Metadata is a location's metadata by name; what is not a text is shown as
// JSON.
func Metadata(m map[string]any) []Pair {
	out := make([]Pair, 0, len(m))
	for name, v := range m {
		s, ok := v.(string)
		if !ok {
			s = compact(v)
		}
		out = append(out, Pair{name, s})
	}
	sortPairs(out)
	return out
}

// Extra is what an answer held besides the attributes that we know, by name,
// texts without their quotes.
func Extra(img model.Image) []Pair {
	out := make([]Pair, 0, len(img.Extra))
	for name, raw := range img.Extra {
		value := string(raw)
		var s string
		if text, of, is := model.CutText(raw); is {
			value = text + " too large, " + Number(int64(of)) + " bytes"
		} else if json.Unmarshal(raw, &s) == nil && s != "" {
			value = s
		}
		out = append(out, Pair{name, value})
	}
	sortPairs(out)
	return out
}

func sortPairs(p []Pair) {
	slices.SortFunc(p, func(a, b Pair) int { return strings.Compare(a.Name, b.Name) })
}

func compact(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return "?"
	}
	return strings.TrimSpace(b.String())
}
