package hostile

import (
	"encoding/base64"
	"strings"
)

// Clipboard gives what a program put on the clipboard (OSC 52), in order.
func Clipboard(raw []byte) []string {
	var out []string
	for rest := string(raw); ; {
		at := strings.Index(rest, "\x1b]52;")
		if at < 0 {
			return out
		}
		rest = rest[at:]
		length, _ := sequence(rest)
		if m := clipboard.FindStringSubmatch(rest[:length]); m != nil {
			if text, err := base64.StdEncoding.DecodeString(m[1]); err == nil {
				out = append(out, string(text))
			}
		}
		rest = rest[length:]
	}
}

// Obeyed gives those attacks of the corpus whose text is in an output as
// it is, though a terminal would not merely draw it.
func Obeyed(raw []byte) []Attack {
	var out []Attack
	text := string(raw)
	for _, a := range Attacks() {
		if len(Plain([]byte(a.Text))) > 0 && !likeOurs(a.Text) && strings.Contains(text, a.Text) {
			out = append(out, a)
		}
	}
	return out
}

// likeOurs reports whether a text alone could be in the program's own output: a
// sequence that it uses, or the beginning of one. Stream judges those.
func likeOurs(text string) bool {
	return len(Stream([]byte(text))) == 0 || text == "\x1b[" || text == "name\x1b"
}
