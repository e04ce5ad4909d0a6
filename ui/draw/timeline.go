package draw

import (
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// Moment is a status and when it was first seen.
type Moment struct {
	Status model.Status
	At     time.Time
}

// History is the statuses of one image in the order in which they were seen.
type History []Moment

// Saw adds a reading; a status that is the same as the last adds nothing.
func (h History) Saw(s model.Status, at time.Time) History {
	if h.Now() == s && len(h) > 0 {
		return h
	}
	return append(h, Moment{s, at})
}

// Now is the last status seen; "" before any.
func (h History) Now() model.Status {
	if len(h) == 0 {
		return ""
	}
	return h[len(h)-1].Status
}

// Status is a status as glyph and word in its color.
func Status(t *theme.Theme, s model.Status) string {
	word := string(s)
	if word == "" {
		word = "no status"
	}
	return t.Status(s).Render(t.Glyphs.Status(s) + " " + safe.Text(word))
}

const (
	longTrack  = 14
	shortTrack = 3
)

// Timeline draws the way of a status on one line: "◌ queued ━━━━▶ ● active".
// With next, a status not reached yet, the way there is drawn as far as frame
// (any number; it grows with time) and the goal stays pale.
func Timeline(t *theme.Theme, h History, next model.Status, frame, width int) string {
	var stops []string
	for _, m := range h {
		stops = append(stops, Status(t, m.Status))
	}
	waiting := next != "" && next != h.Now()
	if waiting {
		stops = append(stops, t.Faint.Render(t.Glyphs.Status(next)+" "+safe.Text(string(next))))
	}
	for {
		taken := 0
		for _, s := range stops {
			taken += safe.Width(s)
		}
		gaps := max(1, len(stops)-1)
		track := min(longTrack, (width-taken)/gaps-2)
		if track >= shortTrack || len(stops) <= 2 {
			return safe.Cut(join(t, stops, max(track, shortTrack), waiting, frame), width)
		}
		stops = stops[1:] // the oldest matter least
	}
}

func join(t *theme.Theme, stops []string, track int, waiting bool, frame int) string {
	var b strings.Builder
	for i, s := range stops {
		if i > 0 {
			b.WriteString(" " + way(t, track, waiting && i == len(stops)-1, frame) + " ")
		}
		b.WriteString(s)
	}
	return b.String()
}

// way is the arrow between two statuses; in progress it is drawn in part.
func way(t *theme.Theme, track int, under bool, frame int) string {
	done := track - 1
	if under {
		done = ((frame % track) + track) % track
	}
	style := t.Good
	if under {
		style = t.Changed
	}
	return style.Render(strings.Repeat(t.Glyphs.Track, done)+t.Glyphs.Head) +
		t.Faint.Render(strings.Repeat(t.Glyphs.Rule, track-done-1))
}
