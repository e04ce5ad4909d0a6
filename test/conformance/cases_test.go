package conformance

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/test/summary"
)

func TestCases(t *testing.T) {
	t.Run("demo", func(t *testing.T) { runAll(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { runAll(t, realServer(t)) })
}

// runAll carries all cases out on one server.
func runAll(t *testing.T, s *server) {
	var done, failed atomic.Int64
	slots := make(chan struct{}, s.parallel)
	number := 0
	t.Cleanup(func() {
		summed(t, "%s: %d cases, %d failed", s.name, done.Load(), failed.Load())
	})
	for _, setup := range Setups {
		if !setup.Exists(s.name) {
			continue
		}
		t.Run(string(setup), func(t *testing.T) {
			used := new(shelf)
			t.Cleanup(func() { used.clear(t, s.setups[setup]) })
			for _, g := range Groups() {
				for _, c := range g.Cases {
					if c.On != setup {
						continue
					}
					number++
					mine := number
					t.Run(g.Name+"/"+c.Name, func(t *testing.T) {
						t.Parallel()
						slots <- struct{}{}
						defer func() { <-slots }()
						c.Then = Expected(g.Name, c, s.name)
						run(t, s, c, mine, used)
						done.Add(1)
						if t.Failed() {
							failed.Add(1)
						}
					})
				}
			}
		})
	}
}

// summed prints what was done.
func summed(t *testing.T, format string, a ...any) {
	t.Helper()
	if err := summary.Add("conformance: "+format, a...); err != nil {
		t.Error(err)
	}
}

// TestTable keeps the table itself in order.
func TestTable(t *testing.T) {
	const atLeast = 120
	known := map[string]bool{}
	for _, g := range Groups() {
		if g.Name == "" || g.About == "" || strings.ContainsAny(g.Name, " /") {
			t.Errorf("group %q: a name of one word and a sentence about it", g.Name)
		}
		for _, c := range g.Cases {
			name := g.Name + "/" + c.Name
			if known[name] {
				t.Errorf("%s: there are two", name)
			}
			known[name] = true
			checkCase(t, name, c)
		}
	}
	for _, d := range Differences {
		if !known[d.Case] || d.Why == "" || d.Then.Status == 0 {
			t.Errorf("difference %q on %q: names no case, no reason or no status", d.Case, d.On)
		}
	}
	if len(known) < atLeast {
		t.Errorf("%d cases, want at least %d", len(known), atLeast)
	}
}

func checkCase(t *testing.T, name string, c Case) {
	t.Helper()
	switch {
	case c.When.Method == "" || c.When.Path == "":
		t.Errorf("%s: nothing is sent", name)
	case c.Then.Status == 0:
		t.Errorf("%s: no status is expected", name)
	case c.Given == nil:
		t.Errorf("%s: nothing is given (an empty list says so on purpose)", name)
	case c.Then.Status == 200 && c.When.Method == "GET" && c.Then.Answer == nil && c.Then.List == nil && c.Then.Data == "" && c.Then.Header == nil:
		t.Errorf("%s: it cannot fail", name)
	}
}
