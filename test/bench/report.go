package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// report measures and writes, part by part.
type report struct {
	ctx   context.Context
	plan  plan
	house house
	table table
	// failed are what went wrong with single clients: the rest is measured all
	// the same.
	failed []error
}

func (b *report) say(format string, arguments ...any) {
	fmt.Fprintf(b.table.w, format+"\n", arguments...)
}

// machine tells where this was measured.
func (b *report) machine() {
	load := "unknown"
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load = strings.Fields(string(text))[0]
	}
	b.say("%s, %d cores, %s %s/%s, load before the start: %s. Medians of %d runs in turn, after a warm-up.\n",
		time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, load, b.plan.runs)
}

// progress goes to who waits.
func progress(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", arguments...)
}

// tasks measures tasks on a server.
func (b *report) tasks(s *server, tasks ...task) error {
	for _, t := range tasks {
		progress("%s: %s", s.title, t.title)
		results, err := s.measure(b.ctx, t, b.plan.runs)
		if err != nil {
			return err
		}
		b.table.resultRows(t.title+" ("+s.title+")", results)
		for _, r := range results {
			if r.err != nil {
				b.failed = append(b.failed, fmt.Errorf("%s: %w", t.title, r.err))
			}
		}
	}
	return nil
}

func (b *report) onRealGlance() (err error) {
	if len(b.plan.real) == 0 {
		return nil
	}
	g := realGlance{house: b.house, dir: b.plan.dir}
	if g.dir == "" {
		g.dir = filepath.Join(b.house.root, ".cache", "bench")
	}
	progress("starting a real Glance in %s", g.dir)
	s, err := g.start(b.ctx)
	defer func() { err = errors.Join(err, g.stop()) }()
	var not impossible
	if errors.As(err, &not) {
		b.table.row("all on a real Glance", "", "not run: "+not.why, "", "", "", "", "")
		return nil
	}
	if err != nil {
		return err
	}
	for _, number := range b.plan.real {
		progress("filling it with %d images", number)
		l, err := g.fill(b.ctx, s, number)
		if err != nil {
			return err
		}
		tasks := []task{s.firstRows(l), s.wholeList(l)}
		if number == b.plan.real[len(b.plan.real)-1] {
			tasks = append(tasks, s.showOne(l), s.changeName(l))
		}
		if err := b.tasks(s, tasks...); err != nil {
			return err
		}
	}
	return nil
}

// uiLatency is how long the embedded service holds an answer back for the
// terminal UI: a page of 100 takes a real Glance longer, and without it the
// pages are there before the keys are pressed.
const uiLatency = 20 * time.Millisecond

// uiRefresh is how often it looks for what changed: often, so that the keys meet it.
const uiRefresh = 2 * time.Second

func (b *report) onEmbedded() error {
	if b.plan.demo == 0 {
		return nil
	}
	s, stop, err := b.house.embedded(b.ctx, b.plan.demo, 0)
	if err != nil {
		return err
	}
	defer func() { stop() }()
	l, err := s.survey(b.ctx, listPage)
	if err != nil {
		return err
	}
	list := s.wholeList(l)
	if !b.plan.patient {
		const why = "it would take minutes (-patient)"
		list.skipped = map[string]string{"openstack": why, "glance": why}
	}
	if err := b.tasks(s, s.firstRows(l), list); err != nil {
		return err
	}
	if b.plan.keys == 0 {
		return nil
	}
	stop()
	if s, stop, err = b.house.embedded(b.ctx, b.plan.demo, uiLatency); err != nil {
		stop = func() {}
		return err
	}
	progress("the terminal UI with %d images", l.count)
	f, err := scene{server: s, often: b.plan.keys, idle: b.plan.idle}.play(b.ctx, l)
	if err != nil {
		return fmt.Errorf("the terminal UI: %w", err)
	}
	b.findings(l.count, f)
	return nil
}

// findings writes down what became of the terminal UI.
func (b *report) findings(images int, f findings) {
	b.say("\nThe terminal UI with %s images (the embedded service, %v for each answer), %d columns and %d lines:\n", grouped(images), uiLatency, columns, lines)
	b.table.head("what", "measured")
	b.table.row("first row on the screen", seconds(f.firstRow))
	b.table.row("all images there, while keys are pressed", seconds(f.wholeList))
	b.table.row("resident memory when all are there; at most until then", mebibytes(f.memory.resident)+"; "+mebibytes(f.memory.peak))
	b.table.row("resident memory after all the keys; at most", mebibytes(f.afterward.resident)+"; "+mebibytes(f.afterward.peak))
	b.table.row(fmt.Sprintf("%v without a key, looking every %v: requests", b.plan.idle, uiRefresh), fmt.Sprint(len(f.idle.requests)))
	b.table.row("bytes from the server meanwhile; to the terminal", size(f.idle.received)+"; "+fmt.Sprint(f.idleBytes))
	b.say("\nFrom the writing of a key to the last byte of the frame that shows what it did; median, 99 %% and longest:\n")
	head := []string{"key"}
	for _, p := range f.phases {
		head = append(head, p.name)
	}
	b.table.head(head...)
	for n, k := range keyKinds() {
		cells := []string{k.name}
		for _, p := range f.phases {
			took := p.kinds[n].took
			cells = append(cells, fmt.Sprintf("%s, %s, %s (%d keys)", milliseconds(percentile(took, 50)),
				milliseconds(percentile(took, 99)), milliseconds(percentile(took, 100)), len(took)))
		}
		b.table.row(cells...)
	}
}
