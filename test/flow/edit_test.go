package flow

import (
	"context"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// noKeystone leads a command to a service without a password.
func noKeystone(server string) []string {
	return []string{"OS_AUTH_TYPE=none", "OS_ENDPOINT=" + server}
}

func exits(t *testing.T, m *terminal.Terminal, want int) {
	t.Helper()
	if got := m.WaitExit(); got != want {
		t.Errorf("exit status %d, want %d:\n%s", got, want, m.Screen())
	}
}

// theirs is an edit of someone else's.
func theirs(t *testing.T, server, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, server+"/v2/images/"+demo.FedoraID, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", patch.MediaTypeV21)
	res, err := http.DefaultClient.Do(req)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res, err)
	}
	_ = res.Body.Close()
}

// TestACommandAsksBeforeItSends: yes, no, the word of a danger, and a signal.
func TestACommandAsksBeforeItSends(t *testing.T) {
	t.Parallel()
	server, home := start(t, demo.Options{Still: true}), t.TempDir()
	edit := func(args ...string) *terminal.Terminal {
		return runIn(t, home, 100, 30, noKeystone(server), append([]string{"edit", demo.FedoraID}, args...)...)
	}
	m := edit("name=asked")
	m.WaitFor("Send it? [y/N]", `rename it to "asked"`)
	m.Send("n\r")
	m.WaitFor("Not confirmed, so nothing was sent.")
	exits(t, m, 1)

	m = edit("name=asked")
	m.WaitFor("Send it?")
	m.Kill(syscall.SIGINT)
	m.WaitFor("Stopped.")
	exits(t, m, 1)
	if img := find(t, server, "Fedora 17"); img.ID != demo.FedoraID {
		t.Fatalf("sent without a yes: %+v", img)
	}

	m = edit("name=asked")
	m.WaitFor("Send it?")
	m.Send("y\r")
	m.WaitFor("1 operation applied")
	exits(t, m, 0)

	m = edit("visibility=community")
	m.WaitFor("To send it, type community:")
	m.Send("yes\r")
	m.WaitFor("nothing was sent")
	exits(t, m, 1)

	m = edit("visibility=community", "--yes")
	m.WaitFor("--allow community")
	exits(t, m, 1)

	m = edit("visibility=community")
	m.WaitFor("To send it, type community:")
	m.Send("community\r")
	m.WaitFor("1 operation applied")
	exits(t, m, 0)
}

// TestACommandIsEndedWhileItSends: the history keeps the edit open, and the next
// start of the terminal UI finds out that it was done; what does not show so soon
// may still be.
func TestACommandIsEndedWhileItSends(t *testing.T) {
	t.Parallel()
	for fault, outcome := range map[string]string{"patch:hang": "no response", "patch:stall": "applied"} {
		struck := make(chan struct{}, 1)
		server := demo.New(demo.Options{Still: true, Struck: func(faults.Fault, *http.Request) { struck <- struct{}{} }})
		running, err := server.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		one, err := faults.Parse(fault)
		if err != nil {
			t.Fatal(err)
		}
		server.Faults().Set(one)
		home, env := t.TempDir(), noKeystone(running.URL)
		m := runIn(t, home, 100, 30, env, "edit", demo.FedoraID, "name=sent", "--yes")
		m.WaitFor(`rename it to "sent"`)
		<-struck
		m.Kill(syscall.SIGINT)
		m.WaitFor("Stopped.", "has no response yet")
		exits(t, m, 1)
		server.Faults().Set()
		m = runIn(t, home, 160, 30, env, "history")
		m.WaitFor("no response", `rename it to "sent"`)
		exits(t, m, 0)
		m = runIn(t, home, 160, 30, env)
		m.WaitFor("VISIBILITY", map[string]string{"applied": "it was applied", "no response": "may still be applied"}[outcome])
		m.Press("H")
		m.WaitFor(outcome)
		m.Press("q")
		m.WaitExit()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		_ = running.Close(ctx)
		cancel()
	}
}

// TestACommandShowsItsReviewOrDoesNotAsk: a question that no one sees is no
// question, and no yes.
func TestACommandShowsItsReviewOrDoesNotAsk(t *testing.T) {
	t.Parallel()
	server, home := start(t, demo.Options{Still: true}), t.TempDir()
	shell := func(line string) *terminal.Terminal {
		cmd := exec.Command("sh", "-c", line, program)
		cmd.Dir, cmd.Env = home, append([]string{"HOME=" + home, "XDG_STATE_HOME=" + home}, noKeystone(server)...)
		return terminal.Start(t, 100, 30, cmd)
	}
	m := shell(`"$0" edit ` + demo.FedoraID + ` name=unseen 2>err; s=$?; cat err; exit $s`)
	m.WaitFor("the review would not be seen")
	exits(t, m, 1)
	m = shell(`"$0" edit ` + demo.FedoraID + ` name=seen --yes 2>err`)
	m.WaitFor("1 operation applied")
	exits(t, m, 0)
}

// TestACommandTellsWhatHappenedWhileItAsked: what others changed is merged and
// asked again; what they changed, too, is decided.
func TestACommandTellsWhatHappenedWhileItAsked(t *testing.T) {
	t.Parallel()
	server, home := start(t, demo.Options{Still: true}), t.TempDir()
	m := runIn(t, home, 100, 40, noKeystone(server), "edit", demo.FedoraID, "name=mine")
	m.WaitFor("Send it?")
	theirs(t, server, `[{"op":"replace","path":"/min_ram","value":2048}]`)
	m.Send("y\r")
	m.WaitFor("This image has changed on the server", "min_ram:")
	theirs(t, server, `[{"op":"replace","path":"/name","value":"theirs"}]`)
	m.Send("y\r")
	m.WaitFor("1 yours: \"mine\"", "2 server: \"theirs\"", "Which value do you want to keep?")
	m.Send("1\r")
	m.Until("to ask again", func(s string) bool { return strings.Count(s, "Send it?") == 3 })
	m.Send("y\r")
	m.WaitFor("1 operation applied")
	exits(t, m, 0)
	if img := find(t, server, "mine"); img.MinRAM != 2048 {
		t.Errorf("what others changed is lost: %+v", img)
	}
}
