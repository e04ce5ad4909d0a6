package main

import (
	"context"
	"math"
	"slices"
	"time"
)

// contender is one way to do a task.
type contender struct {
	name string
	run  func(context.Context) (sample, error)
	// missing is why it cannot run, where it cannot.
	missing string
}

// result is what a contender's runs cost.
type result struct {
	name    string
	missing string
	err     error
	samples []sample // of each round; those of a slow one are fewer
	ratios  []float64
	traffic traffic
}

// slow is how long a run may take before only fewRounds of its kind follow.
const (
	slow      = 15 * time.Second
	fewRounds = 2
)

// rounds lets the contenders run in turn, n times after a warm-up. One that
// fails takes no further part.
func rounds(ctx context.Context, n int, contenders []contender) []result {
	results := make([]result, len(contenders))
	for round := -1; round < n; round++ {
		for i, c := range contenders {
			r := &results[i]
			r.name, r.missing = c.name, c.missing
			if r.missing != "" || r.err != nil || round >= fewRounds && r.samples[0].took > slow {
				continue
			}
			s, err := c.run(ctx)
			if ctx.Err() != nil {
				return results
			}
			r.err = err
			if err == nil && round >= 0 {
				r.samples = append(r.samples, s)
			}
		}
	}
	return results
}

// compare works out each result's ratios to the one of that name, round by
// round: two times are comparable when they were taken side by side.
func compare(results []result, base string) {
	at := slices.IndexFunc(results, func(r result) bool { return r.name == base })
	if at < 0 {
		return
	}
	for i := range results {
		for round, s := range results[i].samples {
			if round < len(results[at].samples) {
				results[i].ratios = append(results[i].ratios, float64(s.took)/float64(results[at].samples[round].took))
			}
		}
	}
}

// middle is the median; 0 of nothing.
func middle[T time.Duration | float64](values []T) T {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// percentile is the smallest value that p percent of the values do not exceed.
func percentile(values []time.Duration, p float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}
