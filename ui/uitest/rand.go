package uitest

import (
	"math/rand/v2"
	"sync"
)

// Rand is a seeded source of chance that the hooks of a fake service may use
// too: they run in commands, beside the test.
func Rand(seed1, seed2 uint64) *rand.Rand {
	return rand.New(&lockedSource{source: rand.NewPCG(seed1, seed2)}) //nolint:gosec // chance for tests, which must repeat itself
}

type lockedSource struct {
	mu     sync.Mutex
	source rand.Source
}

// Uint64 satisfies rand.Source.
func (l *lockedSource) Uint64() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.source.Uint64()
}
