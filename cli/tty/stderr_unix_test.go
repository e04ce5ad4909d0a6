//go:build unix

package tty

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// asChild has the test program itself do what a test looks at from outside.
const asChild = "GLANCE_TUI_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(asChild) {
	case "":
		os.Exit(m.Run())
	case "panics":
		_, _ = CatchStderr(&Log{})
		fmt.Fprintln(os.Stderr, "while it is caught")
		go panic("a fault of ours")
		select {}
	case "goes on":
		var l Log
		s, err := CatchStderr(&l)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(os.Stderr, "by Go")
		_, _ = syscall.Write(2, []byte("by its number\n"))
		s.Release()
		fmt.Fprintln(os.Stderr, "afterwards")
		fmt.Println(strings.Join(l.Lines(), "|"))
	}
}

func child(t *testing.T, what string) (stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asChild+"="+what)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // one of them ends badly on purpose
	return out.String(), errs.String()
}

func TestStandardErrorIsCaughtAndGivenBack(t *testing.T) {
	stdout, stderr := child(t, "goes on")
	if stdout != "by Go|by its number\n" || stderr != "afterwards\n" {
		t.Errorf("caught %q, not caught %q", stdout, stderr)
	}
}

// What the Go runtime says at the end of a program that goes wrong is not lost.
func TestAPanicReachesStandardError(t *testing.T) {
	_, stderr := child(t, "panics")
	if !strings.Contains(stderr, "panic: a fault of ours") || strings.Contains(stderr, "while it is caught") {
		t.Errorf("%s", stderr)
	}
}
