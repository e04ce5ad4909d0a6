package explain_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// shells are the ones to try commands with: sh is what scripts get, bash what
// users type into.
var shells = []string{"sh", "bash"}

// ran is one call of a command: its name and its arguments.
type ran struct {
	name      string
	arguments []string
}

// failer is what testing.T and rapid.T have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// runInShell runs a script in a real shell where each of the commands is a
// stand-in that records its arguments byte by byte.
func runInShell(t failer, shell, script string, commands ...string) []ran {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Fatalf("these tests need the shell %s: %v", shell, err)
	}
	dir, err := os.MkdirTemp("", "shell")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	record := filepath.Join(dir, "record")
	for _, name := range commands {
		standIn := "#!/bin/sh\nprintf '%s\\0' " + name + " \"$#\" \"$@\" >>\"$RECORD\"\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(standIn), 0o700); err != nil {
			t.Fatalf("%v", err)
		}
	}
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o700); err != nil {
		t.Fatalf("%v", err)
	}
	command := exec.Command(path, "-c", script)
	command.Dir = work
	command.Env = []string{"PATH=" + dir + ":/usr/bin:/bin", "RECORD=" + record, "HOME=" + work, "OS_TOKEN=a token"}
	if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%s: %v\n%s\nthe script was:\n%s", shell, err, out, script)
	}
	if left, err := os.ReadDir(work); err != nil || len(left) > 0 {
		t.Fatalf("%s: the script left %v behind (%v):\n%s", shell, left, err, script)
	}
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatalf("%s: no command ran: %v\n%s", shell, err, script)
	}
	return readRecord(t, data)
}

func readRecord(t failer, data []byte) []ran {
	t.Helper()
	fields := bytes.Split(bytes.TrimSuffix(data, []byte{0}), []byte{0})
	var out []ran
	for len(fields) > 0 {
		count, err := strconv.Atoi(string(fields[1]))
		if err != nil {
			t.Fatalf("record: %v in %q", err, data)
		}
		r := ran{name: string(fields[0])}
		for _, f := range fields[2 : 2+count] {
			r.arguments = append(r.arguments, string(f))
		}
		out = append(out, r)
		fields = fields[2+count:]
	}
	return out
}
