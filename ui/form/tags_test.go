package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

const tagsPatch = `{"op":"replace","path":"/tags","value":`

func onTags(t *testing.T, tags ...string) *Form {
	t.Helper()
	image := uitest.Fedora()
	image.Tags = tags
	f := open(t, image)
	goTo(t, f, "tags")
	return f
}

func TestACommaAndEnterMakeChips(t *testing.T) {
	f := onTags(t, "beefy", "fedora")
	uitest.Run(f, uitest.Type("lts,"), uitest.Type("new one"), uitest.Keys("enter"))
	wantPatch(t, f, tagsPatch+`["beefy","fedora","lts","new one"]}`)
	seen(t, f, "+lts", "+new one")
	if f.focus != (spot{attr: "tags", id: addRow}) {
		t.Errorf("the focus went to %v", f.focus)
	}
}

func TestATagCountsWhileItIsTyped(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Type("lt"))
	wantPatch(t, f, tagsPatch+`["fedora","lt"]}`)
	uitest.Run(f, uitest.Keys("tab"))
	seen(t, f, "+lt")
	wantPatch(t, f, tagsPatch+`["fedora","lt"]}`)
}

func TestBackspaceSelectsThenRemovesTheLastChip(t *testing.T) {
	f := onTags(t, "beefy", "fedora")
	uitest.Run(f, uitest.Keys("backspace"))
	wantPatch(t, f)
	uitest.Run(f, uitest.Keys("backspace"))
	wantPatch(t, f, tagsPatch+`["beefy"]}`)
	seen(t, f, "fedora") // shown as going
	uitest.Run(f, uitest.Keys("left"))
	seen(t, f, "−fedora")
	uitest.Run(f, uitest.Keys("ctrl+k"))
	wantPatch(t, f, tagsPatch+`[]}`)
	uitest.Run(f, uitest.Keys("ctrl+k", "right", "ctrl+k"))
	wantPatch(t, f)
}

func TestANewTagVanishesAndAGoingOneComesBackByItsName(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Type("lts,"), uitest.Keys("left", "ctrl+k"))
	wantPatch(t, f)
	uitest.Run(f, uitest.Keys("home", "ctrl+k"))
	wantPatch(t, f, tagsPatch+`[]}`)
	uitest.Run(f, uitest.Keys("end"), uitest.Type("fedora,"))
	wantPatch(t, f)
}

func TestATagThatIsThereIsNotAddedTwice(t *testing.T) {
	f := onTags(t, "fedora")
	out := uitest.Run(f, uitest.Type("fedora,"))
	if !strings.Contains(flashOf(t, out), "already exists") || len(f.state.tags) != 1 {
		t.Errorf("%v, said %q", f.state.tags, flashOf(t, out))
	}
}

func TestAPasteOfSeveralTags(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Paste("lts, server\nx86\n"))
	wantPatch(t, f, tagsPatch+`["fedora","lts","server","x86"]}`)
	uitest.Run(f, uitest.Keys("ctrl+z"))
	wantPatch(t, f)
}

func TestLettersOnAChipGoOnTyping(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Keys("left"), uitest.Type("lts"))
	wantPatch(t, f, tagsPatch+`["fedora","lts"]}`)
}

func TestCtrlSTakesTheTagBeingTyped(t *testing.T) {
	f := onTags(t, "fedora")
	out := uitest.Run(f, uitest.Type("lts"), uitest.Keys("ctrl+s"))
	review, ok := uitest.Find[screen.Review](out)
	if !ok || !model.SameTags(review.Wanted.Tags, []string{"fedora", "lts"}) {
		t.Errorf("reviewed %v", review.Wanted.Tags)
	}
}

func TestALongTagIsAFaultOfTheField(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Type(strings.Repeat("x", 256)))
	seen(t, f, "255 characters at most: 1 too many", "256 of 255")
}

func TestManyTagsTakeMoreLines(t *testing.T) {
	var tags []string
	for _, c := range "abcdefghijklmnop" {
		tags = append(tags, strings.Repeat(string(c), 9))
	}
	f := onTags(t, tags...)
	if n := len(f.fields[1].rows(f)); n < 3 {
		t.Errorf("%d lines", n)
	}
	uitest.Run(f, uitest.Times(16, "left"), uitest.Keys("ctrl+k", "down"))
	if len(f.edit.wanted.image.Tags) != 15 || f.focus.attr != "owner" {
		t.Errorf("%d tags, focus on %v", len(f.edit.wanted.image.Tags), f.focus)
	}
}

func TestATagWithACommaIsTypedInQuotes(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Type(`"a,b`))
	wantPatch(t, f, tagsPatch+`["\"a,b","fedora"]}`) // not closed yet
	uitest.Run(f, uitest.Type(`",`), uitest.Type(`"say \"x, y\"",`), uitest.Type(`"" ,`), uitest.Type(`"`), uitest.Keys("enter"))
	wantPatch(t, f, tagsPatch+`["","\"","a,b","fedora","say \"x, y\""]}`)
	uitest.Run(f, uitest.Type(`"a,b",`))
	if len(f.state.tags) != 5 {
		t.Errorf("tags %v", f.state.tags)
	}
}

func TestAPasteOfTagsSaysHowItWasRead(t *testing.T) {
	for paste, want := range map[string]struct{ tags, said string }{
		"a,b":             {`["a","b","fedora"]`, `Pasted as 2 tags. Quotation marks keep a comma in a tag: "a,b".`},
		`"a,b"`:           {`["a,b","fedora"]`, "Pasted as 1 tag."},
		"\n \"x, y\", z,": {`["fedora","x, y","z"]`, `Pasted as 2 tags. Quotation marks keep a comma in a tag: "a,b".`},
	} {
		f := onTags(t, "fedora")
		out := uitest.Run(f, uitest.Paste(paste))
		wantPatch(t, f, tagsPatch+want.tags+"}")
		if got := flashOf(t, out); got != want.said {
			t.Errorf("%q: said %q", paste, got)
		}
	}
}

func TestCtrlUClearsTheTextOfAField(t *testing.T) {
	f := onTags(t, "fedora")
	uitest.Run(f, uitest.Type("lts"), uitest.Keys("ctrl+u"))
	wantPatch(t, f)
	goTo(t, f, "name")
	uitest.Run(f, uitest.Keys("ctrl+u"), uitest.Type("new"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"new"}`)
}
