package client

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	harness "github.com/glance-tui/glance-tui/test/real"
)

// BenchmarkAnEditDuringAWalk is an edit with the readings before and after it
// (ms, median) on a real Glance that has one worker: alone, while lists are
// read and go last, and while they do not wait (but still come one page at a
// time).
func BenchmarkAnEditDuringAWalk(b *testing.B) {
	s := harness.Find(b)
	at := func(p patience, walks int) func(*testing.B) {
		return func(b *testing.B) {
			o := realOptions(s, "admin")
			o.patience = &p
			c, err := Connect(background(), o)
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close()
			page, err := c.Page(background(), "", 1, nil)
			if err != nil || len(page.Images) == 0 {
				b.Fatalf("no image to edit: %v", err)
			}
			ctx, cancel := context.WithCancel(background())
			var all sync.WaitGroup
			for range walks {
				all.Go(func() {
					for marker := ""; ctx.Err() == nil; {
						p, _ := c.Page(ctx, marker, 100, nil)
						marker = p.Marker
					}
				})
			}
			var took []float64
			for b.Loop() {
				time.Sleep(200 * time.Millisecond) // the walk is in full swing again
				begun := time.Now()
				if err := renameWithCare(c, page.Images[0].ID); err != nil {
					b.Fatal(err)
				}
				took = append(took, float64(time.Since(begun).Microseconds())/1000)
			}
			cancel()
			all.Wait()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "ms")
			b.ReportMetric(took[len(took)*9/10], "ms-p90")
		}
	}
	rude := defaultPatience
	rude.moment, rude.yield = 0, 1
	b.Run("alone", at(defaultPatience, 0))
	b.Run("lists last", at(defaultPatience, 1))
	b.Run("lists not last", at(rude, 1))
}

// BenchmarkTheGate is what it costs a page that nothing is in the way of.
func BenchmarkTheGate(b *testing.B) {
	g := newGate(defaultPatience)
	b.ReportAllocs()
	for b.Loop() {
		done, err := g.bulk(background())
		if err != nil {
			b.Fatal(err)
		}
		done()
	}
}
