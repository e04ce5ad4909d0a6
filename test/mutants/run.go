//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// binary is the test binary of an instrumented package.
type binary struct {
	directory, temp, path, dir string

	mu      sync.Mutex
	tests   []string
	took    map[string]time.Duration
	reached map[int][]string // the tests that reach a mutant
}

func build(ctx context.Context, c choice, p *instrumented) (*binary, error) {
	memory := "" // tests that write are many times faster there
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() && os.Getenv("TMPDIR") == "" {
		memory = "/dev/shm"
	}
	temp, err := os.MkdirTemp(memory, "mutants-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(temp, 0o755); err != nil { // as other temporary directories: tests of other users pass through it
		return nil, err
	}
	b := &binary{directory: p.directory, temp: temp, path: filepath.Join(temp, "test"), dir: p.dir, took: map[string]time.Duration{}, reached: map[int][]string{}}
	overlay := map[string]string{}
	for name, text := range p.sources {
		overlay[name] = filepath.Join(temp, filepath.Base(name))
		if err := os.WriteFile(overlay[name], []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(temp, "overlay.json"), list, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", filepath.Join(temp, "overlay.json"), "-o", b.path, "./"+p.directory)
	cmd.Dir = c.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s with its mutants does not build (%s): %w\n%s", p.directory, temp, err, out)
	}
	return b, nil
}

// remove removes all that tests wrote, and the file systems that one which was
// stopped left mounted.
func (b *binary) remove() {
	mounts, _ := os.ReadFile("/proc/mounts")
	for _, word := range strings.Fields(string(mounts)) {
		if strings.HasPrefix(word, b.temp+"/") {
			_ = exec.Command("umount", "-l", word).Run() //nolint:noctx // it does not wait
		}
	}
	_ = os.RemoveAll(b.temp)
}

// run runs tests with some variables more, and gives what they said and what they
// took of the processors, which does not depend on what else is running.
func (b *binary) run(ctx context.Context, limit time.Duration, variables []string, arguments ...string) (said []byte, cpu time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.path, arguments...)
	cmd.Dir = b.dir
	cmd.Env = append(append(os.Environ(), "TMPDIR="+b.temp), variables...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // tests start programs of their own
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err = cmd.Run(); cmd.ProcessState != nil {
		cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return out.Bytes(), cpu, err
}

// longest is how much of a processor a test may take: what a slow one alone
// notices, hardly anyone will be told in time.
const longest = 10 * time.Second

// record runs each test alone, without a mutant, and learns what it reaches. A
// test that fails even so is left out.
func (b *binary) record(ctx context.Context, parallel int, out io.Writer) error {
	list, _, err := b.run(ctx, time.Minute, nil, "-test.list", ".")
	if err != nil {
		return fmt.Errorf("%w: %s", err, list)
	}
	for _, name := range strings.Fields(string(list)) {
		if !strings.HasPrefix(name, "Benchmark") {
			b.tests = append(b.tests, name)
		}
	}
	if len(b.tests) == 0 {
		return errors.New(b.directory + " has no tests")
	}
	each(parallel, len(b.tests), func(i int) {
		name, reached := b.tests[i], filepath.Join(b.temp, "reached-"+strconv.Itoa(i))
		begun := time.Now()
		said, cpu, err := b.run(ctx, 5*time.Minute, []string{"MUTANTS_REACHED=" + reached}, "-test.run", only(name))
		took := time.Since(begun)
		b.mu.Lock()
		defer b.mu.Unlock()
		if err != nil {
			if ctx.Err() == nil {
				fmt.Fprintf(out, "%s: %s is left out, it fails with switches in the code: %s\n", b.directory, name, lastLines(said))
			}
			return
		}
		if cpu > longest {
			fmt.Fprintf(out, "%s: %s is left out, it takes %s of a processor\n", b.directory, name, cpu.Round(time.Second))
			return
		}
		b.took[name] = took
		data, _ := os.ReadFile(reached) // none where it reaches none
		numbers := strings.Fields(string(data))
		slices.Sort(numbers)
		for _, text := range slices.Compact(numbers) { // other programs that a test starts say it again
			if n, err := strconv.Atoi(text); err == nil {
				b.reached[n] = append(b.reached[n], name)
			}
		}
	})
	return nil
}

func lastLines(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return strings.Join(lines[:min(3, len(lines))], " / ")
}

func only(names ...string) string { return "^(" + strings.Join(names, "|") + ")$" }

// result is what became of a mutant.
type result string

const (
	died      result = "killed"
	survived  result = "survives"
	untouched result = "makes no difference in any test"
)

func (b *binary) tryAll(ctx context.Context, mutants []mutant, parallel int, progress io.Writer) []result {
	results := make([]result, len(mutants))
	each(parallel, len(mutants), func(i int) {
		results[i] = b.try(ctx, mutants[i])
		if results[i] != died && ctx.Err() == nil {
			fmt.Fprintf(progress, "%s: %s\n", results[i], mutants[i].key())
		}
		if i%100 == 99 {
			fmt.Fprintf(progress, "%s: %d of %d\n", b.directory, i+1, len(mutants))
		}
	})
	return results
}

// try runs the tests that reach a mutant: first the fast ones, then the others.
func (b *binary) try(ctx context.Context, m mutant) result {
	tests := slices.Clone(b.reached[m.number])
	if len(tests) == 0 {
		return untouched
	}
	slices.SortFunc(tests, func(x, y string) int { return cmp.Compare(b.took[x], b.took[y]) })
	for len(tests) > 0 && ctx.Err() == nil {
		var took time.Duration
		n := 0
		for n < len(tests) && (n == 0 || took+b.took[tests[n]] < 2*time.Second) {
			took += b.took[tests[n]]
			n++
		}
		if n < len(tests) && len(tests)-n < 4 {
			for ; n < len(tests); n++ {
				took += b.took[tests[n]]
			}
		}
		// A mutant that does not end is a dead one, too.
		limit := 15*time.Second + 5*took
		if _, _, err := b.run(ctx, limit, []string{"MUTANT=" + strconv.Itoa(m.number)},
			"-test.failfast", "-test.run", only(tests[:n]...)); err != nil {
			return died
		}
		tests = tests[n:]
	}
	return survived
}

// each calls f for the numbers below n, some at once.
func each(parallel, n int, f func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}
