//go:build !race

package list

// many is how many images watching is measured with.
const (
	many      = 100_000
	confirmed = 0 // requests a minute
)
