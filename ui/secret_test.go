package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// cloudOfTwoSecrets wants the password hunter2 and the code 42, one question
// after the other.
func cloudOfTwoSecrets() *connector {
	missing := func(key, what string) error {
		return &api.SecretNeeded{Key: key, What: what, Of: "alice", Where: "cloud lab", AuthURL: "http://id.example/v3", Failure: &api.Failure{
			Doing: "connect", Kind: api.FailedConfigured, Means: "Cloud lab has no " + what + ".", Advice: "set it",
		}}
	}
	return &connector{decides: func(a screen.Answers) (screen.Service, error) {
		switch {
		case a["password"] == "":
			return nil, missing("password", "password")
		case a["passcode"] == "":
			return nil, missing("passcode", "one-time code")
		case a["password"] != "hunter2" || a["passcode"] != "42":
			return nil, &api.Failure{Doing: "log in", Kind: api.FailedAuth, Means: "These credentials are not accepted.", Advice: "check them"}
		}
		return demoImages(), nil
	}}
}

func TestACloudWithoutItsSecretsAsksForThem(t *testing.T) {
	c := cloudOfTwoSecrets()
	p := program{New(Config{Context: uitest.Context(nil), Connector: c, Cloud: "lab", FixedTheme: true})}
	uitest.Run(p, tea.WindowSizeMsg{Width: 90, Height: 30}, p.Init())
	has(t, p, "Password of alice for cloud lab", "http://id.example/v3")
	uitest.Run(p, uitest.Type("hunter1"), uitest.Keys("enter"))
	has(t, p, "One-time code of alice for cloud lab")
	uitest.Run(p, uitest.Type("42"), uitest.Keys("enter"))
	// Refused: it is said, and asked again from the first on.
	has(t, p, "These credentials are not accepted.", "Password of alice for cloud lab")
	if strings.Contains(p.screen(), "*") {
		t.Errorf("the old answer is still there:\n%s", p.screen())
	}
	uitest.Run(p, uitest.Type("hunter2"), uitest.Keys("enter"))
	uitest.Run(p, uitest.Type("42"), uitest.Keys("enter"))
	has(t, p, "Fedora 17")
	if p.conn.given != nil || p.conn.needed != nil {
		t.Error("the answers are still held")
	}
}

func TestEscFromTheQuestionGoesToTheClouds(t *testing.T) {
	p := program{New(Config{Context: uitest.Context(nil), Connector: cloudOfTwoSecrets(), Cloud: "lab", FixedTheme: true})}
	uitest.Run(p, tea.WindowSizeMsg{Width: 90, Height: 30}, p.Init())
	uitest.Run(p, uitest.Type("hun"), uitest.Keys("esc"))
	has(t, p, "Cloud lab has no password.", "prod-eu", "Open the demo")
	uitest.Run(p, uitest.Keys("r"))
	has(t, p, "Password of alice for cloud lab")
	if quits(uitest.Run(p, uitest.Keys("q"))) {
		t.Error("a letter of the password quits")
	}
	if !quits(uitest.Run(p, uitest.Keys("ctrl+c"))) {
		t.Error("ctrl+c does not quit")
	}
}

// What is typed while the program connects is for what was expected to come, and
// never an answer to a question that no one has seen.
func TestNothingTypedAheadIsASecret(t *testing.T) {
	c := cloudOfTwoSecrets()
	p := program{New(Config{Context: uitest.Context(nil), Connector: c, Cloud: "lab", FixedTheme: true})}
	p.Update(tea.WindowSizeMsg{Width: 90, Height: 30})
	begin := p.Init() // in progress
	for _, key := range uitest.Type("jj/fed") {
		p.Update(key)
	}
	uitest.Run(p, uitest.Keys("enter"), begin)
	has(t, p, "Password of alice for cloud lab")
	if strings.Contains(p.screen(), "*") || len(c.asked) != 1 {
		t.Errorf("%d connections:\n%s", len(c.asked), p.screen())
	}
}
