// Package watch decides when a server is asked for what, so that the images that
// are shown stay up to date: pages of the list, what changed since a time, images
// by their IDs. It is a state machine without a screen and without I/O: [Watch.Step]
// takes an event, with the time at which it happens, and gives what is to be done.
// Whoever runs it sends the requests, waits, and shows what it learned.
package watch
