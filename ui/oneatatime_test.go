package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// review is the screen on top.
func (p program) review(t *testing.T) *review.Review {
	t.Helper()
	r, ok := p.top().(*review.Review)
	if !ok {
		t.Fatalf("on top is %T", p.top())
	}
	return r
}

// An edit is left while it is in progress, and the image edited again: the
// second edit is not sent before the first is answered, and the user is told
// of both.
func TestASecondEditWaitsForTheFirst(t *testing.T) {
	s := demoImages()
	id := uitest.Fedora().ID
	answer, sent := make(chan struct{}), make(chan struct{}, 2)
	s.BeforePatch = func(context.Context) error {
		sent <- struct{}{}
		<-answer
		return nil
	}
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" one"), uitest.Keys("ctrl+s"))

	// Bubble Tea runs the command beside the loop, which goes on.
	msgs := uitest.Run(p.review(t), uitest.Keys("enter"))
	send, ok := uitest.Find[screen.Send](msgs)
	if !ok {
		t.Fatalf("nothing is sent: %v", msgs)
	}
	first := make(chan tea.Msg, 1)
	cmd := p.Update(send)
	go func() { first <- cmd() }()
	<-sent
	has(t, p, "Sending 1 operation")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "You stopped waiting")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit Fedora 17")

	uitest.Run(p, uitest.Type(" two"), uitest.Keys("ctrl+s"))
	has(t, p, "Your previous edit of this image is still in progress")
	golden(t, p, "waits-for-the-first-120x34", 120, 34)
	for range 3 {
		uitest.Run(p, uitest.Keys("enter"))
	}
	has(t, p, "is still in progress; a second one could overwrite it")
	if n := len(s.Patches()); n != 1 {
		t.Fatalf("%d edits are in flight", n)
	}
	if quits(uitest.Run(p, uitest.Keys("ctrl+c"))) {
		t.Error("it quits without a word")
	}
	has(t, p, "Quit and")
	uitest.Run(p, uitest.Keys("n"))

	close(answer)
	var told []tea.Msg
	p.observe = func(action tea.Msg) { told = append(told, action) }
	uitest.Run(p, tea.Cmd(func() tea.Msg { return <-first }))
	if !slices.ContainsFunc(told, func(m tea.Msg) bool {
		flash, ok := m.(screen.Flash)
		return ok && flash.Text == "The abandoned edit of Fedora 17 was accepted."
	}) {
		t.Errorf("the late answer is not told: %v", told)
	}
	if what := p.unsaved(); strings.Contains(what, "answer") {
		t.Errorf("it is still in flight: %s", what)
	}
	uitest.Run(p, uitest.Keys("enter"))
	if n := len(s.Patches()); n != 1 {
		t.Errorf("sent on top of what the user did not see: %d", n)
	}
	has(t, p, "Merge Fedora 17 one")
	uitest.Run(p, uitest.Keys("m", "enter", "enter"))
	if i := s.Image(id); i.Name != model.Some("Fedora 17 one two") || len(s.Patches()) != 2 {
		t.Errorf("%v after %d edits", i.Name, len(s.Patches()))
	}
}

// Who leaves the review just before the edit goes off has it kept back.
func TestNothingIsSentBehindTheUsersBack(t *testing.T) {
	s := demoImages()
	s.BeforePatch = func(context.Context) error {
		t.Error("it was sent")
		return nil
	}
	p := launch(t, 120, 34, s, nil)
	uitest.Run(p, uitest.Keys("/"), uitest.Type("name:\"Fedora 17\""), uitest.Keys("enter", "e"), uitest.Type(" one"), uitest.Keys("ctrl+s"))
	reading := p.Update(uitest.Key("enter"))
	p.Update(uitest.Key("esc"))
	uitest.Run(p, reading)
	has(t, p, "Review Fedora 17", "Nothing was sent")
	uitest.Run(p, uitest.Keys("esc"))
	has(t, p, "Edit Fedora 17")
}
