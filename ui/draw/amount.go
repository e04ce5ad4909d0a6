package draw

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/glance-tui/glance-tui/model"
)

// Size is a number of bytes in words, in powers of 1024: "2.1 MiB",
// "12 GiB", "0 B". It is "" for null, so that the caller can draw its dash.
func Size(bytes model.Opt[int64]) string {
	if !bytes.Set {
		return ""
	}
	if bytes.Value < 0 {
		return humanize.Comma(bytes.Value) + " B"
	}
	return humanize.IBytes(uint64(bytes.Value))
}

// Bytes is an exact number of bytes: "2,254,249 bytes", "1 byte".
func Bytes(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return humanize.Comma(n) + " bytes"
}

// Number is a whole number with a comma between thousands: "20,480".
func Number(n int64) string { return humanize.Comma(n) }

const (
	day   = 24 * time.Hour
	week  = 7 * day
	month = 30 * day
	year  = 365 * day
)

// Age is how long before now t was, in one number and one unit: "now",
// "2 min", "5 hours", "4 days", "3 weeks", "7 months", "2 years". A time that is yet to
// come is "now" (clocks differ), the zero time is "".
func Age(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	d := now.Sub(t)
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < day:
		return Count(int(d/time.Hour), "hour")
	case d < 2*week:
		return Count(int(d/day), "day")
	case d < 2*month:
		return Count(int(d/week), "week")
	case d < 2*year:
		return Count(int(d/month), "month")
	}
	return Count(int(d/year), "year")
}

// Ago is Age as an ending of a sentence: "4 days ago", "now", "".
func Ago(t, now time.Time) string {
	switch s := Age(t, now); s {
	case "", "now":
		return s
	default:
		return s + " ago"
	}
}

// Count is a number with its noun: "1 day", "3 days", "1,284 images".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return humanize.Comma(int64(n)) + " " + noun + "s"
}

// Nth names one of several, counted from 0: "Request 1 of 2".
func Nth(what string, n, of int) string { return fmt.Sprintf("%s %d of %d", what, n+1, of) }

// Elapsed is a span that was measured, as fine as it matters: "41 ms",
// "0.4 s", "12 s", "2 min 5 s".
func Elapsed(d time.Duration) string {
	d = max(d, 0)
	switch {
	case 0 < d && d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
}
