package form

import (
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

func TestEscKeepsTheDraftAndReopeningTakesItUp(t *testing.T) {
	service := fakeservice.New(uitest.Fedora())
	ctx := uitest.Context(service)
	f := New(ctx, uitest.Fedora())
	uitest.Start(f, 80, 20)
	out := uitest.Run(f, uitest.Type(" Server"), uitest.Keys("tab"), uitest.Type("lts"), uitest.Keys("esc"))
	if _, left := uitest.Find[screen.Back](out); !left || !strings.HasPrefix(flashOf(t, out), "Draft saved") {
		t.Fatalf("esc gave %v", out)
	}

	ctx.Now = func() time.Time { return uitest.Clock.Add(5 * time.Minute) }
	theirs := uitest.Fedora()
	theirs.MinRAM, theirs.Tags = 2048, []string{"beefy", "fedora", "theirs"}
	f = New(ctx, theirs)
	said := flashOf(t, uitest.Start(f, 80, 20))
	if said != "Draft from 5 min ago restored. Changed on the server since: tags and min ram" {
		t.Errorf("said %q", said)
	}
	wantPatch(t, f,
		`{"op":"replace","path":"/name","value":"Fedora 17 Server"}`,
		`{"op":"replace","path":"/tags","value":["beefy","fedora","lts","theirs"]}`)

	uitest.Run(f, uitest.Keys("ctrl+x", "esc"))
	if _, kept := ctx.Memory.Draft(theirs.ID); kept {
		t.Error("a draft of nothing is kept")
	}
}

func TestADraftHoldsWhatNoImageCan(t *testing.T) {
	service := fakeservice.New(uitest.Active())
	ctx := uitest.Context(service)
	f := New(ctx, uitest.Active())
	uitest.Start(f, 80, 20)
	goTo(t, f, "min_ram")
	uitest.Run(f, uitest.Type("x"))
	goTo(t, f, "tags")
	uitest.Run(f, uitest.Type("half"))

	f = New(ctx, uitest.Active())
	uitest.Start(f, 80, 20)
	if f.state.value("min_ram").Value != "0x" || f.state.tagText != "half" {
		t.Errorf("min ram is %q, the tag %q", f.state.value("min_ram").Value, f.state.tagText)
	}
	if f.firstBlocking() == nil {
		t.Error("the fault is gone")
	}
}

func TestEveryKeyIsInTheMemory(t *testing.T) {
	f := open(t, uitest.Fedora())
	for _, k := range uitest.Type(" Server") {
		uitest.Run(f, k)
		d, kept := f.ctx.Memory.Draft(f.base.ID)
		if !kept || d.Wanted.Name.Value != f.state.value("name").Value {
			t.Fatalf("the memory has %v %q, the form %q", kept, d.Wanted.Name.Value, f.state.value("name").Value)
		}
	}
	uitest.Run(f, uitest.Keys("ctrl+x"))
	if _, kept := f.ctx.Memory.Draft(f.base.ID); kept {
		t.Error("an edit that changes nothing is kept")
	}
}

func TestEscWithoutAnEditJustLeaves(t *testing.T) {
	f := open(t, uitest.Fedora())
	out := uitest.Run(f, uitest.Keys("esc"))
	if _, said := uitest.Find[screen.Flash](out); said || len(out) != 1 {
		t.Errorf("esc gave %v", out)
	}
}

func TestChangesOfOthersComeInQuietly(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type("!"), uitest.Keys("left"))
	theirs := uitest.Fedora()
	theirs.Tags = append(theirs.Tags, "theirs")
	out := uitest.Run(f, screen.ImageSeen{Image: theirs})
	if got := flashOf(t, out); got != "Changed on the server in the meantime: tags" {
		t.Errorf("said %q", got)
	}
	seen(t, f, "theirs")
	uitest.Run(f, uitest.Type("?"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"Fedora 17?!"}`)
}

func TestAConflictIsShownAtItsField(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type("!"))
	theirs := uitest.Fedora()
	theirs.Name = model.Some("Theirs")
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	seen(t, f, `on the server: "Theirs"; ctrl+r: use it`)
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"Fedora 17!"}`)
	uitest.Run(f, uitest.Keys("ctrl+r"))
	if strings.Contains(plain(f), "on the server:") || f.state.value("name").Value != "Theirs" {
		t.Errorf("the conflict is still there:\n%s", plain(f))
	}
	wantPatch(t, f)
}

