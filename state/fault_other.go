//go:build !unix

package state

var systemFaults []struct {
	err  error
	text string
}
