package record

// CanUndo says why an entry cannot be undone, as a sentence; "" when it
// may be.
func (e Entry) CanUndo() string {
	switch {
	case e.Abbreviated:
		return "The edit was too large to be kept whole: there is no way back from here."
	case e.OwnedBy != "":
		return "It is still under way: " + e.OwnedBy + " is at it."
	}
	switch e.Outcome {
	case OutcomeOpen:
		return "Nobody knows yet what became of it."
	case OutcomeRejected, OutcomeNotApplied:
		return "Nothing of it was carried out: there is nothing to take back."
	case OutcomeDeleted:
		return "The image no longer exists."
	}
	return ""
}
