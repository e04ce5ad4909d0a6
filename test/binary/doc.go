// Package binary holds the test of what is shipped: the program as `make
// build` builds it.
package binary
