package tty

import (
	"bytes"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"pgregory.net/rapid"
)

// What a terminal sends, and what is handed on when it has come and nothing follows.
var sent = []struct{ name, sent, handedOn string }{
	{"letters", "aé日", "aé日"},
	{"a letter without its end", "\xe6\x97", ""},
	{"a byte that is no letter", "\xff", "\xff"},
	{"the escape key", "\x1b", "\x1b[27u"},
	{"the escape key twice", "\x1b\x1b", "\x1b[27u\x1b[27u"},
	{"the escape key, pressed twice before a letter", "\x1b\x1bx", "\x1b[27u\x1bx"},
	{"an arrow", "\x1b[D", "\x1b[D"},
	{"an arrow with ctrl", "\x1b[1;5D", "\x1b[1;5D"},
	{"an arrow with alt, as rxvt sends it", "\x1b\x1b[D", "\x1b\x1b[D"},
	{"alt and a letter", "\x1bж", "\x1bж"},
	{"an arrow after a letter", "x\x1bOA", "x\x1bOA"},
	{"the beginning of a sequence", "\x1b[1;5", ""},
	{"alt and a bracket, and later a letter", "\x1b[", ""},
	{"F1 to F5 of Linux's text console", "\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~"},
	{"a key of that console that no one knows", "\x1b[[Zx", "x"},
	{"a sequence that something cut off", "\x1b[1;\rx", "\rx"},
	{"home with shift, as rxvt sends it", "\x1b[7$x", "\x1b[7;2~x"},
	{"an answer about a mode", "\x1b[?2026;2$y", "\x1b[?2026;2$y"},
	{"an answer about a color", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"},
	{"the same with another end", "\x1b]11;rgb:ffff/ffff/ffff\a", "\x1b]11;rgb:ffff/ffff/ffff\a"},
	{"half an answer about a color", "\x1b]11;rgb:ffff/ff", ""},
	{"an answer about the terminal, cut off", "\x1bP>|foot(1\x1b[A", "\x1b[A"},
	{"an answer to a fence", "\x1b[?62;22cx", "x"},
	{"a paste", "\x1b[200~a\x1b[[Ab\x1b[201~", "\x1b[200~a\x1b[[Ab\x1b[201~"},
	{"a paste whose end is cut", "\x1b[200~a\x1b[20", "\x1b[200~a\x1b[20"},
}

func TestWhatIsHandedOn(t *testing.T) {
	for _, c := range sent {
		var s sequences
		out := s.feed(nil, []byte(c.sent))
		if out = s.expire(out); string(out) != c.handedOn {
			t.Errorf("%s: %q becomes %q, not %q", c.name, c.sent, out, c.handedOn)
		}
	}
}

// However a line cuts what a terminal sends, the same is handed on: never half a
// sequence.
func TestCutsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []byte
		var wanted string
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, len(sent)-1), 1, 8).Draw(t, "keys") {
			if c := sent[n]; c.handedOn != "" && c.sent[len(c.sent)-1] != 0x1b && c.name != "a paste whose end is cut" {
				all, wanted = append(all, c.sent...), wanted+c.handedOn
			}
		}
		var s sequences
		var out []byte
		for len(all) > 0 {
			n := rapid.IntRange(1, len(all)).Draw(t, "bytes")
			out, all = s.feed(out, all[:n]), all[n:]
		}
		if out = s.expire(out); string(out) != wanted {
			t.Errorf("%q, not %q", out, wanted)
		}
	})
}

// What is handed on is read by Bubble Tea at once, without waiting for more: no key
// is left that it would take for the beginning of another.
func TestNothingIsLeftToWaitFor(t *testing.T) {
	var d uv.EventDecoder
	n, event := d.Decode([]byte(keyEscape))
	if key, ok := event.(uv.KeyPressEvent); n != len(keyEscape) || !ok || key.String() != "esc" {
		t.Errorf("%d bytes are %v", n, event)
	}
	for number, code := range map[string]string{"\x1b[11~": "f1", "\x1b[15~": "f5", "\x1b[7;2~": "shift+home"} {
		if _, event := d.Decode([]byte(number)); event.(uv.KeyPressEvent).String() != code {
			t.Errorf("%q is %v", number, event)
		}
	}
}

func FuzzSequences(f *testing.F) {
	for _, c := range sent {
		f.Add([]byte(c.sent))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		var s sequences
		out := s.expire(s.feed(nil, p))
		if len(out) > len(p)*len(keyEscape) {
			t.Errorf("%d bytes become %d", len(p), len(out))
		}
		if len(s.held) > 0 {
			t.Errorf("%q is held for ever", s.held)
		}
	})
}

