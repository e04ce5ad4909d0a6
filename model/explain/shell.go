package explain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ShellQuote writes s so that a POSIX shell (sh, dash, bash, zsh) reads it as
// one argument with exactly these bytes, also at an interactive prompt.
//
// A plain word stays as it is, all else is put between single quotes. Control
// and invisible characters are given as "$(printf '\033')": the result holds
// none of them except newlines, so a terminal that takes a pasted ^C or an
// escape sequence for a key press finds none in an image's name.
//
// No argument can hold the byte 0: it is left out.
func ShellQuote(s string) string {
	if plainWord(s) {
		return s
	}
	var b strings.Builder
	in := outside
	enter := func(next quoting) {
		if next != in {
			b.WriteString(closing[in])
			b.WriteString(opening[next])
			in = next
		}
	}
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		char := s[at : at+size]
		at += size
		switch {
		case r == 0:
		case r == '\'':
			enter(outside)
			b.WriteString(`\'`)
		case showsItself(r, size):
			enter(single)
			b.WriteString(char)
		default:
			enter(printed)
			for n := range len(char) {
				fmt.Fprintf(&b, `\%03o`, char[n])
			}
		}
	}
	enter(outside)
	if b.Len() == 0 {
		return "''"
	}
	return b.String()
}

// quoting is the kind of quotes that the text written so far ends in.
type quoting int

const (
	outside quoting = iota
	single          // '…': nothing is special but the quote itself
	printed         // "$(printf '…')": octal escapes only; it never ends in a newline, which $( ) would drop
)

var (
	opening = [...]string{outside: "", single: "'", printed: `"$(printf '`}
	closing = [...]string{outside: "", single: "'", printed: `')"`}
)

func showsItself(r rune, size int) bool {
	if r == utf8.RuneError && size == 1 {
		return false
	}
	return r == '\n' || unicode.IsPrint(r)
}

// plainWord reports whether no shell finds anything special in s. A = in front is
// left out because zsh looks up =command.
func plainWord(s string) bool {
	if s == "" || s[0] == '=' {
		return false
	}
	for n := range len(s) {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-", rune(s[n])) {
			return false
		}
	}
	return true
}
