package faults

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong with some requests. Parse makes one.
type Fault struct {
	Place string // which requests, of Places
	Kind  string // what happens to them, of Kinds
	// First and Last are which of these requests, counted from 1; Last 0 is all
	// from First on.
	First, Last int

	Time  time.Duration // of delay and slow
	Size  int64         // of huge, in bytes
	Text  string        // of type and redirect
	Names []string      // of the fields-… kinds; none means all

	After bool // carried out first
	HTML  bool
	// RetryAfter is what the answer asks to wait for, At as a date; -1 for nothing.
	RetryAfter time.Duration
	At         bool
}

// Parse reads a fault: [WHERE:]FAULT[=VALUE][,SETTING[=VALUE]...][@WHICH]. An
// error says what is wrong and what could stand there.
func Parse(text string) (Fault, error) {
	f := Fault{Place: Anywhere, First: 1, RetryAfter: -1}
	rest, which, counted := cutLast(text, "@")
	if counted && !strings.ContainsAny(which, "/:,=") { // else it is part of a URL
		if err := f.readWhich(which); err != nil {
			return Fault{}, err
		}
	} else {
		rest = text
	}
	parts := strings.Split(rest, ",")
	head, value, valued := strings.Cut(parts[0], "=")
	if place, kind, placed := strings.Cut(head, ":"); placed {
		if _, known := placeNamed(place); !known {
			return Fault{}, fmt.Errorf("%q is no kind of request; there are %s", place, listed(names(places, func(p Place) string { return p.Name })))
		}
		f.Place, head = place, kind
	}
	k, known := kindNamed(head)
	if !known {
		return Fault{}, fmt.Errorf("%q is no fault; there are %s", head, listed(names(kinds, func(k Kind) string { return k.Name })))
	}
	f.Kind = k.Name
	if k.fill != nil {
		k.fill(&f)
	}
	if valued {
		if k.value == nil {
			return Fault{}, fmt.Errorf("%s takes no value, and %q is given", k.Name, value)
		}
		if err := k.value(&f, value); err != nil {
			return Fault{}, fmt.Errorf("%s: %w", k.Name, err)
		}
	}
	for _, s := range parts[1:] {
		if err := f.readSetting(k, s); err != nil {
			return Fault{}, fmt.Errorf("%s: %w", k.Name, err)
		}
	}
	return f, nil
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// readWhich reads "3", "2-4" and "2-".
func (f *Fault) readWhich(text string) error {
	first, last, ranged := strings.Cut(text, "-")
	wrong := fmt.Errorf("%q does not say which requests: @3 is the third, @2-4 are three, @2- are all from the second on", "@"+text)
	n, err := strconv.ParseUint(first, 10, 31)
	if err != nil || n == 0 {
		return wrong
	}
	f.First, f.Last = int(n), int(n)
	if !ranged {
		return nil
	}
	f.Last = 0
	if last == "" {
		return nil
	}
	if n, err = strconv.ParseUint(last, 10, 31); err != nil || int(n) < f.First {
		return wrong
	}
	f.Last = int(n)
	return nil
}

func (f *Fault) readSetting(k Kind, text string) error {
	name, value, valued := strings.Cut(text, "=")
	if !slices.Contains(k.Settings, name) {
		if len(k.Settings) == 0 {
			return fmt.Errorf("it takes no settings, and %q is given", text)
		}
		return fmt.Errorf("%q is no setting of it; there are %s", name, listed(k.Settings))
	}
	switch name {
	case setRetryAfter, setRetryAt:
		seconds, err := strconv.ParseUint(value, 10, 31)
		if err != nil {
			return fmt.Errorf("%s takes whole seconds, such as %s=2, not %q", name, name, value)
		}
		f.RetryAfter, f.At = time.Duration(seconds)*time.Second, name == setRetryAt
		return nil
	}
	if valued {
		return fmt.Errorf("%s takes no value", name)
	}
	f.After, f.HTML = f.After || name == setAfter, f.HTML || name == setHTML
	return nil
}

// String writes the fault as Parse reads it.
func (f Fault) String() string {
	var b strings.Builder
	if f.Place != Anywhere {
		b.WriteString(f.Place + ":")
	}
	b.WriteString(f.Kind)
	switch {
	case f.Time > 0:
		b.WriteString("=" + f.Time.String())
	case f.Size > 0:
		fmt.Fprintf(&b, "=%d", f.Size)
	case f.Text != "":
		b.WriteString("=" + f.Text)
	case len(f.Names) > 0:
		b.WriteString("=" + strings.Join(f.Names, "+"))
	}
	if f.After {
		b.WriteString("," + setAfter)
	}
	if f.HTML {
		b.WriteString("," + setHTML)
	}
	if f.RetryAfter >= 0 {
		name := setRetryAfter
		if f.At {
			name = setRetryAt
		}
		fmt.Fprintf(&b, ",%s=%d", name, f.RetryAfter/time.Second)
	}
	switch {
	case f.Last == f.First:
		fmt.Fprintf(&b, "@%d", f.First)
	case f.Last > 0:
		fmt.Fprintf(&b, "@%d-%d", f.First, f.Last)
	case f.First > 1:
		fmt.Fprintf(&b, "@%d-", f.First)
	}
	return b.String()
}

// Is says what the fault does, in words.
func (f Fault) Is() string {
	k, _ := kindNamed(f.Kind)
	return k.Does
}

func aTime(f *Fault)  { f.Time = 2 * time.Second }
func aPause(f *Fault) { f.Time = 100 * time.Millisecond }
func aSize(f *Fault)  { f.Size = 100 << 20 }
func aType(f *Fault)  { f.Text = "text/plain" }

func readTime(f *Fault, text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return fmt.Errorf("it takes a time, such as 500ms or 2s, not %q", text)
	}
	f.Time = d
	return nil
}

