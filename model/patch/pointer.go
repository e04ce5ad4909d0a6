package patch

import (
	"fmt"
	"strings"
	"unicode"
)

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

// EscapePointer makes a property's name a token of a pointer (RFC 6901):
// "a/b" becomes "a~1b", "a~b" becomes "a~0b".
func EscapePointer(name string) string {
	if strings.IndexByte(name, '~') < 0 && strings.IndexByte(name, '/') < 0 {
		return name
	}
	return escaper.Replace(name)
}

// UnescapePointer is the name that a token of a pointer stands for. A ~ that
// begins no escape stays; a server refuses it.
func UnescapePointer(token string) string {
	if !strings.Contains(token, "~") {
		return token
	}
	return unescaper.Replace(token)
}

// PointerTokens reads a pointer as Glance does, which parts from RFC 6901:
// leading slashes are one, and white space around a token is dropped. The
// fault is the server's message; without one there is at least one token.
func PointerTokens(pointer string) (tokens []string, fault string) {
	if fault := pointerFault(pointer); fault != "" {
		return nil, fault
	}
	tokens = strings.Split(strings.TrimLeft(pointer, "/"), "/")
	for n, token := range tokens {
		tokens[n] = TrimSpace(UnescapePointer(token))
	}
	return tokens, ""
}

// pointerFault finds what Glance refuses in a pointer (measured; the order of
// the checks is the server's).
func pointerFault(pointer string) string {
	switch {
	case !strings.HasPrefix(pointer, "/"):
		return fmt.Sprintf("Pointer `%s` does not start with \"/\".", pointer)
	case hasEmptyToken(pointer[1:]):
		return fmt.Sprintf("Pointer `%s` contains adjacent \"/\".", pointer)
	case len(pointer) > 1 && strings.HasSuffix(pointer, "/"):
		return fmt.Sprintf("Pointer `%s` end with \"/\".", pointer)
	case TrimSpace(pointer[1:]) == "/":
		return fmt.Sprintf("Pointer `%s` does not contains valid token.", pointer)
	case hasLoneTilde(pointer):
		return fmt.Sprintf("Pointer `%s` contains \"~\" not part of a recognized escape sequence.", pointer)
	}
	return ""
}

// hasEmptyToken reports whether two slashes have nothing but white space
// between them.
func hasEmptyToken(text string) bool {
	slash := false
	for _, r := range text {
		if r == '/' && slash {
			return true
		}
		slash = r == '/' || slash && isSpace(r)
	}
	return false
}

func hasLoneTilde(text string) bool {
	for {
		at := strings.IndexByte(text, '~')
		if at < 0 {
			return false
		}
		if at+1 == len(text) || text[at+1] != '0' && text[at+1] != '1' {
			return true
		}
		text = text[at+2:]
	}
}

// isSpace is white space as the server's language sees it.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// TrimSpace removes the space that Glance removes from a pointer's token.
func TrimSpace(s string) string { return strings.TrimFunc(s, isSpace) }
