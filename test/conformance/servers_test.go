package conformance

import (
	"context"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/test/real"
)

// demoServer starts the embedded service, once for each set-up.
func demoServer(t *testing.T) *server {
	t.Helper()
	s := &server{name: "demo", mirror: "http://mirror.example", setups: map[Setup]*endpoint{}, parallel: 4}
	for setup, options := range map[Setup]demo.Options{
		Main:   {RequireToken: true},
		Hidden: {RequireToken: true, HideLocations: true},
		Strict: {RequireToken: true, OneStore: true, StrictPolicy: true},
		NoAuth: {},
		Old:    {RequireToken: true, Release: model.Release2015},
	} {
		options.Still = true
		running, err := demo.New(options).Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			if err := running.Close(ctx); err != nil {
				t.Error(err)
			}
		})
		e := &endpoint{url: running.URL}
		if setup != NoAuth {
			e.auth = newKeystone(running.AuthURL, map[Who]login{
				Admin: {demo.Username, demo.Password, demo.Project},
				Demo:  {demo.MemberUsername, demo.Password, demo.MemberProject},
			})
		}
		s.setups[setup] = e
	}
	return s
}

// realServer is the one that GLANCE_TUI_REAL points at.
func realServer(t *testing.T) *server {
	t.Helper()
	found := real.Find(t)
	users := map[Who]login{}
	for _, who := range []Who{Admin, Demo} {
		u := found.Users[string(who)]
		users[who] = login{u.Name, u.Password, u.Project}
	}
	auth := newKeystone(found.KeystoneURL, users)
	s := &server{name: "glance " + found.Major(), mirror: found.FileServerURL, setups: map[Setup]*endpoint{}, parallel: 3}
	for variant, url := range found.Glance {
		s.setups[Setup(variant)] = &endpoint{url: url, auth: auth}
	}
	if e := s.setups[NoAuth]; e != nil {
		e.auth = nil
	}
	return s
}
