package draw

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/safe"
)

func TestTroubleSaysWhatWhyAndWhatToDo(t *testing.T) {
	err := fmt.Errorf("at start: %w", &api.Failure{
		Doing: "log in", Detail: "The request you have made\x1b[2J requires authentication.",
		Means: "The identity service does not accept these credentials.", Advice: "check user and password",
	})
	got := plain(Trouble(dark, err, 60))
	want := "✗ Could not log in\n" +
		"  because   \"The request you have made␛[2J requires\n" +
		"            authentication.\"\n" +
		"  means     The identity service does not accept these\n" +
		"            credentials.\n" +
		"  you can   check user and password"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTroubleOfAnyErrorShowsItsText(t *testing.T) {
	if got := plain(Trouble(dark, errors.New("no such file"), 40)); !strings.Contains(got, "no such file") {
		t.Errorf("got\n%s", got)
	}
}

func TestTroubleKeepsAFloodOfForeignTextShort(t *testing.T) {
	err := &api.Failure{Detail: strings.Repeat("word ", 5000), Advice: "try later"}
	lines := Trouble(dark, err, 60)
	if len(lines) > 8 || !strings.Contains(plain(lines), "try later") {
		t.Errorf("%d lines", len(lines))
	}
	for width := range 70 {
		for _, l := range Trouble(dark, err, width) {
			if safe.Width(l) > width {
				t.Fatalf("%d columns in %d", safe.Width(l), width)
			}
		}
	}
}
