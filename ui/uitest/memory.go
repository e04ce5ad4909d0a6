package uitest

import (
	"maps"
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model/record"
)

// Memory is a screen.Memory that forgets with the test.
type Memory struct {
	mu     sync.Mutex
	drafts map[string]record.Draft
}

// Draft gives the draft of an image.
func (m *Memory) Draft(id string) (record.Draft, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.drafts[id]
	return d, ok
}

// TakeDraft is Draft: no one else could have it.
func (m *Memory) TakeDraft(id string) (record.Draft, bool) { return m.Draft(id) }

// Drafts are all drafts, by the ids of their images.
func (m *Memory) Drafts() []record.Draft {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []record.Draft
	for _, id := range slices.Sorted(maps.Keys(m.drafts)) {
		out = append(out, m.drafts[id])
	}
	return out
}

// Lasts is false: it forgets.
func (m *Memory) Lasts() bool { return false }

// KeepDraft keeps a draft, one for each image.
func (m *Memory) KeepDraft(d record.Draft) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.drafts == nil {
		m.drafts = map[string]record.Draft{}
	}
	m.drafts[d.Base.ID] = d
}

// DropDraft forgets the draft of an image.
func (m *Memory) DropDraft(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.drafts, id)
}
