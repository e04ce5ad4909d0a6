// Package flow plays whole stories with the real program in a real terminal:
// open, press, see. On the embedded service, and on a real Glance and Keystone
// where GLANCE_TUI_REAL names one (in CI it must).
package flow

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// program is the path of the program under test, built once.
var program string

func TestMain(m *testing.M) { terminal.Main(m, &program) }

// run starts the program with a home of its own, so that no configuration of
// whoever runs the tests reaches it.
func run(t *testing.T, width, height int, env []string, args ...string) *terminal.Terminal {
	t.Helper()
	return runIn(t, t.TempDir(), width, height, env, args...)
}

// runIn is run with a home that outlives the program.
func runIn(t *testing.T, home string, width, height int, env []string, args ...string) *terminal.Terminal {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = home
	cmd.Env = append([]string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}, env...)
	return terminal.Start(t, width, height, cmd)
}
