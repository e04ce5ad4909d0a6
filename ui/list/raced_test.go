//go:build race

package list

// many is fewer under the race detector, which takes ten times as long. Of the
// more deleted images that are not visible are found in a minute then, and
// each costs a request to be certain.
const (
	many      = 10_000
	confirmed = 2
)
