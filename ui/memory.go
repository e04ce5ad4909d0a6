package ui

import "github.com/glance-tui/glance-tui/ui/screen"

// Memory keeps drafts for as long as the program runs. It satisfies
// screen.Memory and is used from Update alone, so it needs no lock.
type Memory struct{ drafts map[string]screen.Draft }

// NewMemory is an empty memory.
func NewMemory() *Memory { return &Memory{drafts: map[string]screen.Draft{}} }

// Draft gives the draft of an image.
func (m *Memory) Draft(id string) (screen.Draft, bool) {
	d, ok := m.drafts[id]
	return d, ok
}

// KeepDraft keeps a draft in place of an earlier one of the same image.
func (m *Memory) KeepDraft(d screen.Draft) { m.drafts[d.Base.ID] = d }

// DropDraft forgets one.
func (m *Memory) DropDraft(id string) { delete(m.drafts, id) }

// Unsaved is what quitting would lose; "" when nothing.
func (m *Memory) Unsaved() string {
	switch len(m.drafts) {
	case 0:
		return ""
	case 1:
		for _, d := range m.drafts {
			return "drop the unsent edit of " + d.Base.Name.Or(d.Base.ID)
		}
	}
	return "drop the unsent edits of several images"
}
