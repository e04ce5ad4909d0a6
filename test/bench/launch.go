package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// launchCommand is the first argument by which this program starts another one
// and reports what it cost.
const launchCommand = "launch"

// usage is what the launcher reports of a command.
type usage struct {
	Started int64 // Unix time in nanoseconds
	Ended   int64
	Peak    int64 // the most memory that it or a child of it held, in bytes; 0: unknown
	Code    int
}

// launch runs a command and writes its usage to the file descriptor 3. A
// process of its own does this because the kernel counts what the parent holds
// at the start of a child as the child's: this one is small.
func launch(arguments []string) int {
	cmd := exec.CommandContext(context.Background(), arguments[0], arguments[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	var u usage
	u.Started = time.Now().UnixNano()
	err := cmd.Run()
	u.Ended = time.Now().UnixNano()
	if cmd.ProcessState == nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	}
	u.Peak, u.Code = peakOf(cmd.ProcessState), cmd.ProcessState.ExitCode()
	if err := json.NewEncoder(os.NewFile(3, "report")).Encode(u); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// sample is what one run cost.
type sample struct {
	took time.Duration // from its start to its end
	peak int64         // the most memory it held, in bytes; 0: unknown
}

// command is a program with its arguments and its whole environment.
type command struct {
	argv []string
	env  []string
}

// run runs the command once. An exit status other than 0 is an error that
// quotes what the command said.
func (c command) run(ctx context.Context) (sample, error) {
	self, err := os.Executable()
	if err != nil {
		return sample{}, err
	}
	report, reportTo, err := os.Pipe()
	if err != nil {
		return sample{}, err
	}
	defer report.Close()
	cmd := exec.CommandContext(ctx, self, append([]string{launchCommand}, c.argv...)...)
	cmd.Env = c.env
	cmd.WaitDelay = time.Second
	inGroup(cmd)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = drain{}, &said // a pipe, as to any program that reads it
	cmd.ExtraFiles = []*os.File{reportTo}
	err = cmd.Run()
	_ = reportTo.Close()
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %s", c.argv[0], err, lastLine(said.String()))
	}
	var u usage
	if err := json.NewDecoder(report).Decode(&u); err != nil {
		return sample{}, fmt.Errorf("%s: no report: %w", c.argv[0], err)
	}
	if u.Code != 0 {
		return sample{}, fmt.Errorf("%s: exit status %d: %s", c.argv[0], u.Code, lastLine(said.String()))
	}
	return sample{took: time.Duration(u.Ended - u.Started), peak: u.Peak}, nil
}

// drain takes all and keeps nothing.
type drain struct{}

func (drain) Write(p []byte) (int, error) { return len(p), nil }

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
