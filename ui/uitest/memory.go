package uitest

import (
	"sync"

	"github.com/glance-tui/glance-tui/ui/screen"
)

// Memory is a screen.Memory that forgets with the test.
type Memory struct {
	mu     sync.Mutex
	drafts map[string]screen.Draft
}

// Draft gives the draft of an image.
func (m *Memory) Draft(id string) (screen.Draft, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.drafts[id]
	return d, ok
}

// KeepDraft keeps a draft, one for each image.
func (m *Memory) KeepDraft(d screen.Draft) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.drafts == nil {
		m.drafts = map[string]screen.Draft{}
	}
	m.drafts[d.Base.ID] = d
}

// DropDraft forgets the draft of an image.
func (m *Memory) DropDraft(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.drafts, id)
}
