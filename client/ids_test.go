package client

import (
	"testing"

	"pgregory.net/rapid"
)

// TestIDs holds the set against a plain one: two ids are the same only when
// their texts are.
func TestIDs(t *testing.T) {
	digit := rapid.StringMatching(`[0-9a-fA-F-]`)
	uuid := rapid.StringMatching(`[01]{8}-[ab]{4}-4000-8000-00000000000[0-9a-fAFg]`)
	rapid.Check(t, func(t *rapid.T) {
		set, plain := newIDs(), map[string]bool{}
		for range rapid.IntRange(0, 20).Draw(t, "how many") {
			id := rapid.OneOf(uuid, uuid, digit, rapid.StringN(36, 36, 36)).Draw(t, "id")
			if fresh := set.add(id); fresh == plain[id] {
				t.Fatalf("%q is new: %v", id, fresh)
			}
			plain[id] = true
		}
		if set.len() != len(plain) {
			t.Fatalf("%d ids, not %d", set.len(), len(plain))
		}
	})
}
