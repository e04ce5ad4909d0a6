package flow

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// bench runs the program on an embedded service with n images in which nothing
// moves.
func bench(b *testing.B, n, width int) *terminal.Terminal {
	b.Helper()
	running, err := demo.New(demo.Options{Still: true, Images: n}).Start("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = running.Close(b.Context()) })
	cmd := exec.Command(program, "--os-auth-type", "none", "--os-endpoint", running.URL, "--refresh", "0")
	cmd.Env = []string{"HOME=" + b.TempDir(), "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME="}
	m := terminal.Start(b, width, 40, cmd)
	m.WaitFor("NAME", "newest first")
	m.WaitGone(" of ?")
	return m
}

// BenchmarkBytes counts what one key costs on the wire: bytes/key. At 100x40
// there are rows alone, at 120x40 the selected image stands beside them.
func BenchmarkBytes(b *testing.B) {
	for _, c := range []struct {
		name   string
		width  int
		before []string // keys that lead there
		key    string
	}{
		{"selection down, rows alone", 100, nil, "j"},
		{"selection down", 120, nil, "j"},
		{"scroll by one, rows alone", 100, []string{"g", "ctrl+d", "ctrl+d", "ctrl+d"}, "j"},
		{"scroll by one", 120, []string{"g", "ctrl+d", "ctrl+d", "ctrl+d"}, "j"},
		{"letter of the filter", 120, []string{"/"}, "e"},
	} {
		b.Run(c.name, func(b *testing.B) {
			m := bench(b, 1000, c.width)
			m.Press(c.before...)
			from := len(m.Raw())
			for b.Loop() {
				m.Press(c.key)
			}
			b.ReportMetric(float64(len(m.Raw())-from)/float64(b.N), "bytes/key")
		})
	}
	b.Run("idle", func(b *testing.B) {
		m := bench(b, 1000, 120)
		m.Settle()
		from := len(m.Raw())
		for b.Loop() {
			time.Sleep(100 * time.Millisecond)
		}
		b.ReportMetric(float64(len(m.Raw())-from)/float64(b.N), "bytes/100ms")
	})
}

// BenchmarkStart is from the command to the first frame with images on it.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		cmd := exec.Command(program, "--demo")
		cmd.Env = []string{"HOME=" + b.TempDir(), "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME="}
		m := terminal.Start(b, 120, 40, cmd)
		m.WaitFor("Fedora 17")
		m.Press("q")
		m.WaitExit()
	}
}

// BenchmarkKeyToDisk measures from a key in the form until it is on disk: the
// first one after a pause, which is written at once, and one in the middle of
// fast typing, which waits for its turn.
func BenchmarkKeyToDisk(b *testing.B) {
	for _, c := range []struct {
		name  string
		pause time.Duration
	}{{"after-a-pause", 400 * time.Millisecond}, {"while-typing", 0}} {
		b.Run(c.name, func(b *testing.B) {
			home := b.TempDir()
			cmd := exec.Command(program, "--demo")
			cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + filepath.Join(home, "state")}
			m := terminal.Start(b, 80, 24, cmd)
			m.WaitFor("NAME")
			m.Press("e")
			m.WaitFor("Edit ")
			var longest time.Duration
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				time.Sleep(c.pause)
				b.StartTimer()
				begun := time.Now()
				key := "<" + strconv.Itoa(n) + ">"
				m.Send(key)
				for {
					files, _ := filepath.Glob(filepath.Join(home, "state", "glance-tui", "drafts", "*", "*.json"))
					if len(files) == 1 {
						if text, _ := os.ReadFile(files[0]); bytes.Contains(text, []byte(key)) || bytes.Contains(text, []byte("\\u003c"+strconv.Itoa(n)+"\\u003e")) {
							break
						}
					}
					time.Sleep(time.Millisecond)
				}
				longest = max(longest, time.Since(begun))
			}
			b.ReportMetric(float64(longest.Milliseconds()), "ms-at-most")
		})
	}
}
