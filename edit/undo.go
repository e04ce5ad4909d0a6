package edit

import "github.com/glance-tui/glance-tui/model"

// Undo is an edit that reverts an entry of the history, on top of the image as
// it is now: to be reviewed, or first to be decided where the same was changed
// again since. What happened since stays.
func Undo(entry model.Entry, now model.Image, rules model.Rules) Edit {
	made, before, lost := rules.Undo(entry)
	return Onto(made, before, now, rules, Options{Undoes: entry.ID, NotUndoable: lost})
}
