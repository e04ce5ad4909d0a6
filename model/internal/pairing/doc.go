// Package pairing tells which locations of two lists are the same.
package pairing
