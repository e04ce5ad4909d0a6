package flow

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/test/hostile"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestCopiedCommandsInRealShells pastes the openstack and the curl command of a
// rename to each text of the corpus into sh and bash at their prompts, in a
// terminal, with no bracketed paste to help. Each must run that command, with
// the text as its argument, and nothing else.
func TestCopiedCommandsInRealShells(t *testing.T) {
	t.Parallel()
	for _, shell := range [][]string{{"sh", "-i"}, {"bash", "--norc", "--noprofile", "-i"}} {
		t.Run(shell[0], func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			record, canary := filepath.Join(dir, "record"), filepath.Join(dir, "canary")
			standIn := "#!/bin/sh\nfor a; do case $a in --name=*|'[{'*) printf '%s\\0' \"$a\" >>'" + record + "';; esac; done\n"
			for _, name := range []string{"openstack", "curl"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(standIn), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(canary, 0o700); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(shell[0], shell[1:]...)
			cmd.Dir = canary
			cmd.Env = []string{"PATH=" + dir + ":/usr/bin:/bin", "HOME=" + canary, "PS1=ready> ", "OS_TOKEN=token", "HISTFILE="}
			m := terminal.Start(t, 120, 40, cmd)
			m.WaitFor("ready>")
			var wanted []string
			for n, text := range hostile.Texts(nil) {
				before := model.Image{ID: "da3b75d9", Status: model.StatusQueued}
				patch := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: text}}
				command, _ := explain.OpenStack(before, patch)
				if command != "" {
					wanted = append(wanted, "--name="+text)
					paste(m, n, command)
				}
				paste(m, n, explain.Curl("http://glance", rules.Rules{}.Request(before, patch)))
				wanted = append(wanted, "")
			}
			got, err := os.ReadFile(record)
			if err != nil {
				t.Fatal(err)
			}
			calls := strings.Split(strings.TrimSuffix(string(got), "\x00"), "\x00")
			if len(calls) != len(wanted) {
				t.Errorf("%d commands ran, want %d", len(calls), len(wanted))
			}
			for n := range min(len(calls), len(wanted)) {
				if wanted[n] == "" && strings.HasPrefix(calls[n], `[{"op":"replace","path":"/name"`) {
					continue // model's tests hold the patch against its meaning
				}
				if calls[n] != wanted[n] {
					t.Fatalf("call %d has %q, want %q", n, calls[n], wanted[n])
				}
			}
			if left, err := os.ReadDir(canary); err != nil || len(left) > 0 {
				t.Errorf("the paste left %v behind (%v)", left, err)
			}
			hostile.Summary(t, "%d commands pasted into %s", len(wanted), shell[0])
		})
	}
}

// paste sends a command as a paste without brackets does, and waits for its
// end.
func paste(m *terminal.Terminal, n int, command string) {
	done := fmt.Sprintf("done-%d-%d", n, len(command))
	for line := range strings.Lines(command + "\n") {
		m.Send(line)
	}
	// Split, so that the echo of the line is not taken for its output.
	m.Send("echo done-" + "''" + strings.TrimPrefix(done, "done-") + "\n")
	m.Until("to be done", func(string) bool { return bytes.Contains(m.Raw(), []byte(done)) })
}

// TestLineBreaksArrive: those of a paste, and those that are typed, are in the value
// on the server.
func TestLineBreaksArrive(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	m := open(t, server, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	for range 30 {
		if m.Press("down"); strings.Contains(m.Screen(), "▸  add a property") {
			break
		}
	}
	m.Type("signature\r")
	m.Send("\x1b[200~MIIB\rAgMB\x1b[201~")
	m.WaitFor("Pasted 2 lines")
	m.Press("ctrl+o")
	m.WaitFor("signature  2 lines")
	m.Press("enter")
	m.Type("AAE=")
	m.WaitFor("signature  3 lines")
	m.Press("esc")
	m.WaitFor("3 lines", "1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review")
	m.Press("enter")
	m.WaitFor("200 OK")
	if got := find(t, server, "Fedora 17").Properties["signature"].Value; got != "MIIB\nAgMB\nAAE=" {
		t.Errorf("%q", got)
	}
}
