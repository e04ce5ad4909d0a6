// Package edit is the life of an edit without a screen: what it would do,
// sending it, and what became of it. It decides and does no I/O; who runs it
// carries out what it asks for.
package edit
