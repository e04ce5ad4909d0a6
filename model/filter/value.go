package filter

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// filterValue is what is after a term's colon.
type filterValue struct {
	text string
	// quoted is where the first quoted character is; beyond the text's
	// length when nothing is. Signs before it mean something, after it nothing.
	quoted int
}

func (v filterValue) isQuoted() bool { return v.quoted <= len(v.text) }

// sign takes one of the signs off the front, unless it is quoted.
func (v filterValue) sign(signs ...string) (string, filterValue) {
	for _, s := range signs {
		if strings.HasPrefix(v.text, s) && len(s) <= v.quoted {
			return s, filterValue{text: v.text[len(s):], quoted: v.quoted - len(s)}
		}
	}
	return "", v
}

func begun(text string) *Error { return &Error{Text: text, Begun: true} }
func wrong(text string) *Error { return &Error{Text: text} }

// textMatch compares one text: the whole of it, or with "~" a part.
func (v filterValue) textMatch() (func(string) bool, *Error) {
	sign, v := v.sign("~")
	if sign == "" {
		want := v.text
		return func(s string) bool { return strings.EqualFold(s, want) }, nil
	}
	if v.text == "" {
		return nil, begun("say which part to look for after ~")
	}
	part := strings.ToLower(v.text)
	return func(s string) bool { return containsFold(s, part) }, nil
}

func parseText(get func(*model.Image) string) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, _ time.Time) (filterMatch, *Error) {
		match, err := v.textMatch()
		if err != nil {
			return nil, err
		}
		return func(img *model.Image, _ filterViewer) bool { return match(get(img)) }, nil
	}
}

func parseID(v filterValue, _ time.Time) (filterMatch, *Error) {
	sign, _ := v.sign("~")
	if sign != "" {
		return parseText(func(i *model.Image) string { return i.ID })(v, time.Time{})
	}
	want := strings.ToLower(v.text)
	return func(img *model.Image, _ filterViewer) bool { return hasPrefixFold(img.ID, want) }, nil
}

func parseTag(v filterValue, _ time.Time) (filterMatch, *Error) {
	if v.text == "" {
		return func(img *model.Image, _ filterViewer) bool { return len(img.Tags) == 0 }, nil
	}
	match, err := v.textMatch()
	if err != nil {
		return nil, err
	}
	return func(img *model.Image, _ filterViewer) bool {
		for _, t := range img.Tags {
			if match(t) {
				return true
			}
		}
		return false
	}, nil
}

func parseLocation(v filterValue, _ time.Time) (filterMatch, *Error) {
	if v.text == "" {
		return func(img *model.Image, _ filterViewer) bool { return len(img.Locations) == 0 }, nil
	}
	match, err := v.textMatch()
	if err != nil {
		return nil, err
	}
	return func(img *model.Image, _ filterViewer) bool {
		for i := range img.Locations {
			if match(img.Locations[i].URL) {
				return true
			}
		}
		return false
	}, nil
}

// isMe reports whether the word stands for the session's own project.
func (v filterValue) isMe() bool { return v.text == "me" && !v.isQuoted() }

func parseOwner(v filterValue, _ time.Time) (filterMatch, *Error) {
	if v.isMe() {
		return func(img *model.Image, who filterViewer) bool {
			return who.projectID != "" && img.Owner.Value == who.projectID
		}, nil
	}
	match, err := v.textMatch()
	if err != nil {
		return nil, err
	}
	return func(img *model.Image, who filterViewer) bool {
		if match(img.Owner.Value) {
			return true
		}
		name, known := who.projectNames[img.Owner.Value]
		return known && match(name)
	}, nil
}