func TestNewsOfOtherImagesAndOfTheServersOwnFieldsChangeNothing(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type("!"))
	other := uitest.Active()
	same := uitest.Fedora()
	same.UpdatedAt = uitest.Clock
	if out := uitest.Run(f, screen.ImageSeen{Image: other}, screen.ImageSeen{Image: same}); len(out) != 0 {
		t.Errorf("said %v", out)
	}
	uitest.Run(f, uitest.Keys("ctrl+z"))
	if f.edit.changed {
		t.Error("the history was lost")
	}
}

func TestFormatsLockWhenTheImageBecomesActive(t *testing.T) {
	f := open(t, uitest.Fedora())
	theirs := uitest.Fedora()
	theirs.Status, theirs.DiskFormat, theirs.ContainerFormat = model.StatusActive, model.Some("raw"), model.Some("bare")
	theirs.Locations = []model.Location{{URL: "http://m/x", Metadata: map[string]any{}}}
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	goTo(t, f, "disk_format")
	seen(t, f, "raw", "http://m/x")
	if f.locked(f.focus) == "" {
		t.Error("the format is still open")
	}
}

func TestWhatIsHalfTypedSurvivesNews(t *testing.T) {
	f := open(t, uitest.Active())
	goTo(t, f, "min_disk")
	uitest.Run(f, uitest.Type("x"))
	goTo(t, f, "locations")
	uitest.Run(f, uitest.Keys("down", "enter", "enter"), uitest.Type("half"))
	at := f.focus
	theirs := uitest.Active()
	theirs.Protected = true
	theirs.Locations = append(theirs.Locations, model.Location{URL: "http://m/new", Metadata: map[string]any{}})
	uitest.Run(f, screen.ImageSeen{Image: theirs})
	if f.focus != at || f.editor.Value() != "half" {
		t.Errorf("the focus went from %v to %v, on %q", at, f.focus, f.editor.Value())
	}
	if f.state.value("min_disk").Value != "0x" || !f.on("protected") || len(f.state.locations) != 3 {
		t.Errorf("min disk %q, protected %v, %d locations", f.state.value("min_disk").Value, f.on("protected"), len(f.state.locations))
	}
	goTo(t, f, "tags")
	uitest.Run(f, uitest.Type("lt"), screen.ImageSeen{Image: uitest.Active()}, uitest.Type("s"))
	if f.state.tagText != "lts" {
		t.Errorf("the tag being typed became %q", f.state.tagText)
	}
}

func TestAfterSendingTheFormBeginsAgain(t *testing.T) {
	service := fakeservice.New(uitest.Fedora())
	f := New(uitest.Context(service), uitest.Fedora())
	uitest.Start(f, 80, 20)
	uitest.Run(f, uitest.Type("!"))
	after, _, err := service.Patch(t.Context(), f.base.ID, f.edit.patch)
	if err != nil {
		t.Fatal(err)
	}
	uitest.Run(f, screen.Sent{Before: f.base, After: after})
	if f.edit.changed || f.Unsaved() != "" || f.state.value("name").Value != "Fedora 17!" {
		t.Errorf("left over: %s", patchIn(f))
	}
}

func TestAnImageThatIsGoneCannotBeSent(t *testing.T) {
	f := open(t, uitest.Fedora())
	uitest.Run(f, uitest.Type("!"), screen.ImageGone{ID: f.base.ID})
	seen(t, f, "This image was deleted")
	out := uitest.Run(f, uitest.Keys("ctrl+s"))
	if _, asked := uitest.Find[screen.Review](out); asked {
		t.Error("a review was asked for")
	}
}
