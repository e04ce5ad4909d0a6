package model

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// How values are written for people, everywhere in this package: in the
// sentences of Explain and in the columns of Changes.
const (
	wordNull   = "null" // the API's null
	wordAbsent = "–"    // not there at all
	wordHidden = "hidden"
)

// quoted puts foreign text between double quotes. Letters of every script stay
// readable; control characters, invisible ones and bytes that are no text
// become escapes, so that the result is one line and holds no surprise.
func quoted(s string) string {
	for n := range len(s) {
		if c := s[n]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return strconv.Quote(s)
		}
	}
	return `"` + s + `"` // as strconv.Quote has it, which takes its time over long texts
}

// bare leaves a plain word as it is and quotes everything else, so that a
// reader sees where foreign text begins and ends.
func bare(s string) string {
	if s == "" || s == wordNull || s == wordAbsent || strings.ContainsFunc(s, breaksWord) {
		return quoted(s)
	}
	return s
}

func breaksWord(r rune) bool {
	return r == ' ' || r == ',' || r == '"' || !unicode.IsPrint(r)
}

// bareURL is bare for an address, where a comma is nothing special.
func bareURL(url string) string {
	if url == "" || strings.ContainsFunc(url, func(r rune) bool { return r != ',' && breaksWord(r) }) {
		return quoted(url)
	}
	return url
}

// listed joins words, each made safe to read.
func listed(words []string, separator string, one func(string) string) string {
	var b strings.Builder
	for n, w := range words {
		if n > 0 {
			b.WriteString(separator)
		}
		b.WriteString(one(w))
	}
	return b.String()
}

// grouped writes a number with a comma between each three digits.
func grouped(n int64) string {
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

func textValue(v Opt[string]) string {
	if !v.Set {
		return wordNull
	}
	return quoted(v.Value)
}

func amount(n int64, unit string) string {
	if unit == "" {
		return grouped(n)
	}
	return grouped(n) + " " + unit
}

func optionalAmount(v Opt[int64], unit string) string {
	if !v.Set {
		return wordNull
	}
	return amount(v.Value, unit)
}

func timeValue(t time.Time) string {
	if t.IsZero() {
		return wordAbsent
	}
	return t.UTC().Format(time.RFC3339)
}

// tagsValue lists a set of tags, separated as on the screens: by a space.
func tagsValue(tags []string) string {
	if len(tags) == 0 {
		return wordAbsent
	}
	return listed(NormalTags(tags), " ", bare)
}

// metadataValue is a location's metadata as JSON, members in order of name.
func metadataValue(metadata map[string]any) string {
	if len(metadata) == 0 {
		return "{}"
	}
	text, err := encode(metadata)
	if err != nil {
		return "?" // what JSON cannot say never came from a server
	}
	return visible(string(text))
}

// locationValue names a location: its URL, and its metadata where it has any.
func locationValue(l Location) string {
	if membersBeside(l.Metadata, storeKey) == 0 {
		return bareURL(l.URL)
	}
	return bareURL(l.URL) + " " + metadataValue(l.Metadata)
}

// visible makes what does not show in JSON text into escapes of JSON. Such
// characters can stand only inside JSON's strings, where both mean the same.
func visible(json string) string {
	if !strings.ContainsFunc(json, hidden) {
		return json
	}
	var b strings.Builder
	for _, r := range json {
		if hidden(r) {
			escapeRune(&b, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hidden is whether a character would not show, or would do something else.
func hidden(r rune) bool { return !unicode.IsPrint(r) }

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