// parseProperty reads "name", "name=value" and "name=~part". A property's name
// is taken exactly: the server tells upper from lower case there.
func parseProperty(v filterValue, _ time.Time) (filterMatch, *Error) {
	name := v.property()
	if name == "" {
		return nil, wrong("name the property, such as prop:os_distro=ubuntu")
	}
	value, compared := v.compared()
	if !compared {
		return func(img *model.Image, _ filterViewer) bool {
			_, has := img.Properties[name]
			if !has {
				_, has = img.Extra[name]
			}
			return has
		}, nil
	}
	match, err := value.textMatch()
	if err != nil {
		return nil, err
	}
	return func(img *model.Image, _ filterViewer) bool {
		if p, has := img.Properties[name]; has {
			return match(p.Value)
		}
		// What only the server sets (os_glance_failed_import) is in Extra
		// as JSON. Few images have it, so that this may allocate.
		raw, has := img.Extra[name]
		if !has {
			return false
		}
		s, err := strconv.Unquote(string(raw))
		if err != nil {
			s = string(raw)
		}
		return match(s)
	}, nil
}

// property is the name in the value of a term for a property.
func (v filterValue) property() string {
	name, _, _ := strings.Cut(v.text, "=")
	return name
}

// compared is what a property's value is compared with, if it is. Quoting may
// have begun in the name already (prop:"a b"=~x).
func (v filterValue) compared() (value filterValue, compared bool) {
	name, text, compared := strings.Cut(v.text, "=")
	value = filterValue{text: text, quoted: v.quoted - len(name) - 1}
	if value.quoted < 0 {
		value.quoted = len(text) + 1
	}
	return value, compared
}

func parseChoice(what string, choices []string, get func(*model.Image) string) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, now time.Time) (filterMatch, *Error) {
		if sign, _ := v.sign("~"); sign != "" {
			return parseText(get)(v, now)
		}
		for _, word := range v.words() {
			if len(chosen(word, choices)) == 0 {
				return nil, wrong(noSuch(what, word, choices))
			}
		}
		wanted := v.choices(choices)
		if len(wanted) == 0 {
			return nil, begun("one or more of " + strings.Join(choices, " "))
		}
		return func(img *model.Image, _ filterViewer) bool { return slices.Contains(wanted, get(img)) }, nil
	}
}

// words are the lower-cased parts between commas; one that waits for its next
// word ends with a comma.
func (v filterValue) words() []string {
	return slices.DeleteFunc(strings.Split(strings.ToLower(v.text), ","), func(s string) bool { return s == "" })
}

// choices are all that the value stands for.
func (v filterValue) choices(choices []string) []string {
	var wanted []string
	for _, word := range v.words() {
		wanted = append(wanted, chosen(word, choices)...)
	}
	return wanted
}

// chosen is the choice of that name, or all that begin with it.
func chosen(word string, choices []string) []string {
	if slices.Contains(choices, word) {
		return []string{word}
	}
	var found []string
	for _, c := range choices {
		if strings.HasPrefix(c, word) {
			found = append(found, c)
		}
	}
	return found
}

func noSuch(what, word string, choices []string) string {
	if near := model.Nearest(word, choices); near != "" {
		return "no such " + what + "; did you mean " + near + "?"
	}
	return "no such " + what + " (one of " + strings.Join(choices, " ") + ")"
}

func parseBool(get func(*model.Image) bool) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, _ time.Time) (filterMatch, *Error) {
		want, ok := v.yes()
		if !ok {
			return nil, wrong("yes or no")
		}
		return func(img *model.Image, _ filterViewer) bool { return get(img) == want }, nil
	}
}

// yes reads yes, no, true or false, or the beginning of one.
func (v filterValue) yes() (yes, ok bool) {
	word := strings.ToLower(v.text)
	begins := func(s string) bool { return word != "" && strings.HasPrefix(s, word) }
	switch {
	case begins("yes"), begins("true"), word == "1":
		return true, true
	case begins("no"), begins("false"), word == "0":
		return false, true
	}
	return false, false
}

// comparison is a sign such as ">" and what it means; "" and "=" are the same.
func comparison(sign string, order int) bool {
	switch sign {
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	}
	return order == 0
}

var comparisons = []string{">=", "<=", ">", "<", "="}

func parseCount(get func(*model.Image) int64) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, _ time.Time) (filterMatch, *Error) {
		sign, v := v.sign(comparisons...)
		if v.text == "" {
			return nil, begun("say how many")
		}
		n, err := strconv.ParseInt(v.text, 10, 64)
		if err != nil {
			return nil, wrong("a whole number, such as 20")
		}
		return func(img *model.Image, _ filterViewer) bool { return comparison(sign, cmp.Compare(get(img), n)) }, nil
	}
}

