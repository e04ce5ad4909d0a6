// Package cli is the command line: it reads flags, joins the terminal UI with
// a client or with the embedded service, and has the commands that need no
// screen.
//
// Standard output carries the result alone; messages go to standard error, one
// clear sentence and what to do. Exit status: 0 done, 1 refused or failed, 2
// wrong usage.
package cli
