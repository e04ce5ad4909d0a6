package flow

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/test/terminal"
)

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
