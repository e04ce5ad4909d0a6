package terminal

import (
	"os/exec"
	"testing"
)

func TestAProgramIsDrivenAndRead(t *testing.T) {
	m := Start(t, 40, 10, exec.Command("sh", "-c", `printf 'name? '; read n; printf '\033[5;3Hhello %s' "$n"; read x; exit 3`))
	m.WaitFor("name?")
	m.Type("Glance")
	m.Press("enter")
	m.WaitFor("hello Glance")
	m.Press("enter")
	if code := m.WaitExit(); code != 3 {
		t.Errorf("exit status %d", code)
	}
}
