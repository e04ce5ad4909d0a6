package conformance

import (
	"context"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model/api"
	realglance "github.com/glance-tui/glance-tui/test/real"
)

// demoServer starts the embedded service, once for each set-up.
func demoServer(t *testing.T) *server {
	t.Helper()
	s := &server{name: "demo", mirror: "http://mirror.example", setups: map[Setup]*endpoint{}, parallel: 64, edits: 2500}
	for setup, options := range map[Setup]demo.Options{
		Main:     {RequireToken: true},
		Hidden:   {RequireToken: true, HideLocations: true},
		Strict:   {RequireToken: true, OneStore: true, StrictPolicy: true},
		NoAuth:   {},
		Old:      {RequireToken: true, Release: api.Release2015},
		Declared: {RequireToken: true, Schema: declaredSchema(t)},
		Required: {RequireToken: true, Schema: requiredSchema(t)},
		Weighted: {RequireToken: true, Weights: map[string]int64{"web": 100}},
		Newer:    {RequireToken: true, HideLocations: true, LocationCalls: true},
	} {
		options.Still = true
		running, err := demo.New(options).Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			web.CloseIdleConnections()
			if err := running.Close(ctx); err != nil {
				t.Error(err)
			}
		})
		e := &endpoint{url: running.URL, region: demo.Region}
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

// also are the further set-ups that a variant of a real server is.
var also = map[string][]Setup{"hidden": {Newer}, "own": {Weighted, Declared}}

// realServer is the one that GLANCE_TUI_REAL points at.
func realServer(t *testing.T) *server {
	t.Helper()
	found := realglance.Find(t)
	users := map[Who]login{}
	for _, who := range []Who{Admin, Demo} {
		u := found.Users[string(who)]
		users[who] = login{u.Name, u.Password, u.Project}
	}
	auth := newKeystone(found.KeystoneURL, users)
	s := &server{name: "glance " + found.Major(), mirror: found.FileServerURL, setups: map[Setup]*endpoint{}, parallel: 3, edits: 300}
	for variant, url := range found.Glance {
		e := &endpoint{url: url, auth: auth, region: found.Regions[variant]}
		if e.region == "" { // what is in no catalog asks for no token
			e.auth = nil
		}
		s.setups[Setup(variant)] = e
		for _, setup := range also[variant] {
			if setup.Exists(s.name) {
				s.setups[setup] = e
			}
		}
	}
	return s
}
