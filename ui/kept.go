package ui

import (
	"sync"

	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// keptHistory is a keeper that knows what of the history it could not write down.
// Its methods are called by commands.
type keptHistory struct {
	screen.Keeper

	mu      sync.Mutex
	missing map[string]error // outcomes that are not written, by their entries
	unbegun error            // an entry that is not there at all
}

// Begin writes an entry down.
func (k *keptHistory) Begin(e record.Entry) (string, error) {
	id, err := k.Keeper.Begin(e)
	if err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.unbegun = err
	}
	return id, err
}

// End writes down what came of an entry.
func (k *keptHistory) End(id string, e record.Result) error {
	err := k.Keeper.End(id, e)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		delete(k.missing, id)
		return nil
	}
	if k.missing == nil {
		k.missing = map[string]error{}
	}
	k.missing[id] = err
	return err
}

func (k *keptHistory) failed() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.unbegun != nil {
		return k.unbegun
	}
	for _, err := range k.missing {
		return err
	}
	return nil
}

// notKept says what does not outlive the program, and why; "" where all does. It
// stands for as long as that is so.
func (m *Model) notKept() string {
	var history error
	if m.history != nil {
		history = m.history.failed()
	}
	drafts := m.drafts.Failed()
	if m.history == nil && m.noKeeper != nil {
		drafts, history = m.noKeeper, m.noKeeper
	}
	switch {
	case drafts != nil && history != nil:
		return "Drafts and history cannot be saved and will be lost when you quit: " + drafts.Error()
	case drafts != nil:
		return "Drafts cannot be saved and will be lost when you quit: " + drafts.Error()
	case history != nil:
		return "The history is incomplete: " + history.Error()
	}
	return ""
}
