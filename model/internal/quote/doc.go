// Package quote makes untrusted text readable on one line.
package quote
