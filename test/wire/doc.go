// Package wire measures what a change of the screen costs on the line, and
// what it could cost: Smallest is the shortest way from one screen to another
// that an encoder finds which knows all of a terminal's means and has all the
// time it wants. A program cannot be as good, but it can be near.
package wire
