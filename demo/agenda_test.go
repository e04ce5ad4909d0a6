package demo

import (
	"slices"
	"testing"
	"time"
)

func TestAgendaKeepsTheOrderOfTimes(t *testing.T) {
	var a agenda
	var done []string
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	note := func(what string) func(due, now time.Time) {
		return func(due, now time.Time) {
			if due.After(now) {
				t.Errorf("%s was done before its time", what)
			}
			done = append(done, what)
		}
	}
	a.advance(start) // nothing planned
	a.at(start.Add(3*time.Second), note("c"))
	a.at(start.Add(1*time.Second), func(due, now time.Time) {
		note("a")(due, now)
		a.at(due.Add(time.Second), note("b")) // planned by what is done
	})
	a.at(start.Add(3*time.Second), note("d"))
	a.at(start.Add(time.Hour), note("never"))
	for _, step := range []struct {
		after time.Duration
		want  []string
	}{
		{0, nil},
		{time.Second, []string{"a"}},
		{10 * time.Second, []string{"a", "b", "c", "d"}},
		{time.Minute, []string{"a", "b", "c", "d"}},
	} {
		a.advance(start.Add(step.after))
		if !slices.Equal(done, step.want) {
			t.Errorf("after %v: %q, want %q", step.after, done, step.want)
		}
	}
}
