//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Of the small package these are the mistakes that its test does not notice.
var unnoticed = []string{
	`small Box.Put: false: err != nil`, // sync never fails
	`small Box.Put: true: err != nil`,  // returns nil all the same
	`small Box.Put: drop: return err`,
	`small Box.Put: remove: b.log = append(b.log, "put")`,
	`small Box.Put: skip: b.sync()`,
	`small Box.sync: false: b == nil`,
	`small Box.sync: drop: return errFull`,
}

func TestSurvivors(t *testing.T) {
	c := choice{root: "testdata/small", accepted: filepath.Join(t.TempDir(), "accepted.txt"), parallel: 2, progress: io.Discard}
	run := func(accepted ...string) (survivors []string, said string, err error) {
		t.Helper()
		if err := os.WriteFile(c.accepted, []byte(strings.Join(accepted, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		err = check(t.Context(), c, []target{{directory: "."}}, &out)
		for line := range strings.Lines(out.String()) {
			for _, word := range []result{survived, untouched} {
				if _, key, found := strings.Cut(line, ": "+string(word)+": . "); found {
					survivors = append(survivors, "small "+strings.TrimSpace(key))
				}
			}
		}
		return survivors, out.String(), err
	}
	found, said, err := run()
	slices.Sort(found)
	if !slices.Equal(found, slices.Sorted(slices.Values(unnoticed))) || err == nil {
		t.Errorf("%v\n%s", err, said)
	}
	reasons := []string{"# reasons"}
	for _, key := range unnoticed {
		reasons = append(reasons, "."+strings.TrimPrefix(key, "small")+" // the log is for users")
	}
	if found, said, err := run(reasons...); err != nil || len(found) > 0 {
		t.Errorf("%v\n%s", err, said)
	}
	if _, said, err := run(append(reasons, ". Box.Get: true: err != nil // no such function")...); err == nil || !strings.Contains(said, "no such mutant: . Box.Get") {
		t.Errorf("%v\n%s", err, said)
	}
	if _, _, err := run(". Box.Put: skip: b.sync()"); err == nil {
		t.Error("a mutant is accepted without a reason")
	}
}

func TestRewrite(t *testing.T) {
	src := "if a < b { f() }"
	got := rewrite(src, []wrap{{3, 8, "outer(", ")"}, {3, 8, "inner(", ")"}, {11, 14, "if on { ", " }"}}, []swap{{5, 6, ","}})
	if want := "if outer(inner(a , b)) { if on { f() } }"; got != want {
		t.Errorf("%s", got)
	}
}

// Every target is there, with all its files, and its mutants have names of
// their own.
func TestTargets(t *testing.T) {
	for _, one := range targets {
		p, err := instrument("../..", one)
		if err != nil {
			t.Error(err)
			continue
		}
		keys := map[string]bool{}
		for _, m := range p.mutants {
			if keys[m.key()] {
				t.Errorf("two mutants are %s", m.key())
			}
			keys[m.key()] = true
		}
		if len(keys) < 50 {
			t.Errorf("%s has %d mutants", one.directory, len(keys))
		}
	}
}
