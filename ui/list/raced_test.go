//go:build race

package list

// many is fewer under the race detector, which takes ten times as long; what is
// measured is the same at any size.
const many = 10_000
