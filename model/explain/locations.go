package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/internal/words"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func (w explainer) explainLocations(e patch.Decoded) Step {
	switch {
	case e.Op == patch.OpReplace && e.At == "":
		return w.explainLocationList(e)
	case e.Op == patch.OpAdd && e.At != "":
		return w.explainNewLocation(e)
	case e.Op == patch.OpRemove && e.At != "":
		return w.explainGoneLocation(e)
	}
	// No change that a server takes.
	s := Step{Verb: "locations", Text: setText("the locations", e)}
	if e.At != "" {
		s.Text = setText("location "+quote.Bare(e.At), e)
	}
	return s
}

func (w explainer) explainNewLocation(e patch.Decoded) Step {
	s := Step{Verb: "location"}
	l, ok := e.Location()
	if !ok {
		s.Text = "add the location " + e.JSON()
		return s
	}
	s.Text = "add the location " + quote.BareURL(l.URL)
	if len(l.Metadata) > 0 {
		s.Text += " with the metadata " + words.MetadataValue(l.Metadata)
	}
	s.Added = []string{quote.BareURL(l.URL)}
	if at, ok := rules.LocationIndex(e.At, len(w.Locations())); ok && at < len(w.Locations()) {
		s.Note = "stored last: the server keeps no place for a new location"
	}
	s.Hazards = w.activates()
	if w.Rules.CallsForLocations(*w.Image()) {
		s.Note = "by a request of its own: this server hides its locations, so it cannot be changed afterwards, " +
			"and it looks at the URL only after its answer"
	}
	return s
}

// activates is the remark that data is what a queued image waits for.
func (w explainer) activates() []Hazard {
	if w.Image().Status != model.StatusQueued {
		return nil
	}
	return []Hazard{{Kind: HazardActivates, Text: "the image becomes active and usable"}}
}

func (w explainer) explainGoneLocation(e patch.Decoded) Step {
	s := Step{Verb: "location"}
	now := w.Locations()
	at, ok := rules.LocationIndex(e.At, len(now)-1)
	if !ok || at >= len(now) { // refused, or the list is hidden
		s.Text = "remove location " + quote.Bare(e.At)
		if n, err := strconv.Atoi(e.At); err == nil {
			s.Text = "remove location " + strconv.Itoa(n+1)
		}
		return s
	}
	l := now[at]
	s.Text = "remove the location " + quote.BareURL(l.URL)
	s.Removed = []string{quote.BareURL(l.URL)}
	if l.HoldsData() {
		h := Hazard{Kind: HazardDeletesData, Confirm: "delete", Text: "its data is deleted at once and cannot be brought back"}
		if slices.ContainsFunc(slices.Delete(slices.Clone(now), at, at+1), func(o model.Location) bool { return o.URL == l.URL }) {
			h.Text += "; another location with this URL loses it too"
		}
		s.Hazards = append(s.Hazards, h)
	} else {
		s.Note = "only forgotten: the file at this address stays"
	}
	if len(now) == 1 {
		s.Hazards = append(s.Hazards, w.dequeues()...)
	}
	return s
}

// dequeues is the consequence of taking the last location away, on a server
// that allows it.
func (w explainer) dequeues() []Hazard {
	if w.Image().Status != model.StatusActive || !w.Rules.EmptiesLocations() {
		return nil
	}
	return []Hazard{{Kind: HazardDequeues, Confirm: "queued",
		Text: "the image returns to queued: it cannot be booted until it has data again"}}
}

