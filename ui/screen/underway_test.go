package screen

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestUnderway(t *testing.T) {
	var u Underway
	if _, busy := u.Since("a"); busy || u.Count() != 0 {
		t.Error("busy from the start")
	}
	now := time.Unix(1, 0)
	end := u.Begin("a", now)
	if since, busy := u.Since("a"); !busy || !since.Equal(now) || u.Count() != 1 {
		t.Errorf("%v %v", since, busy)
	}
	if _, busy := u.Since("b"); busy {
		t.Error("another image is busy")
	}
	end()
	if _, busy := u.Since("a"); busy || u.Count() != 0 {
		t.Error("still busy")
	}
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() { u.Begin(fmt.Sprint(n%5), now)(); u.Count() })
	}
	all.Wait()
	if u.Count() != 0 {
		t.Errorf("%d left", u.Count())
	}
}
