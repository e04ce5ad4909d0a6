package demo

import (
	"container/heap"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// agenda is what will happen by itself. Nothing runs in the background: each
// request first does what is due by then, in the order of the due times, so
// that every client sees a state that such a server could have.
type agenda struct {
	next atomic.Int64 // when the first appointment is due, Unix nanoseconds

	mu    sync.Mutex // guards the appointments
	queue appointments
	made  int

	running sync.Mutex // held while appointments are kept
}

// appointment is something to do at a time; do gets that time and the time
// that it is now, which may be much later.
type appointment struct {
	due   time.Time
	order int
	do    func(due, now time.Time)
}

// at makes an appointment.
func (a *agenda) at(due time.Time, do func(due, now time.Time)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.made++
	heap.Push(&a.queue, appointment{due: due, order: a.made, do: do})
	a.note()
}

// note remembers when the first appointment is due; the caller holds mu.
func (a *agenda) note() {
	next := int64(math.MaxInt64)
	if len(a.queue) > 0 {
		next = a.queue[0].due.UnixNano()
	}
	a.next.Store(next)
}

// advance does everything that is due.
func (a *agenda) advance(now time.Time) {
	if next := a.next.Load(); next == 0 || next > now.UnixNano() {
		return // nothing was ever planned, or not yet
	}
	a.running.Lock()
	defer a.running.Unlock()
	for {
		first, ok := a.pop(now)
		if !ok {
			return
		}
		first.do(first.due, now)
	}
}

func (a *agenda) pop(now time.Time) (appointment, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer a.note()
	if len(a.queue) == 0 || a.queue[0].due.After(now) {
		return appointment{}, false
	}
	return heap.Pop(&a.queue).(appointment), true
}

// appointments is a heap by due time; what was planned first comes first.
type appointments []appointment

func (q appointments) Len() int { return len(q) }

func (q appointments) Less(i, j int) bool {
	if !q[i].due.Equal(q[j].due) {
		return q[i].due.Before(q[j].due)
	}
	return q[i].order < q[j].order
}

func (q appointments) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push and Pop are for container/heap.
func (q *appointments) Push(x any) { *q = append(*q, x.(appointment)) }

// Pop takes the last element off.
func (q *appointments) Pop() any {
	last := (*q)[len(*q)-1]
	(*q)[len(*q)-1] = appointment{} // let go of what it holds
	*q = (*q)[:len(*q)-1]
	return last
}
