package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// renameCommand is the first argument by which this program changes a name as
// the terminal UI does.
const renameCommand = "rename"

// plan is what to measure.
type plan struct {
	real    []int // how many images a real Glance is filled with, in turn
	demo    int   // and the embedded service
	runs    int
	keys    int
	idle    time.Duration
	patient bool
	with    string // the other clients
	dir     string
}

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case launchCommand:
			os.Exit(launch(os.Args[2:]))
		case renameCommand:
			if err := rename(context.Background(), os.Args[2], os.Args[3]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	p, err := parsePlan(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err = bench(ctx, p, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parsePlan(arguments []string) (plan, error) {
	p := plan{real: []int{1000, 10000}}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.Func("real", "fill a real Glance with so many images, in turn (default 1000,10000; 0: none)", func(text string) (err error) {
		p.real, err = numbers(text)
		return err
	})
	f.IntVar(&p.demo, "demo", 100_000, "fill the embedded service with so many images (0: leave it out)")
	f.IntVar(&p.runs, "runs", 5, "how often each client does each task, after a warm-up")
	f.IntVar(&p.keys, "keys", 200, "how often each kind of key is pressed (0: leave the terminal UI out)")
	f.DurationVar(&p.idle, "idle", time.Minute, "how long the terminal UI is left alone, to count what it asks meanwhile")
	f.BoolVar(&p.patient, "patient", false, "let openstack and glance list the embedded service's images, too: minutes for each run")
	f.StringVar(&p.with, "with", strings.Join(others, ","), "the other clients, or some of them")
	f.StringVar(&p.dir, "dir", "", "the real Glance's directory, emptied first (default .cache/bench in the sources)")
	err := f.Parse(arguments)
	if err == nil && (f.NArg() > 0 || p.runs < 1 || p.demo < 0) {
		err = errors.New("usage")
		f.Usage()
	}
	return p, err
}

// numbers reads "1000,10000"; zeros are none.
func numbers(text string) (out []int, err error) {
	for field := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q is no number of images", field)
		}
		if n > 0 {
			out = append(out, n)
		}
	}
	return out, nil
}

// bench measures what the plan says and writes it down.
func bench(ctx context.Context, p plan, w io.Writer) error {
	h, err := findHouse(ctx)
	h.with = strings.Split(p.with, ",")
	defer os.RemoveAll(h.work)
	if err != nil {
		return err
	}
	b := &report{ctx: ctx, plan: p, house: h, table: table{w}}
	b.machine()
	b.table.resultHead()
	err = b.onRealGlance()
	if ctx.Err() == nil {
		err = errors.Join(err, b.onEmbedded())
	}
	return errors.Join(append(b.failed, err)...)
}
