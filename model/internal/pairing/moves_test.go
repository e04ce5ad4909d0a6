package pairing_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model/internal/pairing"
)

// The moves explain the new order, and no fewer would: what does not move keeps
// its order, and is the longest run that does.
func TestMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "order")
		order = order[:rapid.IntRange(0, 8).Draw(t, "kept")]
		p := pairing.Pairs{ToBefore: slices.Insert(slices.Clone(order), rapid.IntRange(0, len(order)).Draw(t, "new at"), -1)}
		moves := p.Moves()
		var stays []int
		for m, n := range p.ToBefore {
			moved := slices.Contains(moves, pairing.Move{n, m})
			if moved && n < 0 {
				t.Fatalf("%v: what is new moves: %v", p.ToBefore, moves)
			}
			if n >= 0 && !moved {
				stays = append(stays, n)
			}
		}
		if !slices.IsSorted(stays) || len(stays)+len(moves) != len(order) {
			t.Fatalf("%v: %v stay, %v move", p.ToBefore, stays, moves)
		}
		longest := 0
		for set := range 1 << len(order) {
			var run []int
			for i, n := range order {
				if set>>i&1 == 1 {
					run = append(run, n)
				}
			}
			if slices.IsSorted(run) {
				longest = max(longest, len(run))
			}
		}
		if len(stays) != longest {
			t.Fatalf("%v: %d stay, %d could", p.ToBefore, len(stays), longest)
		}
	})
}
