// Package draw holds the small pieces that several screens are made of:
// sizes and ages in words, colored JSON, labeled rows, lines of changes, the
// timeline of a status, a pager, and a browser of items.
//
// Every function takes untrusted text as it came and makes it safe itself. What
// it gives back is styled, safe, and never wider than the width it was given.
package draw
