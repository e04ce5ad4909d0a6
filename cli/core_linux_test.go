package cli

import (
	"strings"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestNoCoreIsWritten(t *testing.T) {
	noCore()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 {
		t.Errorf("%+v, %v", limit, err)
	}
}

func TestAFaultOfOursIsSaidAndWhereToReportIt(t *testing.T) {
	text, advice := words(tea.ErrProgramPanic)
	if !strings.Contains(text, "crashed") || !strings.Contains(advice, "draft") || !strings.Contains(advice, "SECURITY.md") {
		t.Errorf("%q %q", text, advice)
	}
}
