package quote

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// How values are written for users, everywhere in this package: in the
// sentences of Explain and in the columns of Changes.
const (
	WordNull   = "null" // the API's null
	WordAbsent = "–"    // not there at all
	WordHidden = "hidden"
)

// Quoted puts untrusted text between double quotes. Letters of every script stay
// readable; control characters, invisible ones and bytes that are no text
// become escapes, so that the result is one line and holds no surprise.
func Quoted(s string) string {
	for n := range len(s) {
		if c := s[n]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return strconv.Quote(s)
		}
	}
	return `"` + s + `"` // as strconv.Quote has it, which takes its time over long texts
}

// Bare leaves a plain word as it is and quotes everything else, so that a
// reader sees where untrusted text begins and ends.
func Bare(s string) string {
	if s == "" || s == WordNull || s == WordAbsent || strings.ContainsFunc(s, breaksWord) {
		return Quoted(s)
	}
	return s
}

func breaksWord(r rune) bool {
	return r == ' ' || r == ',' || r == '"' || !unicode.IsPrint(r)
}

// BareURL is bare for an address, where a comma is nothing special.
func BareURL(url string) string {
	if url == "" || strings.ContainsFunc(url, func(r rune) bool { return r != ',' && breaksWord(r) }) {
		return Quoted(url)
	}
	return url
}

// Listed joins words, each made safe to read.
func Listed(words []string, separator string, one func(string) string) string {
	var b strings.Builder
	for n, w := range words {
		if n > 0 {
			b.WriteString(separator)
		}
		b.WriteString(one(w))
	}
	return b.String()
}

// Grouped writes a number with a comma between each three digits.
func Grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	head := len(digits) % 3
	if head == 0 {
		head = min(3, len(digits))
	}
	out := digits[:head]
	for at := head; at < len(digits); at += 3 {
		out += "," + digits[at:at+3]
	}
	return sign + out
}

// TextValue is a text in quotes, or null.

// Amount is a number with its unit.
func Amount(n int64, unit string) string {
	if unit == "" {
		return Grouped(n)
	}
	return Grouped(n) + " " + unit
}

// TimeValue is a time in UTC.
func TimeValue(t time.Time) string {
	if t.IsZero() {
		return WordAbsent
	}
	return t.UTC().Format(time.RFC3339)
}

// Visible makes what does not show in JSON text into escapes of JSON. Such
// characters can occur only inside JSON's strings, where both mean the same.
func Visible(json string) string {
	if !strings.ContainsFunc(json, Hidden) {
		return json
	}
	var b strings.Builder
	for _, r := range json {
		if Hidden(r) {
			escapeRune(&b, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Hidden reports whether a character would not show, or would do something else.
func Hidden(r rune) bool { return !unicode.IsPrint(r) }

// escapeRune writes JSON's escape of a character: one unit of UTF-16, or two.
func escapeRune(b *strings.Builder, r rune) {
	const digits = "0123456789abcdef"
	unit := func(u rune) {
		b.WriteString(`\u`)
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte(digits[u>>shift&0xf])
		}
	}
	if r < 0x10000 {
		unit(r)
		return
	}
	r -= 0x10000
	unit(0xd800 + r>>10)
	unit(0xdc00 + r&0x3ff)
}
