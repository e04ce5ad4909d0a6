package record

// CanUndo says why an entry cannot be undone, as a sentence; "" when it
// may be.
func (e Entry) CanUndo() string {
	switch {
	case e.Abbreviated:
		return "The edit was too large to be recorded in full and cannot be undone from here."
	case e.OwnedBy != "":
		return "Still in progress in " + e.OwnedBy + "."
	}
	switch e.Outcome {
	case OutcomeOpen:
		return "Its outcome is not known yet."
	case OutcomeRejected, OutcomeNotApplied:
		return "It was not applied: nothing to undo."
	case OutcomeDeleted:
		return "The image no longer exists."
	}
	return ""
}
