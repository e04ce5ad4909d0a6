package screen

import (
	tea "charm.land/bubbletea/v2"
)

// Outside is what is beyond the terminal UI: the clipboard, files, other programs.
// The cli implements it; its methods are called by commands, but for Pager.
type Outside interface {
	// Copy puts text on the clipboard as far as the terminal, or what it runs in,
	// can. said tells where it went, as the end of a sentence that begins with what
	// was copied; sequence is what is still to be written to the terminal.
	Copy(text string) (said, sequence string)
	// Save writes text to a file that only its user can read, and gives its full
	// path. Unless over is set, an existing file is left alone: fs.ErrExist.
	Save(path, text string, over bool) (full string, err error)
	// Pager shows text in the user's pager.
	Pager(text string) tea.ExecCommand
}

// Document is a text to look at, to copy and to save.
type Document struct {
	Name string // such as "curl", on its tab
	What string // such as "the curl command", within a sentence
	Text string
	File string // a name to offer for the file
}

// Show opens documents, one beside the other.
type Show struct {
	Title     string
	Documents []Document
}