// maxSize keeps a typing mistake from filling a disk with what a client saves.
const maxSize = 1 << 40

func readSize(f *Fault, text string) error {
	number, unit := strings.TrimRight(text, "KMGiB"), 0
	switch text[len(number):] {
	case "", "B":
	case "KiB", "K":
		unit = 10
	case "MiB", "M":
		unit = 20
	case "GiB", "G":
		unit = 30
	default:
		unit = -1
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || unit < 0 || n <= 0 || n > maxSize>>unit {
		return fmt.Errorf("it takes a size, such as 500KiB or 100MiB, not %q", text)
	}
	f.Size = n << unit
	return nil
}

// noType stands for an answer without a Content-Type.
const noType = "-"

func readType(f *Fault, text string) error {
	if _, _, err := mime.ParseMediaType(text); text != noType && (err != nil || strings.ContainsAny(text, ",@")) {
		return fmt.Errorf("it takes a media type, such as text/plain, or %s for none, not %q", noType, text)
	}
	f.Text = text
	return nil
}

func readURL(f *Fault, text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(text, ",@") {
		return fmt.Errorf("it takes a URL, such as http://other.example/, not %q", text)
	}
	f.Text = text
	return nil
}

func readNames(f *Fault, text string) error {
	f.Names = strings.Split(text, "+")
	if slices.Contains(f.Names, "") || strings.Contains(text, "@") {
		return fmt.Errorf("it takes names of attributes, such as tags+visibility, not %q", text)
	}
	return nil
}

// strikes is whether the fault is for the nth of its requests.
func (f Fault) strikes(n int) bool { return n >= f.First && (f.Last == 0 || n <= f.Last) }

// meets is whether a request is one of its place.
func (f Fault) meets(r *http.Request) bool {
	p, known := placeNamed(f.Place)
	return known && p.has(r)
}

func names[T any](list []T, name func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, name(x))
	}
	return out
}

func listed(words []string) string { return strings.Join(words, ", ") }
