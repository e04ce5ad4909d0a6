//go:build unix

package main

import (
	"cmp"
	"slices"
	"strings"
)

// wrap puts text before and after a piece of source. Wraps nest; of two around
// the same piece the first is the outer one.
type wrap struct {
	start, end    int
	before, after string
}

// swap puts text in the place of a token.
type swap struct {
	start, end int
	text       string
}

// rewrite applies wraps and swaps. It adds no line, so that positions in
// messages are those of the source.
func rewrite(src string, wraps []wrap, swaps []swap) string {
	type edit struct {
		at, skip int
		text     string
	}
	var edits []edit
	before := slices.Clone(wraps)
	slices.SortStableFunc(before, func(a, b wrap) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	after := slices.Clone(wraps)
	slices.Reverse(after)
	slices.SortStableFunc(after, func(a, b wrap) int { return cmp.Or(a.end-b.end, b.start-a.start) })
	for _, w := range after {
		edits = append(edits, edit{at: w.end, text: w.after})
	}
	for _, w := range before {
		edits = append(edits, edit{at: w.start, text: w.before})
	}
	for _, s := range swaps {
		edits = append(edits, edit{s.start, s.end - s.start, s.text})
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at - b.at })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.WriteString(src[at:e.at])
		out.WriteString(e.text)
		at = e.at + e.skip
	}
	out.WriteString(src[at:])
	return out.String()
}

// support is what the switches call. A mutant counts as reached only where it
// would make a difference: true for a condition that is false, and so on.
const support = `package %s

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
)

var mutantOf, mutantLog, mutantSeen = mutantStart()

func mutantStart() (int, *os.File, []atomic.Bool) {
	of, err := strconv.Atoi(os.Getenv("MUTANT"))
	if err != nil {
		of = -2 // none; -1 is no mutant of its own
	}
	var log *os.File
	if name := os.Getenv("MUTANTS_REACHED"); name != "" {
		log, _ = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	}
	return of, log, make([]atomic.Bool, %d)
}

func mutantOn(n int) bool {
	if mutantLog != nil && n >= 0 && !mutantSeen[n].Swap(true) {
		fmt.Fprintf(mutantLog, "%%d\n", n)
	}
	return n == mutantOf
}

func mutantBool(yes, no int, b bool) bool {
	if b {
		return !mutantOn(no)
	}
	return mutantOn(yes)
}

func mutantLess[T cmp.Ordered](n int, a, b T) bool { return a < b || a == b && mutantOn(n) }
func mutantMore[T cmp.Ordered](n int, a, b T) bool { return a > b || a == b && mutantOn(n) }
func mutantMost[T cmp.Ordered](n int, a, b T) bool { return a < b || a == b && !mutantOn(n) }
func mutantLeast[T cmp.Ordered](n int, a, b T) bool { return a > b || a == b && !mutantOn(n) }

func mutantPlus[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](n int, v T) T {
	if mutantOn(n) {
		return v + 1
	}
	return v
}

func mutantDrop(n int, err error) bool { return err != nil && mutantOn(n) }

func mutantSkip[T any](n int, f func() T) (none T) {
	if mutantOn(n) {
		return none
	}
	return f()
}
`
