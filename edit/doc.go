// Package edit is the life of an edit without a screen.
//
// [Plan] is all that can be said of an edit before it is sent: what is shown,
// what the history gets and what is sent are one value. [Edit] is the edit in flight:
// [Edit.Step] takes an event and gives the edit after it and the effects
// that are to be run now. It decides and does no I/O; table.go has every
// way it can go. [Runner] runs effects for a command. [Drafts],
// [LostUpdates] and [Resolver] decide about what outlives an edit. [Changes] are what
// an image is to be, as they are written on a command line.
package edit
