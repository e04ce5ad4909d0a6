// Package line has the real program drawn over lines that are slow or far, and
// in terminals that are not ours: how many bytes a change costs, that nothing
// waits for a terminal's answer, and that all show the same.
package line

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// program is the path of the program under test, built once.
var program string

func TestMain(m *testing.M) { terminal.Main(m, &program) }

// resting is longer than the list waits before it draws the image beside the
// rows.
const resting = 300 * time.Millisecond

// serve starts an embedded service and gives it with its URL.
func serve(t testing.TB, o demo.Options) (*demo.Server, string) {
	t.Helper()
	service := demo.New(o)
	running, err := service.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close(t.Context()) })
	return service, running.URL
}

// command is the program on a service, with a home of its own.
func command(t testing.TB, url string, more ...string) *exec.Cmd {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(program, append([]string{"--os-auth-type", "none", "--os-endpoint", url}, more...)...)
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}
	return cmd
}

// still is the program on a service in which nothing moves by itself, with all
// images read, sorted by name so that no name with wide letters is among the
// first.
func still(t testing.TB, images, width int, refresh string) (m *terminal.Terminal, service *demo.Server, url string) {
	t.Helper()
	service, url = serve(t, demo.Options{Still: true, Images: images})
	m = terminal.Start(t, width, 40, command(t, url, "--refresh", refresh))
	m.WaitFor("NAME", "newest first", humanize.Comma(int64(images))+" images")
	m.Press("s", "g")
	m.WaitFor("by name")
	m.Silence(resting)
	return m, service, url
}
