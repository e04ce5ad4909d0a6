package flow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/hostile"
)

// TestWhatIsTypedArrivesByteForByte types and pastes the corpus into the form,
// and reads from the server what arrived. Only what a terminal keeps for
// itself is left out: line breaks (which end a property in a paste), the end
// of a bracketed paste, blanks around a pasted value; escape sequences and
// U+FFFD, which Bubble Tea takes out of a paste; and what no image can hold: the
// character 0, and those beyond U+FFFF, which the form refuses.
func TestWhatIsTypedArrivesByteForByte(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	texts := hostile.Texts(func(a hostile.Attack) bool {
		return a.Valid() && strings.TrimSpace(a.Text) == a.Text && a.Text != "" && !strings.ContainsAny(a.Text, "\x00\r\n\x1b\ufffd") &&
			!strings.ContainsFunc(a.Text, func(r rune) bool { return r > 0xffff })
	})
	images := []string{"Fedora 17", "almalinux-10"} // each takes a part of the corpus: 128 properties at most
	most := (len(texts) + len(images) - 1) / len(images)
	for from := 0; from < len(texts); from += most {
		part := texts[from:min(from+most, len(texts))]
		image := images[from/most]
		m := open(t, server, image)
		m.Press("e")
		m.WaitFor("No changes yet")
		focusOn(m, "add a property")
		var paste strings.Builder
		for n, s := range part {
			fmt.Fprintf(&paste, "attack_%03d=%s\n", from+n, s)
		}
		m.Send("\x1b[200~" + paste.String() + "\x1b[201~")
		m.Settle()
		m.Press("ctrl+s")
		m.WaitFor("Review", fmt.Sprintf("attack_%03d", from))
		m.Press("enter")
		m.WaitFor("200 OK")
		got := find(t, server, image).Properties
		for n, want := range part {
			if p := got[fmt.Sprintf("attack_%03d", from+n)]; p.Value != want {
				t.Errorf("pasted %q, the server has %q", want, p.Value)
			}
		}
		if said := hostile.Stream(m.Raw()); len(said) > 0 {
			t.Errorf("the terminal got %q", said)
		}
		m.Press("esc", "q")
		m.WaitExit()
	}
	hostile.Summary(t, "%d strings pasted, byte for byte on the server", len(texts))
}

// Typed letter by letter: what no key sends for something else.
func TestWhatIsTypedByKeysArrives(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	m := open(t, server, "Fedora 17")
	m.Press("e")
	m.WaitFor("No changes yet")
	var name strings.Builder
	for _, s := range []string{" é\u0301\u202e", "日本語", "\u200b$(touch x)'\"\\", "☁\ufe0f \ue000", "नमस्ते"} {
		m.Type(s)
		name.WriteString(s)
	}
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review", "rename")
	m.Press("enter")
	m.WaitFor("200 OK")
	find(t, server, "Fedora 17"+name.String())
}
