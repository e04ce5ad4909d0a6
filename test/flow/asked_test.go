package flow

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// withoutPassword is a home whose clouds.yaml is as a dashboard hands it out,
// and the environment for it.
func withoutPassword(t *testing.T) (home string, env []string) {
	t.Helper()
	home = t.TempDir()
	text := fmt.Sprintf("clouds:\n  lab:\n    auth: {auth_url: %q, username: %s, project_name: %s, user_domain_name: %s, project_domain_name: %s}\n",
		start(t, demo.Options{Still: true})+"/identity/v3", demo.Username, demo.Project, demo.Domain, demo.Domain)
	if err := os.WriteFile(filepath.Join(home, "clouds.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return home, []string{"OS_CLIENT_CONFIG_FILE=" + filepath.Join(home, "clouds.yaml"), "OS_CLOUD=lab"}
}

const question = "Password of " + demo.Username + " for cloud lab"

func TestTheUIAsksForAPassword(t *testing.T) {
	t.Parallel()
	home, env := withoutPassword(t)
	m := runIn(t, home, 100, 30, env)
	m.WaitFor(question)
	m.Type("not-the-one")
	m.Press("enter")
	m.WaitFor("does not accept", question)
	m.Press("esc")
	m.WaitFor("Open the demo", "does not accept")
	m.Press("enter")
	m.WaitFor(question)
	m.Type(demo.Password)
	m.Press("enter")
	m.WaitFor("VISIBILITY", "Fedora 17")
	if strings.Contains(string(m.Raw()), "not-the-one") {
		t.Error("what was typed is on the screen")
	}
}

func TestACommandAsksForAPassword(t *testing.T) {
	t.Parallel()
	home, env := withoutPassword(t)
	m := runIn(t, home, 100, 30, env, "show", "Fedora 17")
	m.WaitFor(question)
	m.Send("not-the-one\r")
	m.WaitFor("does not accept")
	m.Until("to ask again", func(s string) bool { return strings.Count(s, question) == 2 })
	m.Send("wrongä\x7f\x7f\x7f\x7f\x7f\x7f" + demo.Password + "\r")
	m.WaitFor(demo.FedoraID)
	if status := m.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if raw := string(m.Raw()); strings.Contains(raw, "not-the-one") || strings.Contains(raw, ": "+demo.Password) {
		t.Error("what was typed is on the screen")
	}
}

// Three wrong answers are enough: services lock accounts.
func TestACommandGivesUpAsking(t *testing.T) {
	t.Parallel()
	home, env := withoutPassword(t)
	m := runIn(t, home, 100, 30, env, "list")
	for n := range 3 {
		m.Until("to ask", func(s string) bool { return strings.Count(s, question) == n+1 })
		m.Send("wrong\n")
	}
	if status := m.WaitExit(); status != 1 {
		t.Errorf("exit status %d", status)
	}
}

// A signal at the question gives the terminal back as it was.
func TestASignalAtTheQuestion(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]string{"ctrl+c": "\x03", "SIGTERM": "", "no response": "\n", "end of input": "\x04", "thought better of it": "abc\x15\n"} {
		t.Run(name, func(t *testing.T) {
			home, env := withoutPassword(t)
			cmd := exec.Command("sh", "-c", "", program)
			if name != "SIGTERM" {
				cmd.Args[2] = `trap : INT; "$0" list; echo "status $?"; stty -a | tr ' ' '\n' | grep -x -e echo -e -echo`
			} else {
				cmd.Args[2] = `trap : INT; sh -c 'echo $$ > pid; exec "$0" list' "$0"; echo "status $?"; stty -a | tr ' ' '\n' | grep -x -e echo -e -echo`
			}
			cmd.Dir, cmd.Env = home, append([]string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + home}, env...)
			m := terminal.Start(t, 100, 30, cmd)
			m.WaitFor(question)
			if name == "SIGTERM" {
				text, err := os.ReadFile(filepath.Join(home, "pid"))
				if err != nil {
					t.Fatal(err)
				}
				var pid int
				_, _ = fmt.Sscan(string(text), &pid)
				process, err := os.FindProcess(pid)
				if err == nil {
					err = process.Signal(syscall.SIGTERM)
				}
				if err != nil {
					t.Fatal(err)
				}
			} else {
				m.Send(send)
			}
			m.WaitFor("status 1")
			m.WaitExit()
			if s := m.Screen(); strings.Contains(s, "-echo") || !strings.Contains(s, "\necho") {
				t.Errorf("the terminal is left\n%s", s)
			}
		})
	}
}

// Nothing is asked for or read where the input is no terminal, be there one or
// not: a script's data is no password.
func TestAPasswordIsNeverReadFromAPipe(t *testing.T) {
	t.Parallel()
	home, env := withoutPassword(t)
	cmd := exec.Command(program, "list")
	cmd.Dir, cmd.Env = home, append([]string{"HOME=" + home, "XDG_STATE_HOME=" + home}, env...)
	cmd.Stdin = strings.NewReader(demo.Password + "\n")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "has no password") || !strings.Contains(string(out), "OS_PASSWORD") {
		t.Errorf("%v: %s", err, out)
	}
	cmd = exec.Command("sh", "-c", `echo `+demo.Password+` | "$0" list`, program)
	cmd.Dir, cmd.Env = home, append([]string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "XDG_STATE_HOME=" + home}, env...)
	m := terminal.Start(t, 100, 30, cmd)
	m.WaitFor("has no password")
	if m.WaitExit(); strings.Contains(m.Screen(), question) {
		t.Errorf("it asks:\n%s", m.Screen())
	}
}
