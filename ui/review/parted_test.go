package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// What deletes data is sent apart: these are the words for it and the choice.

// full is an edit that cannot be parted: the list of locations is full, so the
// file must go before the new address can come.
func full() (base, wanted model.Image) {
	base = uitest.Active()
	for n := len(base.Locations); n < 10; n++ {
		base.Locations = append(base.Locations, model.Location{URL: fmt.Sprintf("http://mirror.example/%d.qcow2", n), Metadata: map[string]any{}})
	}
	wanted = base.Clone()
	wanted.Locations = append(wanted.Locations[1:], model.Location{URL: "http://mirror.example/new.qcow2", Metadata: map[string]any{}})
	return base, wanted
}

func (s stage) agree(t *testing.T, words string) screen.Send {
	t.Helper()
	got, ok := sent(t, s.press(uitest.Type(words), uitest.Keys("enter")))
	if !ok {
		t.Fatalf("not sent:\n%s", s.text())
	}
	return got
}

func TestARemovalOfDataIsSentApart(t *testing.T) {
	s := on(publish())
	s.shows(t, "Two requests: the second is sent only if the first succeeds.", "Operations 4 in 2 requests",
		"Request 1 of 2 171 bytes", "Request 2 of 2 39 bytes, only if the first succeeds", `{"op": "remove", "path": "/locations/0"}`)
	got := s.agree(t, "public delete")
	if len(got.Run.Edit().Plan().Patches()) != 2 || len(got.Run.Edit().Plan().Patches()[0]) != 3 || got.Run.Edit().Plan().Patches()[0].RemovesLocations() || string(got.Run.Edit().Plan().Patches()[1].JSON()) != `[{"op":"remove","path":"/locations/0"}]` {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}

func TestTheUserMayChooseOneRequest(t *testing.T) {
	s := on(publish())
	s.press(uitest.Keys("tab", "1"))
	s.golden(t, "in-one")
	s.shows(t, "One request, as you chose: data may be deleted even if the server rejects the edit.", "The request 209 bytes")
	if help := s.Keys(); !strings.Contains(fmt.Sprint(help.Footer), "in two requests") {
		t.Error("nothing tells the way to to two")
	}
	s.press(uitest.Keys("1"))
	s.shows(t, "Two requests:")
	s.press(uitest.Keys("1", "tab"))
	got := s.agree(t, "public delete")
	if len(got.Run.Edit().Plan().Patches()) != 1 || len(got.Run.Edit().Plan().Patches()[0]) != 4 {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}

// A 1 typed into the confirmation is a letter, and no choice.
func TestAOneInTheConfirmationIsALetter(t *testing.T) {
	s := on(publish())
	s.press(uitest.Type("1"))
	s.shows(t, "Two requests:")
}

func TestTheChoiceIsOfOneEdit(t *testing.T) {
	s := on(publish())
	s.press(uitest.Keys("tab", "1", "tab"), uitest.Type("public delete"))
	s.service.Change(uitest.Active().ID, func(i *model.Image) { i.Protected = true })
	if _, ok := sent(t, s.press(uitest.Keys("enter"))); ok {
		t.Fatal("sent over someone else's edit")
	}
	s.shows(t, "This image has changed on the server", "Two requests:")
	if got := s.agree(t, "public delete"); len(got.Run.Edit().Plan().Patches()) != 2 {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}

func TestTheCopiesHoldBothRequests(t *testing.T) {
	s := on(publish())
	s.press(uitest.Keys("tab"))
	for key, want := range map[string][]string{
		"y": {`"/visibility"`, "]\n", "[\n", `"/locations/0"`},
		"c": {`"/visibility"`, " &&\ncurl", "--fail", `"/locations/0"`},
	} {
		got, ok := uitest.Find[screen.Copy](s.press(uitest.Keys(key)))
		rest := got.Text
		for _, w := range want {
			at := strings.Index(rest, w)
			if !ok || at < 0 {
				t.Fatalf("%s copies %q without %q", key, got.Text, w)
			}
			rest = rest[at:]
		}
	}
	base, wanted := publish()
	patch, err := rules.Diff(base, wanted)
	if err != nil {
		t.Fatal(err)
	}
	whole, _ := explain.OpenStack(base, patch)
	if got, _ := uitest.Find[screen.Copy](s.press(uitest.Keys("o"))); got.Text != whole {
		t.Errorf("o copies %q", got.Text)
	}
}

func TestWhatCannotBePartedSaysSo(t *testing.T) {
	s := on(full())
	s.golden(t, "together")
	s.shows(t, "One request is required: the list of locations is full", "data may be deleted even if the server rejects the edit")
	for _, k := range s.Keys().Footer {
		if k.Enabled() && k.Help().Key == "1" {
			t.Error("it offers a choice that there is not")
		}
	}
	s.press(uitest.Keys("tab", "1", "tab"))
	if got := s.agree(t, "delete"); len(got.Run.Edit().Plan().Patches()) != 1 {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}

func TestAnEditThatDeletesNothingIsOneRequest(t *testing.T) {
	base := uitest.Active()
	wanted := base.Clone()
	wanted.Name = model.Some("x")
	wanted.Locations = wanted.Locations[:1] // the web's copy is only forgotten
	s := on(base, wanted)
	s.press(uitest.Keys("1"))
	if got := s.agree(t, ""); len(got.Run.Edit().Plan().Patches()) != 1 || len(got.Run.Edit().Plan().Patches()[0]) != 2 {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}
