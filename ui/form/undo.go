package form

// longestHistory bounds what undo remembers.
const longestHistory = 500

// moment is a state and where the focus was when it was left.
type moment struct {
	state state
	focus spot
}

// history is the states before and after the present one.
type history struct {
	past, future []moment
	group        group
}

// group says which changes belong together, so that undo undoes a word
// and not a letter. The zero value belongs to nothing.
type group struct {
	at     spot
	typing bool // false while taking away
}

// left remembers a state that is about to change. Where g is the group of the
// change before, the two are undone as one.
func (h *history) left(s state, focus spot, g group) {
	h.future = nil
	if g != (group{}) && g == h.group {
		return
	}
	h.group = g
	h.past = append(h.past, moment{s, focus})
	if len(h.past) > longestHistory {
		h.past = h.past[1:]
	}
}

// endGroup makes the next change one of its own.
func (h *history) endGroup() { h.group = group{} }

// undo gives the moment before the present one, and redo the one after it.
func (h *history) undo(now moment) (moment, bool) { return step(&h.past, &h.future, now, h) }
func (h *history) redo(now moment) (moment, bool) { return step(&h.future, &h.past, now, h) }

func step(from, to *[]moment, now moment, h *history) (moment, bool) {
	h.endGroup()
	n := len(*from)
	if n == 0 {
		return now, false
	}
	m := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, now)
	return m, true
}

// forget drops everything: the states were of another base.
func (h *history) forget() { *h = history{} }
