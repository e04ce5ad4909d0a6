package conformance

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// J is a JSON object, or the part of one that matters. Its values are plain
// Go values, lists and objects of them, or a [Matcher].
type J map[string]any

// and is both objects in one; the second wins.
func (j J) and(more J) J {
	all := maps.Clone(j)
	if all == nil {
		all = J{}
	}
	maps.Copy(all, more)
	return all
}

// Matcher is a condition in place of a value.
type Matcher interface {
	// check says what is wrong, "" for nothing. Values are as decoded with
	// json.Number; present is false where there is none. before is what was
	// in the same place before the request.
	check(before, now any, present bool) string
	// String describes it for a reader.
	String() string
}

type matcher struct {
	words string
	fits  func(before, now any, present bool) bool
}

func (m matcher) String() string { return m.words }

func (m matcher) check(before, now any, present bool) string {
	if m.fits(before, now, present) {
		return ""
	}
	if !present {
		return "not there, but should be: " + m.words
	}
	return text(now) + " is not: " + m.words
}

var (
	// absent is no such member.
	absent Matcher = matcher{"absent", func(_, _ any, present bool) bool { return !present }}
	// something is any value but null.
	something Matcher = matcher{"anything but null", func(_, now any, present bool) bool { return present && now != nil }}
	// later is a text that sorts behind the one before: a moved time stamp.
	later Matcher = matcher{"later than before", func(before, now any, _ bool) bool {
		was, _ := before.(string)
		is, _ := now.(string)
		return was != "" && is > was
	}}
	// unmoved is what it was.
	unmoved Matcher = matcher{"as before", func(before, now any, present bool) bool {
		return present && text(before) == text(now)
	}}
)

// like is a text that a regular expression matches.
func like(pattern string) Matcher {
	re := regexp.MustCompile(pattern)
	return matcher{"a text like " + pattern, func(_, now any, _ bool) bool {
		s, isText := now.(string)
		return isText && re.MatchString(s)
	}}
}

// without is a text that does not hold another one.
func without(part string) Matcher {
	return matcher{"a text without " + part, func(_, now any, _ bool) bool {
		s, isText := now.(string)
		return isText && !strings.Contains(s, part)
	}}
}

// holding is a list with at least these elements, in any order.
func holding(elements ...any) Matcher {
	return matcher{"a list with " + text(elements), func(_, now any, _ bool) bool {
		list, isList := now.([]any)
		return isList && !slices.ContainsFunc(elements, func(want any) bool {
			return !slices.ContainsFunc(list, func(got any) bool { return len(differ("", want, nil, got, true)) == 0 })
		})
	}}
}

// set is a list in any order, without repetitions.
func set(elements ...string) Matcher {
	slices.Sort(elements)
	return matcher{"the set " + text(elements), func(_, now any, _ bool) bool {
		list, isList := now.([]any)
		got := make([]string, len(list))
		for n, v := range list {
			got[n], _ = v.(string)
		}
		slices.Sort(got)
		return isList && slices.Equal(got, elements)
	}}
}

// differ compares what is wanted with what came, and with what was there
// before. Objects may hold more than is wanted; lists may not. Tags are a set,
// and a location's "store" counts only where it is wanted.
func differ(path string, want, before, now any, present bool) (faults []string) {
	fault := func(format string, a ...any) []string {
		return []string{strings.TrimPrefix(path+": ", ": ") + fmt.Sprintf(format, a...)}
	}
	switch w := want.(type) {
	case Matcher:
		if s := w.check(before, now, present); s != "" {
			return fault("%s", s)
		}
		return nil
	case J:
		return differObject(path, w, before, now, present)
	case []J:
		return differList(path, anyList(w), before, now)
	case []string:
		if strings.HasSuffix(path, "tags") {
			return differ(path, set(slices.Clone(w)...), before, now, present)
		}
		return differList(path, anyList(w), before, now)
	case []any:
		return differList(path, w, before, now)
	}
	if !present {
		return fault("not there, want %s", text(want))
	}
	if text(want) != text(now) {
		return fault("%s, want %s", text(now), text(want))
	}
	return nil
}

func differObject(path string, want J, before, now any, present bool) (faults []string) {
	object, isObject := now.(map[string]any)
	if !present || !isObject {
		return []string{path + ": " + text(now) + " is no object"}
	}
	was, _ := before.(map[string]any)
	for _, name := range sorted(want) {
		value, found := object[name]
		faults = append(faults, differ(strings.TrimPrefix(path+"."+name, "."), want[name], was[name], value, found)...)
	}
	if strings.HasSuffix(path, ".metadata") { // to the last member
		for _, name := range sorted(object) {
			if _, wanted := want[name]; !wanted && name != "store" {
				faults = append(faults, path+": unexpected member "+name)
			}
		}
	}
	return faults
}

func differList(path string, want []any, before, now any) (faults []string) {
	list, isList := now.([]any)
	if !isList || len(list) != len(want) {
		return []string{fmt.Sprintf("%s: %s, want %d elements: %s", path, text(now), len(want), describe(want))}
	}
	was, _ := before.([]any)
	for n := range want {
		var old any
		if n < len(was) {
			old = was[n]
		}
		faults = append(faults, differ(fmt.Sprintf("%s[%d]", path, n), want[n], old, list[n], true)...)
	}
	return faults
}

func anyList[T any](list []T) []any {
	all := make([]any, len(list))
	for n, v := range list {
		all[n] = v
	}
	return all
}

// describe writes a wanted value for a reader.
func describe(value any) string {
	switch v := value.(type) {
	case Matcher:
		return "<" + v.String() + ">"
	case J:
		var parts []string
		for _, name := range sorted(v) {
			parts = append(parts, text(name)+": "+describe(v[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []J:
		return describe(anyList(v))
	case []any:
		var parts []string
		for _, element := range v {
			parts = append(parts, describe(element))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return text(value)
}

// decode reads JSON with its numbers as they are written.
func decode(body []byte) (value any, err error) {
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

// places are the texts that stand for what only a run knows.
type places map[string]string

// fill puts them into a text; longer names first, so that $image2 is not
// $image with a 2.
func (p places) fill(s string) string {
	if !strings.Contains(s, "$") {
		return s
	}
	keys := sorted(p)
	slices.Reverse(keys)
	for _, name := range keys {
		s = strings.ReplaceAll(s, name, p[name])
	}
	return s
}

// fillValue puts them into every text of a wanted value.
func (p places) fillValue(value any) any {
	switch v := value.(type) {
	case string:
		return p.fill(v)
	case []string:
		all := make([]string, len(v))
		for n := range v {
			all[n] = p.fill(v[n])
		}
		return all
	case J:
		all := make(J, len(v))
		for name, member := range v {
			all[p.fill(name)] = p.fillValue(member)
		}
		return all
	case []J:
		return p.fillValue(anyList(v))
	case []any:
		all := make([]any, len(v))
		for n := range v {
			all[n] = p.fillValue(v[n])
		}
		return all
	}
	return value
}
