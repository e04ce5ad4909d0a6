package uitest

import (
	"fmt"
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Timeout is how long Run waits for one round of commands. What is not back by
// then counts as still in progress and is left behind. That is for what hangs: a
// command of a screen ends by itself, and the machine may be busy. Tests with ticks
// run in a bubble of testing/synctest, where they pass at once.
var Timeout = time.Minute

// maxMessages stops screens that keep each other busy without end.
const maxMessages = 10_000

// Updater is what Run drives: a screen.Screen, or a part of one.
type Updater interface {
	Update(tea.Msg) tea.Cmd
}

// Starter is a screen that Start puts on the stack.
type Starter interface {
	Updater
	Init() tea.Cmd
	SetSize(width, height int)
}

// Start does what the root does with a new screen: gives it its size, then
// runs what Init asks for. It returns every message that came up.
func Start(s Starter, width, height int) []tea.Msg {
	s.SetSize(width, height)
	return settle(s, s.Init())
}

// BurstKeys makes Run give a screen all keys of a call before it runs any
// command, as when they arrive in one packet. Otherwise it settles after each,
// as when a user types slowly.
var BurstKeys bool

// Run sends messages to a screen one after another. After each it runs
// the commands that the screen returned, sends their messages to the screen
// too (as the root does), and goes on until nothing more comes. It returns the
// messages that commands made and the actions that the screen asked the root
// for, in order. See BurstKeys.
//
// An argument is a tea.Msg, a tea.Cmd to run, or a []tea.Msg as Keys and
// Type give it.
func Run(s Updater, steps ...any) []tea.Msg {
	var out []tea.Msg
	var burst []tea.Cmd
	for _, step := range steps {
		msgs, keys := step.([]tea.Msg)
		cmd, command := step.(tea.Cmd)
		switch {
		case command:
			out = append(out, settle(s, cmd)...)
			continue
		case !keys:
			msgs = []tea.Msg{step}
		}
		for _, m := range msgs {
			cmd := s.Update(m)
			if BurstKeys && keys {
				burst = append(burst, cmd)
				continue
			}
			out = append(out, settle(s, cmd)...)
		}
	}
	return append(out, settle(s, burst...)...)
}

// Find gives the last message of type T among those that Run returned.
func Find[T any](msgs []tea.Msg) (T, bool) {
	for i := len(msgs) - 1; i >= 0; i-- {
		if m, ok := msgs[i].(T); ok {
			return m, true
		}
	}
	var none T
	return none, false
}

func settle(s Updater, todo ...tea.Cmd) []tea.Msg {
	var out []tea.Msg
	for {
		msgs := append(actions(s), runAll(todo)...)
		if len(msgs) == 0 {
			return out
		}
		todo = nil
		for _, m := range msgs {
			out = append(out, m)
			if len(out) > maxMessages {
				panic(fmt.Sprintf("uitest: no end of messages; the last is %T", m))
			}
			todo = append(todo, s.Update(m))
		}
	}
}

// actions takes what a screen asked the root for; the root itself asks no one.
func actions(s Updater) []tea.Msg {
	if a, ok := s.(interface{ TakeActions() []tea.Msg }); ok {
		return a.TakeActions()
	}
	return nil
}

// runAll runs commands at the same time, as Bubble Tea does, and gives their
// messages in the commands' order.
func runAll(cmds []tea.Cmd) []tea.Msg {
	results := make([][]tea.Msg, len(cmds))
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i, c := range cmds {
		if c == nil {
			continue
		}
		wait.Go(func() {
			got := flatten(c())
			mu.Lock()
			results[i] = got
			mu.Unlock()
		})
	}
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(Timeout):
	}
	mu.Lock()
	defer mu.Unlock()
	var out []tea.Msg
	for _, r := range results {
		out = append(out, r...)
	}
	return out
}

// flatten runs what tea.Batch and tea.Sequence wrap.
func flatten(m tea.Msg) []tea.Msg {
	if m == nil {
		return nil
	}
	cmds, inOrder, wrapped := Wrapped(m)
	switch {
	case !wrapped:
		return []tea.Msg{m}
	case !inOrder:
		return runAll(cmds)
	}
	var out []tea.Msg
	for _, c := range cmds {
		out = append(out, runAll([]tea.Cmd{c})...)
	}
	return out
}

// Wrapped are the commands within what tea.Batch and tea.Sequence give; inOrder
// those of the latter, whose type is Bubble Tea's own and known by its shape.
func Wrapped(m tea.Msg) (cmds []tea.Cmd, inOrder, wrapped bool) {
	if b, ok := m.(tea.BatchMsg); ok {
		return b, false, true
	}
	v := reflect.ValueOf(m)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false, false
	}
	for i := range v.Len() {
		if c, _ := v.Index(i).Interface().(tea.Cmd); c != nil {
			cmds = append(cmds, c)
		}
	}
	return cmds, true, true
}

// TwoWays runs the tests of a package twice, for its TestMain: with each key on
// its own, then with the keys of each Run in one packet.
func TwoWays(m interface{ Run() int }) int {
	for _, BurstKeys = range []bool{false, true} {
		if code := m.Run(); code != 0 {
			fmt.Printf("uitest: BurstKeys is %v\n", BurstKeys)
			return code
		}
	}
	return 0
}
