package screen

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Undo opens the review of an edit that undoes an entry of the history, or the
// decision that comes before it.
func Undo(entry record.Entry, now model.Image, rules rules.Rules) tea.Msg {
	undo := edit.Undo(entry, now, rules)
	review := func(e edit.Edit) tea.Msg {
		p := e.Plan()
		return Review{Base: p.Base, Wanted: p.Wanted, Rules: rules, Undoes: entry.ID, Lost: e.Stays(), Above: true}
	}
	if undo.State() != edit.Deciding {
		return review(undo)
	}
	_, theirs := undo.Conflicts()
	return Merge{
		Base: undo.Plan().Base, Mine: undo.Plan().Wanted, Theirs: theirs, Rules: rules, Above: true,
		Next: func(sides []merge.Side, _ model.Image) tea.Msg {
			decided, _ := undo.Step(edit.Decide{Sides: sides})
			return review(decided)
		},
		Names: SideNames{Base: "after edit", Mine: "before edit", Theirs: "now"},
		Why:   "Someone has since changed the same fields. Undoing your edit would change theirs too.",
	}
}
