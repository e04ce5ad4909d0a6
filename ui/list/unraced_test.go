//go:build !race

package list

// many is how many images watching is measured with.
const many = 100_000
