//go:build unix

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// target is a package whose tests must notice mistakes in these files of it;
// in all where none is named.
type target struct {
	directory string
	files     []string
}

var targets = []target{
	{directory: "edit"},
	{directory: "model/patch"},
	{directory: "model/rules"},
	{directory: "model/merge"},
	{directory: "state"},
	{directory: "client", files: []string{
		"answer.go", "client.go", "failure.go", "hide.go", "image.go", "locations.go", "olderform.go",
		"request.go", "retry.go", "tokens.go", "transport.go",
	}},
}

// choice is what to run.
type choice struct {
	root, accepted string
	only, match    string
	some           int
	seed           uint64
	parallel       int
	list           bool
	progress       io.Writer
}

func main() {
	c := choice{root: ".", accepted: "test/mutants/accepted.txt", progress: os.Stderr}
	flag.StringVar(&c.only, "only", "", "one package `directory`, such as state")
	flag.StringVar(&c.match, "match", "", "those that a regular `expression` finds, such as Begin")
	flag.IntVar(&c.some, "some", 0, "so many mutants of each package, chosen by -seed (0: all)")
	flag.Uint64Var(&c.seed, "seed", uint64(time.Now().UnixNano()), "what -some chooses by")
	flag.IntVar(&c.parallel, "parallel", min(2, runtime.NumCPU()), "mutants tried at once")
	flag.BoolVar(&c.list, "list", false, "list the mutants and try none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := check(ctx, c, targets, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// check tries the mutants of the targets and says which survive. The error says
// that one did that is not accepted.
func check(ctx context.Context, c choice, targets []target, out io.Writer) error {
	match, err := regexp.Compile(c.match)
	if err != nil {
		return err
	}
	accepted, err := readAccepted(c.accepted)
	if err != nil {
		return err
	}
	bad := 0
	for _, t := range targets {
		if c.only != "" && c.only != t.directory {
			continue
		}
		p, err := instrument(c.root, t)
		if err != nil {
			return err
		}
		chosen := slices.DeleteFunc(slices.Clone(p.mutants), func(m mutant) bool { return !match.MatchString(m.key()) })
		if c.some > 0 && c.some < len(chosen) {
			rand.New(rand.NewPCG(c.seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
			chosen = chosen[:c.some]
			fmt.Fprintf(out, "%s: %d mutants by -seed %d\n", t.directory, len(chosen), c.seed)
		}
		if c.list {
			for _, m := range chosen {
				fmt.Fprintf(out, "%s:%d: %s\n", m.file, m.line, m.key())
			}
			continue
		}
		n, err := try(ctx, c, p, chosen, accepted, out)
		if err != nil {
			return err
		}
		bad += n
		for key := range accepted {
			if strings.HasPrefix(key, t.directory+" ") && !slices.ContainsFunc(p.mutants, func(m mutant) bool { return m.key() == key }) {
				fmt.Fprintf(out, "accepted, but there is no such mutant: %s\n", key)
				bad++
			}
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d to look at", bad)
	}
	return nil
}

// try runs the tests of a package against its mutants.
func try(ctx context.Context, c choice, p *instrumented, chosen []mutant, accepted map[string]string, out io.Writer) (bad int, err error) {
	begun := time.Now()
	b, err := build(ctx, c, p)
	if err != nil {
		return 0, err
	}
	defer b.remove()
	if err := b.record(ctx, c.parallel, out); err != nil {
		return 0, err
	}
	results := b.tryAll(ctx, chosen, c.parallel, c.progress)
	if err := ctx.Err(); err != nil {
		return 0, errors.Join(err, errors.New("stopped"))
	}
	var killed, spared int
	for i, m := range chosen {
		reason, isAccepted := accepted[m.key()]
		switch {
		case results[i] == died:
			killed++
			continue
		case isAccepted && reason != "":
			spared++
			continue
		}
		bad++
		fmt.Fprintf(out, "%s:%d: %s: %s\n", m.file, m.line, results[i], m.key())
	}
	fmt.Fprintf(out, "%s: %d mutants, %d killed, %d survive and are accepted, %d survive (%s)\n",
		p.directory, len(chosen), killed, spared, bad, time.Since(begun).Round(time.Second))
	return bad, nil
}
