package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
)

// TakeBack is what shows the way back of an entry of the history, on top of the
// image as it is now: its review, after the decision on what somebody changed
// again since.
func TakeBack(e model.Entry, now model.Image, rules model.Rules) tea.Msg {
	made, before, lost := rules.Undo(e)
	now = now.Recalling(made)
	review := func(wanted model.Image) tea.Msg {
		wanted, more := rules.Reachable(now, wanted)
		lost := append(slices.Clone(lost), more...)
		return Review{Base: now, Wanted: wanted, Rules: rules, Undoes: e.ID, Lost: lost, Above: true}
	}
	wanted, conflicts := rules.Merge(made, before, now)
	if len(conflicts) == 0 {
		return review(wanted)
	}
	return Merge{
		Base: made, Mine: before, Theirs: now, Rules: rules, Next: review, Above: true,
		Names: SideNames{Base: "after your edit", Mine: "before it", Theirs: "now"},
		Why:   "Somebody changed again what your edit had changed. Taking it back would change theirs, too.",
	}
}
