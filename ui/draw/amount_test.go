package draw

import (
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

func TestSizeInWords(t *testing.T) {
	for _, c := range []struct {
		in   model.Opt[int64]
		want string
	}{
		{model.Null[int64](), ""},
		{model.Some(int64(0)), "0 B"},
		{model.Some(int64(512)), "512 B"},
		{model.Some(int64(2254249)), "2.1 MiB"},
		{model.Some(int64(13 << 30)), "13 GiB"},
		{model.Some(int64(-1)), "-1 B"},
	} {
		if got := Size(c.in); got != c.want {
			t.Errorf("Size(%v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAgeInWords(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 2, 7, 0, time.UTC)
	for _, c := range []struct {
		before time.Duration
		want   string
	}{
		{-time.Hour, "now"}, {0, "now"}, {59 * time.Second, "now"},
		{2*time.Minute + 59*time.Second, "2 min"}, {time.Hour, "1 hour"}, {23 * time.Hour, "23 hours"},
		{day, "1 day"}, {4 * day, "4 days"}, {13 * day, "13 days"}, {3 * week, "3 weeks"},
		{61 * day, "2 months"}, {400 * day, "13 months"}, {5 * year, "5 years"},
	} {
		if got := Age(now.Add(-c.before), now); got != c.want {
			t.Errorf("%v ago: %q, want %q", c.before, got, c.want)
		}
	}
	if got := Age(time.Time{}, now); got != "" {
		t.Errorf("the zero time has an age: %q", got)
	}
	if got := Ago(now.Add(-2*day), now); got != "2 days ago" {
		t.Errorf("Ago: %q", got)
	}
}

func TestElapsedIsAsFineAsItMatters(t *testing.T) {
	for in, want := range map[time.Duration]string{
		-time.Second: "0 ms", 640 * time.Microsecond: "0.6 ms", 41 * time.Millisecond: "41 ms", 400 * time.Millisecond: "0.4 s",
		12400 * time.Millisecond: "12 s", 125 * time.Second: "2 min 5 s", 2*time.Hour + 3*time.Minute: "2 h 3 min",
	} {
		if got := Elapsed(in); got != want {
			t.Errorf("Elapsed(%v) = %q, want %q", in, got, want)
		}
	}
}

func TestNthCountsFromOne(t *testing.T) {
	if got := Nth("Request", 0, 2); got != "Request 1 of 2" {
		t.Error(got)
	}
}

func TestCountHasItsNoun(t *testing.T) {
	if got := Count(1, "image") + ", " + Count(1284, "image"); got != "1 image, 1,284 images" {
		t.Error(got)
	}
}