// parseSize compares bytes. An image without a size never matches, as on the
// server; size:"" asks for just those.
func parseSize(get func(*model.Image) model.Opt[int64]) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, _ time.Time) (filterMatch, *Error) {
		if v.text == "" {
			return func(img *model.Image, _ filterViewer) bool { return !get(img).Set }, nil
		}
		sign, v := v.sign(comparisons...)
		if v.text == "" {
			return nil, begun("say how much, such as 1G")
		}
		n, ok := bytesOf(v.text)
		if !ok {
			return nil, wrong("a size, such as 500M or 1.5G (K M G T P, powers of 1024)")
		}
		return func(img *model.Image, _ filterViewer) bool {
			size := get(img)
			return size.Set && comparison(sign, cmp.Compare(size.Value, n))
		}, nil
	}
}

// bytesOf reads "1.5G", "1.5GiB", "500 M", "12".
func bytesOf(s string) (int64, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s = strings.TrimSuffix(strings.TrimSuffix(s, "B"), "I")
	factor := 1.0
	if s != "" {
		if i := strings.IndexByte("KMGTP", s[len(s)-1]); i >= 0 {
			factor = math.Pow(1024, float64(i+1))
			s = s[:len(s)-1]
		}
	}
	if strings.Trim(s, "0123456789.") != "" { // no signs, exponents, hex, "inf"
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n*factor >= math.MaxInt64 {
		return 0, false
	}
	return int64(n * factor), true
}

// parseTime compares a moment with an age ("<2d": less than two days ago) or
// with a date (">2026-01-31": after that day). Without a sign an age means "at
// most that long ago", a date means "on that day".
func parseTime(get func(*model.Image) time.Time) func(filterValue, time.Time) (filterMatch, *Error) {
	return func(v filterValue, now time.Time) (filterMatch, *Error) {
		sign, v := v.sign(comparisons...)
		if v.text == "" {
			return nil, begun("say how long ago, such as 2d, or a date")
		}
		if age, ok := ageOf(v.text); ok {
			if sign == "" || sign == "=" {
				sign = "<="
			}
			return func(img *model.Image, _ filterViewer) bool {
				t := get(img)
				return !t.IsZero() && comparison(sign, cmp.Compare(int64(now.Sub(t)), int64(age)))
			}, nil
		}
		from, to, ok := dayOf(v.text)
		if !ok {
			return nil, wrong("an age, such as 90m, 2d, 3w, 6mo, 1y, or a date, such as 2026-01-31")
		}
		return func(img *model.Image, _ filterViewer) bool {
			t := get(img)
			if t.IsZero() {
				return false
			}
			order := 0 // before, within or after the day
			switch {
			case t.Before(from):
				order = -1
			case !t.Before(to):
				order = 1
			}
			return comparison(sign, order)
		}, nil
	}
}

// ageUnits, the longer names first: "mo" must not be read as "m".
var ageUnits = []struct {
	name string
	unit time.Duration
}{
	{"mo", 30 * 24 * time.Hour}, {"min", time.Minute},
	{"s", time.Second}, {"m", time.Minute}, {"h", time.Hour},
	{"d", 24 * time.Hour}, {"w", 7 * 24 * time.Hour}, {"y", 365 * 24 * time.Hour},
}

func ageOf(s string) (time.Duration, bool) {
	s = strings.ToLower(s)
	for _, u := range ageUnits {
		number, found := strings.CutSuffix(s, u.name)
		if !found || strings.Trim(number, "0123456789.") != "" {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n*float64(u.unit) >= math.MaxInt64 {
			return 0, false
		}
		return time.Duration(n * float64(u.unit)), true
	}
	return 0, false
}

// dayOf reads a day, or a moment (a day of one second: the server's clock).
func dayOf(s string) (from, to time.Time, ok bool) {
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return t, t.AddDate(0, 0, 1), true
	}
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err == nil {
		return t, t.Add(time.Second), true
	}
	return time.Time{}, time.Time{}, false
}
