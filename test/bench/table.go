package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// table writes rows in Markdown.
type table struct{ w io.Writer }

func (t table) row(cells ...string) {
	fmt.Fprintf(t.w, "| %s |\n", strings.Join(cells, " | "))
}

func (t table) head(cells ...string) {
	t.row(cells...)
	t.row(slices.Repeat([]string{"---"}, len(cells))...)
}

// resultHead and resultRows are the one table of all clients.
func (t table) resultHead() {
	t.head("task", "with", "median", "against "+base, "runs", "requests", "received", "peak memory")
}

func (t table) resultRows(title string, results []result) {
	for n, r := range results {
		if n > 0 {
			title = ""
		}
		switch {
		case r.missing != "":
			t.row(title, r.name, "not run: "+r.missing, "", "", "", "", "")
		case r.err != nil:
			t.row(title, r.name, "failed: "+strings.ReplaceAll(r.err.Error(), "|", "/"), "", "", "", "", "")
		default:
			t.row(title, r.name, seconds(middle(times(r.samples))), ratioText(r.ratios), fmt.Sprint(len(r.samples)),
				fmt.Sprint(len(r.traffic.requests)), size(r.traffic.received), peakText(r.samples))
		}
	}
}

func times(samples []sample) []time.Duration {
	out := make([]time.Duration, len(samples))
	for n, s := range samples {
		out[n] = s.took
	}
	return out
}

// ratioText is the median, and from where to where.
func ratioText(ratios []float64) string {
	if len(ratios) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f)", middle(ratios), slices.Min(ratios), slices.Max(ratios))
}

// peakText is the most that any of the runs held.
func peakText(samples []sample) string {
	var most int64
	for _, s := range samples {
		most = max(most, s.peak)
	}
	return mebibytes(most)
}

func mebibytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.3f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func size(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }

func grouped(n int) string { return humanize.Comma(int64(n)) }
