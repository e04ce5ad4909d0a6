//go:build unix

package flow

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestACopyInTmux: in tmux as it comes, which drops what programs send to the
// clipboard, a copied id is in its buffer, and the line says where it is.
func TestACopyInTmux(t *testing.T) {
	t.Parallel()
	path := terminal.Tool(t, "tmux", "the program copies within it")
	home := t.TempDir()
	socket := filepath.Join(home, "tmux")
	cmd := exec.Command(path, "-u", "-S", socket, "-f", "/dev/null", "new-session", program, "--demo")
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "SHELL=/bin/sh", "TMUX_TMPDIR=" + home,
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}
	m := terminal.Start(t, 100, 30, cmd)
	pick(m, "Fedora 17")
	m.Press("y")
	m.WaitFor("to tmux")
	ctx, cancel := context.WithTimeout(t.Context(), terminal.Timeout)
	defer cancel()
	got, err := exec.CommandContext(ctx, path, "-S", socket, "show-buffer").CombinedOutput()
	if err != nil || strings.TrimSpace(string(got)) != "da3b75d9-3f4a-40e7-8a2c-bfab23927dea" {
		t.Errorf("%v: %q", err, got)
	}
	m.Press("q")
	m.WaitExit()
}

// TestThePagerAndFiles: a command that is looked at goes to the pager, which has the
// terminal, and to a file.
func TestThePagerAndFiles(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	m := runIn(t, home, 100, 30, []string{"PAGER=sed s/openstack/OPENSTACK/; read x </dev/tty"}, "--demo")
	pick(m, "Fedora 17")
	m.Press("e")
	m.WaitFor("Edit Fedora 17")
	m.Type(" x")
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review")
	m.Press("v", "tab", "tab")
	m.WaitFor("openstack image set")
	m.Press("w", "enter")
	m.WaitFor("Saved as " + home)
	m.Press("p")
	m.WaitFor("OPENSTACK image set")
	m.WaitGone("open in $PAGER")
	m.Press("enter")
	m.WaitFor("open in $PAGER", "openstack image set")
	m.Press("esc")
	m.WaitFor("Review")
	info, err := os.Stat(filepath.Join(home, "edit-openstack.sh"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
