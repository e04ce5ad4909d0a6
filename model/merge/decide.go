package merge

import "github.com/glance-tui/glance-tui/model"

// Side is whose value holds where two sides changed the same differently.
type Side int

// The sides of a conflict.
const (
	SideMine   Side = iota // as [Merge] leaves it
	SideTheirs             // as the server has it now
	SideBase               // as it was before either changed it
)

// Decide is [Merge] with its conflicts decided: sides are those of its
// conflicts, in their order; where there are fewer, mine holds. What does not
// conflict is merged all the same. A [Conflict] that is Settled comes out as it is
// on the server, whatever is decided.
func Decide(base, mine, theirs model.Image, sides []Side) model.Image {
	m := merger{sides: sides}
	return m.merge(base, mine, theirs)
}
