//go:build unix

package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSave(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", dir)
	full, err := outside{}.Save("patch.json", "[]", false)
	if err != nil || full != filepath.Join(dir, "patch.json") {
		t.Fatalf("%s, %v", full, err)
	}
	if info, err := os.Stat(full); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := (outside{}).Save("~/patch.json", "other", false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file was overwritten without a yes: %v", err)
	}
	if text, _ := os.ReadFile(full); string(text) != "[]\n" {
		t.Errorf("%q", text)
	}
	if _, err := (outside{}).Save("patch.json", "other\n", true); err != nil {
		t.Error(err)
	}
	if text, _ := os.ReadFile(full); string(text) != "other\n" {
		t.Errorf("%q", text)
	}
	if left, _ := filepath.Glob("*.new"); len(left) > 0 {
		t.Errorf("left over: %s", left)
	}
	// What is no ordinary file is not replaced, and no link is followed.
	if err := os.Symlink(full, "link"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"link", dir, "/dev/null"} {
		if _, err := (outside{}).Save(path, "x", true); err == nil {
			t.Errorf("%s was replaced", path)
		}
	}
	if _, err := (outside{}).Save("link", "x", false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a link was followed: %v", err)
	}
}

// Where the text went is said as far as it is known, and no further.
func TestCopy(t *testing.T) {
	bin := t.TempDir()
	tmux := filepath.Join(bin, "tmux")
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	script := func(text string) {
		t.Helper()
		if err := os.WriteFile(tmux, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	plain := ansi.SetSystemClipboard("some text")
	for _, c := range []struct {
		name, variable, script, said, sequence string
	}{
		{"a terminal", "", "", "the terminal's clipboard.", plain},
		{"tmux", "TMUX", `[ "$*" = "load-buffer -w -" ] && cat >` + bin + "/got", "tmux, which passes it on to the terminal's clipboard.", ""},
		{"a tmux too old for it", "TMUX", "exit 1", `tmux. Without "set -g set-clipboard on" it stays there.`, plain},
		{"screen", "STY", "", "the terminal's clipboard, through screen.", ansi.ScreenPassthrough(plain, longestInScreen)},
	} {
		script(c.script)
		o := outside{getenv: func(name string) string {
			if name == c.variable {
				return "set"
			}
			return ""
		}}
		if said, sequence := o.Copy("some text"); said != c.said || sequence != c.sequence {
			t.Errorf("%s: %q, %q", c.name, said, sequence)
		}
	}
	if got, _ := os.ReadFile(filepath.Join(bin, "got")); strings.TrimSpace(string(got)) != "some text" {
		t.Errorf("tmux got %q", got)
	}
}