// line is a terminal that sends bytes, and says how long it was before each.
type line struct {
	parcels []parcel
	waited  []time.Duration
	end     error
}

type parcel struct {
	after time.Duration
	bytes string
}

func (l *line) Read(p []byte) (int, error) {
	if len(l.parcels) == 0 {
		return 0, l.end
	}
	n := copy(p, l.parcels[0].bytes)
	l.parcels = l.parcels[1:]
	return n, nil
}
func (l *line) Write(p []byte) (int, error) { return len(p), nil }
func (l *line) Close() error                { return nil }
func (l *line) Fd() uintptr                 { return 0 }

// wait is the clock of the line: nothing is waited for in truth.
func (l *line) wait(most time.Duration) bool {
	if len(l.parcels) > 0 && l.parcels[0].after <= most {
		l.waited = append(l.waited, l.parcels[0].after)
		return true
	}
	l.waited = append(l.waited, most)
	return false
}

// A sequence that a slow line cuts in two is one key, and the escape key takes a
// tenth of a second.
func TestTimeout(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name     string
		parcels  []parcel
		first    string
		waits    time.Duration
		answered bool // the terminal sends escape as a sequence of its own
	}{
		{"the escape key", []parcel{{0, "\x1b"}}, "\x1b[27u", 100 * ms, false},
		{"a letter", []parcel{{0, "x"}}, "x", 0, false},
		{"an arrow cut behind its escape", []parcel{{0, "\x1b"}, {60 * ms, "[D"}}, "\x1b[D", 60 * ms, false},
		{"an arrow cut in its middle", []parcel{{0, "\x1b[1;"}, {300 * ms, "5D"}}, "\x1b[1;5D", 300 * ms, false},
		{"an arrow in three pieces", []parcel{{0, "\x1b"}, {90 * ms, "[1"}, {390 * ms, ";5D"}}, "\x1b[1;5D", 480 * ms, false},
		{"escape, and a letter much later", []parcel{{0, "\x1b"}, {110 * ms, "x"}}, "\x1b[27u", 100 * ms, false},
		{"an escape that cannot be the key", []parcel{{0, "\x1b"}, {300 * ms, "[D"}}, "\x1b[D", 300 * ms, true},
		{"an answer cut in two", []parcel{{0, "\x1b]11;rgb:00"}, {350 * ms, "00/0000/0000\a"}}, "\x1b]11;rgb:0000/0000/0000\a", 350 * ms, false},
	} {
		l := &line{parcels: c.parcels}
		in := NewInput(l, func(error) {})
		in.wait, in.seqs.unambiguous = l.wait, c.answered
		p := make([]byte, 4096)
		n, err := in.Read(p)
		if err != nil || string(p[:n]) != c.first {
			t.Errorf("%s: %q, %v", c.name, p[:n], err)
		}
		var waited time.Duration
		for _, w := range l.waited {
			waited += w
		}
		if waited != c.waits {
			t.Errorf("%s takes %s, not %s", c.name, waited, c.waits)
		}
	}
}

// The end of a terminal is told once, and what came before it is not lost.
func TestTheEndIsTold(t *testing.T) {
	for _, end := range []error{errEOF, errIO} {
		told := 0
		l := &line{parcels: []parcel{{0, "x\x1b["}}, end: end}
		in := NewInput(l, func(err error) { told++ })
		in.wait = func(time.Duration) bool { return true }
		p := make([]byte, 4096)
		var got []byte
		for range 3 {
			n, _ := in.Read(p)
			got = append(got, p[:n]...)
		}
		if told != 1 || !bytes.Equal(got, []byte("x")) {
			t.Errorf("%v: told %d times, %q", end, told, got)
		}
	}
	l := &line{end: errAgain}
	in := NewInput(l, func(err error) { t.Errorf("%v is taken for the end", err) })
	if n, err := in.Read(make([]byte, 10)); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// What is typed right after the command line comes with line feeds for enter.
func TestEnterBeforeTheTerminalIsRaw(t *testing.T) {
	l := &line{parcels: []parcel{{0, "/debian\nre"}, {0, "\n"}}}
	in := NewInput(l, func(error) {})
	in.wait = l.wait
	p := make([]byte, 100)
	for _, want := range []string{"/debian\rre", "\n"} {
		if n, err := in.Read(p); err != nil || string(p[:n]) != want {
			t.Errorf("%q, %v, want %q", p[:n], err, want)
		}
	}
}