func (w explainer) explainLocationList(e patch.Decoded) Step {
	s := Step{Verb: "locations"}
	now := w.Locations()
	list, ok := e.Locations()
	switch {
	case !ok:
		s.Text = setText("the locations", e)
		return s
	case len(list) == 0:
		return w.explainNoLocations()
	case len(now) == 0:
		s.Added = urlsOf(list)
		s.Text = "set the locations to " + strings.Join(s.Added, ", ")
		if len(list) == 1 {
			s.Text = "add the location " + s.Added[0]
		}
		s.Hazards = w.activates()
		return s
	}

	pairs := pairing.Pair(now, list)
	for n, m := range pairs.ToAfter {
		if m < 0 {
			s.Removed = append(s.Removed, quote.BareURL(now[n].URL))
		}
	}
	var changed []int
	for m, n := range pairs.ToBefore {
		switch {
		case n < 0:
			s.Added = append(s.Added, quote.BareURL(list[m].URL))
		case !model.EqualMetadata(now[n].Metadata, list[m].Metadata):
			changed = append(changed, m)
		}
	}
	if len(s.Added)+len(s.Removed) > 0 {
		s.Text = "replace the locations by " + strings.Join(urlsOf(list), ", ") // refused
		return s
	}
	s.Note = "sent whole: the server takes no single change here"
	switch moves := pairs.Moves(); {
	case len(moves) > 0 && len(changed) > 0:
		s.Text = movesText(moves, now) + "; and change the metadata of " + numbered(changed)
	case len(moves) > 0:
		s.Text = movesText(moves, now)
	case len(changed) > 0:
		s.Text = "change the metadata of " + numbered(changed)
	default:
		s.Text, s.Note = "leave the locations as they are", noChange
	}
	if len(changed) == 1 {
		s.Before = words.MetadataValue(now[pairs.ToBefore[changed[0]]].Metadata)
		s.After = words.MetadataValue(list[changed[0]].Metadata)
	}
	return s
}

// explainNoLocations: one operation that takes every location away.
func (w explainer) explainNoLocations() Step {
	s := Step{Verb: "locations", Text: "remove all locations"}
	if !w.Rules.EmptiesLocations() {
		return s // refused
	}
	now := w.Locations()
	s.Removed = urlsOf(now)
	deleted := 0
	for _, l := range now {
		if l.HoldsData() {
			deleted++
		}
	}
	if deleted > 0 {
		whose := "their data"
		switch {
		case len(now) == 1:
			whose = "its data"
		case deleted < len(now):
			whose = "the data of " + strconv.Itoa(deleted) + " of them"
		}
		s.Hazards = append(s.Hazards, Hazard{Kind: HazardDeletesData, Confirm: "delete",
			Text: whose + " is deleted at once and cannot be brought back"})
	}
	s.Hazards = append(s.Hazards, w.dequeues()...)
	return s
}

// movesText says which locations move, and to where. A single one is named by its
// URL as well; where many move, the new order is said by the old numbers.
func movesText(moves []pairing.Move, now []model.Location) string {
	if len(moves) == 1 {
		m := moves[0]
		return "move location " + strconv.Itoa(m.From+1) + ": it becomes the " + ordinal(m.To+1) + " (" + quote.BareURL(now[m.From].URL) + ")"
	}
	const mostNamed = 4
	said := make([]string, len(moves))
	for n, m := range moves {
		said[n] = "location " + strconv.Itoa(m.From+1) + " becomes the " + ordinal(m.To+1)
	}
	if len(said) > mostNamed {
		more := len(said) - mostNamed + 1
		said = append(said[:mostNamed-1], strconv.Itoa(more)+" others move")
	}
	last := len(said) - 1
	return "reorder the locations: " + strings.Join(said[:last], ", ") + " and " + said[last]
}

// ordinal is a place in a list in words: first, second, 11th.
func ordinal(n int) string {
	words := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n <= len(words) {
		return words[n-1]
	}
	return strconv.Itoa(n) + "th"
}

func urlsOf(locations []model.Location) []string {
	urls := make([]string, len(locations))
	for n, l := range locations {
		urls[n] = quote.BareURL(l.URL)
	}
	return urls
}

// numbered names locations as a user counts them: "location 2",
// "locations 1 and 3", "locations 1, 2 and 4".
func numbered(indexes []int) string {
	words := make([]string, len(indexes))
	for n, at := range indexes {
		words[n] = strconv.Itoa(at + 1)
	}
	last := len(words) - 1
	if last == 0 {
		return "location " + words[0]
	}
	return "locations " + strings.Join(words[:last], ", ") + " and " + words[last]
}
