package state_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Some tests need other programs: this test binary once more, in a role.
const roleVariable = "GLANCE_TUI_STATE_TEST_ROLE"

// roles are what such a program does, with the directory and what else it is
// given. It says on standard output what it has done, a line each.
var roles = map[string]func(dir string, args []string) error{
	"write":  writeForEver,
	"take":   takeOnce,
	"append": appendMany,
}

func TestMain(m *testing.M) {
	if role, isChild := os.LookupEnv(roleVariable); isChild {
		if err := roles[role](os.Args[1], os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is another program that runs.
type child struct {
	*exec.Cmd
	lines *bufio.Scanner
	input io.Closer // open until the test lets it end
}

// start runs another program, which ends with the test at the latest.
func start(t *testing.T, role string, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	c := &child{Cmd: exec.CommandContext(ctx, self, args...)}
	c.Env = append(os.Environ(), roleVariable+"="+role)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	if c.input, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// rest is all that is still said, and the end.
func (c *child) rest() (said []string, err error) {
	for c.lines.Scan() {
		said = append(said, c.lines.Text())
	}
	return said, c.Wait()
}

// say tells the other side, in one write.
func say(words ...string) {
	_, _ = os.Stdout.WriteString(strings.Join(words, " ") + "\n")
}

// waitForTheEnd keeps a program, and what it holds, until the test lets it go.
func waitForTheEnd() {
	_, _ = io.Copy(io.Discard, os.Stdin)
}
