//go:build race

package list

// many is fewer under the race detector, which takes ten times as long. Of the
// deleted images that are not in sight more are come upon in a minute then, and
// each costs a request to be certain.
const (
	many      = 10_000
	confirmed = 2
)
