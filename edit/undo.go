package edit

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Undo is an edit that reverts an entry of the history, on top of the image as
// it is now: to be reviewed, or first to be decided where the same was changed
// again since. What happened since stays.
func Undo(entry record.Entry, now model.Image, rules rules.Rules) Edit {
	made, before, lost := merge.Undo(rules, entry)
	return Onto(made, before, now, rules, Options{Undoes: entry.ID, NotUndoable: lost})
}
