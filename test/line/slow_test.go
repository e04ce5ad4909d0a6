package line

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// port is what differs from one embedded service to the next.
var port = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// long is a silence after which a program that is near is done, also on a busy
// machine.
const long = time.Second

// edit is a whole edit, from the first frame to the answer, on a service in
// which nothing moves by itself; it gives what was on the screens meanwhile,
// but for the ages at their right, and the bytes of each part. Where they are
// known already, it waits until they are there.
func edit(t *testing.T, m *terminal.Terminal, known []string) (screens []string, bytes []int) {
	t.Helper()
	from := 0
	shows := func(texts ...string) {
		t.Helper()
		if m.WaitFor(texts...); known == nil {
			m.Silence(long)
		} else {
			wanted := known[len(screens)]
			m.Until("to be\n"+wanted, func(screen string) bool { return withoutAges(screen) == wanted })
			m.Silence(resting)
		}
		raw := len(m.Raw())
		screens, bytes, from = append(screens, withoutAges(m.Screen())), append(bytes, raw-from), raw
	}
	shows("NAME", "newest first", "64 images")
	m.Send(strings.Repeat("j", 20)) // a held key
	shows("▸  ● active        almalinux-10")
	m.Send("/Fedora 17\r")
	shows(" 1 of 64", "e edit", "▸  ◌ queued        Fedora 17")
	m.Send("e")
	shows("Edit Fedora 17", "No changes yet")
	m.Send(" Server")
	shows("1 operation", "Fedora 17 Server")
	m.Send("\x13")
	shows("Review Fedora 17", "rename")
	m.Send("\r")
	m.WaitFor("200 OK", "Fedora 17 Server")
	return screens, bytes
}

// withoutAges is a screen but for the ages at its right, and the port of its
// service.
func withoutAges(screen string) string {
	lines := strings.Split(port.ReplaceAllString(screen, "127.0.0.1:port"), "\n")
	for n, line := range lines {
		letters := []rune(line)
		lines[n] = strings.TrimRight(string(letters[:min(len(letters), 66)]), " ")
	}
	return strings.Join(lines, "\n")
}

// TestSlowAndFarLines plays an edit over lines as users have them. What
// arrives is the same on all, and little. No terminal is waited for, since the
// mute one answers nothing.
func TestSlowAndFarLines(t *testing.T) {
	t.Parallel()
	most := []int{4900, 6500, 6000, 2300, 1500, 2300} // bytes of each screen, a frame for every key
	var near []string
	for _, c := range []struct {
		name string
		line terminal.Line
	}{
		{"near", terminal.Line{}},
		{"mute", terminal.Line{Mute: true}},
		{"9600 baud", terminal.Line{Rate: 960}},
		{"300 ms away", terminal.Line{Delay: 300 * time.Millisecond}},
		{"300 ms away and mute", terminal.Line{Delay: 300 * time.Millisecond, Mute: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if near != nil {
				t.Parallel() // they mostly wait
			}
			_, url := serve(t, demo.Options{Still: true})
			m := terminal.StartOver(t, c.line, 80, 24, command(t, url, "--refresh", "0"))
			screens, bytes := edit(t, m, near)
			for n := range screens {
				if bytes[n] > most[n] {
					t.Errorf("screen %d came with %d bytes, %d at most", n, bytes[n], most[n])
				}
			}
			if near == nil {
				near = screens
			}
		})
	}
}

// slowList is the list of 400 images at rest, on a line of 19,200 baud.
func slowList(t *testing.T) *terminal.Terminal {
	t.Helper()
	_, url := serve(t, demo.Options{Still: true, Images: 400})
	m := terminal.StartOver(t, terminal.Line{Rate: 1920}, 80, 24, command(t, url, "--refresh", "0"))
	m.WaitFor("NAME", "newest first", "400 images")
	m.Silence(resting)
	return m
}

// TestHeldKeysDoNotPileUp holds a key down for as long as 300 moves take. What
// a slow line cannot carry is left out: only what the system buffers on the way
// to the terminal is drawn late.
func TestHeldKeysDoNotPileUp(t *testing.T) {
	t.Parallel()
	m := slowList(t)
	from := len(m.Raw())
	m.Send(strings.Repeat("j", 300) + "/")
	m.WaitFor("search, for example:")
	m.Silence(resting)
	if n := len(m.Raw()) - from; n > 30_000 { // 70,000 with every move drawn
		t.Errorf("%d bytes for 300 moves of a held key", n)
	}
}

// keyRepeat is the time between two of a key that is held down.
const keyRepeat = time.Second / 30

// TestAHeldKeyEndsWhenItIsLetGo holds a key as a user does. What comes after
// it was let go is what the system buffers on the way to the terminal, and a frame.
func TestAHeldKeyEndsWhenItIsLetGo(t *testing.T) {
	t.Parallel()
	m := slowList(t)
	for range 300 {
		m.Send("j")
		time.Sleep(keyRepeat)
	}
	from := len(m.Raw())
	m.Send("/")
	m.WaitFor("search, for example:")
	m.Silence(resting)
	if n := len(m.Raw()) - from; n > 6_000 { // 25,000 where the program waits for its output
		t.Errorf("%d bytes after a key was let go", n)
	}
}
