package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// scene is the terminal UI with very many images.
type scene struct {
	server *server
	often  int           // how often each kind of key is pressed
	idle   time.Duration // how long it is left alone then
}

// findings are what was measured in a scene.
type findings struct {
	firstRow  time.Duration
	wholeList time.Duration // until all are there, keys being pressed meanwhile
	memory    memory        // when all are there
	afterward memory        // when all keys were pressed
	phases    []phase
	idle      traffic // while nothing happened
	idleBytes int     // what the program wrote meanwhile
}

// phase is what the keys were answered like while something went on.
type phase struct {
	name  string
	kinds []*keyKind
}

// play starts the UI, presses keys while the pages arrive, when all are there,
// and while statuses change, and then leaves it alone.
func (s scene) play(ctx context.Context, l listing) (f findings, err error) {
	r, err := newRelay(s.server.image)
	if err != nil {
		return f, err
	}
	defer r.close()
	u, err := startUI(ctx, s.server, r.url(), "--refresh", uiRefresh.String())
	if err != nil {
		return f, err
	}
	defer u.end()
	if f.firstRow, err = u.firstImage(l.names[0]); err != nil {
		return f, err
	}
	if err := u.measure(&f, "while pages arrive", 1<<30, func() bool { return !u.shows(" of ?") }); err != nil {
		return f, err
	}
	f.wholeList = time.Since(u.started)
	u.pass(2 * time.Second) // what still hangs is collected
	f.memory = u.memory()
	if err := u.measure(&f, "when all are there", s.often, func() bool { return false }); err != nil {
		return f, err
	}
	still := s.move(ctx, l)
	err = u.measure(&f, "while statuses change", s.often, func() bool { return false })
	if failed := still(); err == nil {
		err = failed
	}
	if err != nil {
		return f, err
	}
	f.afterward = u.memory()
	u.pass(5 * time.Second) // the last changes have been seen and have faded
	r.take()
	written := u.bytes()
	u.pass(s.idle)
	f.idle, f.idleBytes = r.take(), u.bytes()-written
	return f, ctx.Err()
}

// measure presses the keys of all kinds during a phase.
func (u *ui) measure(f *findings, name string, often int, stop func() bool) error {
	kinds := keyKinds()
	err := u.pressAll(kinds, often, stop)
	f.phases = append(f.phases, phase{name, kinds})
	return err
}

func (u *ui) shows(text string) bool { return strings.Contains(u.screen.String(), text) }

// move deactivates and reactivates images, four a second, until it is told to
// stop; not those on the first screens, since their rows tell of the keys. It
// needs a service that asks for no token, as the embedded one.
func (s scene) move(ctx context.Context, l listing) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	failed := make(chan error, 1)
	go func() { failed <- s.moveOn(ctx, l.ids[len(l.ids)/2:]) }()
	return func() error { cancel(); return <-failed }
}

func (s scene) moveOn(ctx context.Context, ids []string) error {
	beat := time.NewTicker(time.Second / 4)
	defer beat.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
		}
		action := []string{"deactivate", "reactivate"}[n/len(ids)%2]
		if err := s.act(ctx, ids[n%len(ids)], action); err != nil && ctx.Err() == nil {
			return err
		}
	}
}

func (s scene) act(ctx context.Context, id, action string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.server.image+"/v2/images/"+id+"/actions/"+action, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode >= 300 && res.StatusCode != http.StatusForbidden { // a queued one has no such action
		return fmt.Errorf("%s: %s", action, res.Status)
	}
	return nil
}
