package form

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// A member looks at an image of another project.

func stranger(_ *screen.Context, s *fakeservice.Service) {
	s.Who.IsAdmin, s.Who.ProjectID, s.Who.Project = false, "p-demo", "demo"
	s.Who.ProjectNames = map[string]string{uitest.Active().Owner.Value: "platform"}
}

func TestAnImageOfAnotherProjectIsReadOnly(t *testing.T) {
	f := open(t, uitest.Active(), stranger)
	uitest.Golden(t, "guarded-80x20", uitest.Shot(t, f, 80, 20))
	uitest.Golden(t, "guarded-160x41", uitest.Shot(t, f, 160, 41))
	const why = "it belongs to the project platform"
	seen(t, f, "Read-only for you")
	for _, keys := range [][]any{
		{uitest.Type("equinox")}, {uitest.Paste("x")}, {uitest.Keys("backspace")}, {uitest.Keys("ctrl+s")},
	} {
		if said := flashOf(t, uitest.Run(f, keys...)); !strings.Contains(said, why) {
			t.Errorf("%v: said %q", keys, said)
		}
	}
	for _, attr := range []string{"tags", "visibility", "protected", "min_ram"} {
		goTo(t, f, attr)
		uitest.Run(f, uitest.Keys("right", "space", "ctrl+k", "enter"), uitest.Type("5"))
	}
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Type("x"), uitest.Paste("a=b\nc=d"))
	uitest.Run(f, uitest.Keys("ctrl+r", "ctrl+x", "ctrl+z", "ctrl+y"))
	if f.edit.changed || len(f.hist.past) > 0 {
		t.Errorf("an edit was made: %s", patchIn(f))
	}
	if f.Cursor() != nil {
		t.Error("a cursor where nothing can be typed")
	}
	if f.Title() != "View ubuntu-24.04-server" {
		t.Errorf("the title is %q", f.Title())
	}
	if _, kept := f.ctx.Memory.Draft(f.base.ID); kept {
		t.Error("a draft is kept")
	}
}

func TestItIsEditedAnyway(t *testing.T) {
	f := open(t, uitest.Active(), stranger)
	uitest.Run(f, uitest.Keys("ctrl+e"))
	goTo(t, f, "name")
	uitest.Run(f, uitest.Type("!"))
	wantPatch(t, f, `{"op":"replace","path":"/name","value":"ubuntu-24.04-server!"}`)
	if f.Title() != "Edit ubuntu-24.04-server" {
		t.Errorf("the title is %q", f.Title())
	}
	if _, asked := uitest.Find[screen.Review](uitest.Run(f, uitest.Keys("ctrl+s"))); !asked {
		t.Error("no review")
	}
	again := New(f.ctx, uitest.Active())
	if again.edit.guard != "" || !again.edit.changed {
		t.Errorf("with a draft the image is read-only: %s", again.edit.guard)
	}
}

func TestPublicIsMarkedForMembers(t *testing.T) {
	member := func(_ *screen.Context, s *fakeservice.Service) { s.Who.IsAdmin = false }
	lock := func(f *Form) string { return "public" + f.ctx.Theme.Glyphs.Lock }
	if f := open(t, uitest.Active()); strings.Contains(plain(f), lock(f)) {
		t.Error("it is marked for an administrator")
	}
	f := open(t, uitest.Active(), member)
	seen(t, f, lock(f))
	goTo(t, f, "visibility")
	seen(t, f, "Public is for administrators, unless")
	public := uitest.Active()
	public.Visibility = model.Public
	if f := open(t, public, member); strings.Contains(plain(f), lock(f)) {
		t.Error("what the image has is marked")
	}
}

func TestLongWordsLeaveTheReason(t *testing.T) {
	f := open(t, uitest.Active())
	long := strings.Repeat("x", 120)
	goTo(t, f, "tags")
	uitest.Run(f, uitest.Paste(long), uitest.Keys("enter"), uitest.Paste(long))
	if said := flashOf(t, uitest.Run(f, uitest.Keys("enter"))); !strings.HasSuffix(said, "already exists.") || len([]rune(said)) > 80 {
		t.Errorf("said %q", said)
	}
	uitest.Run(f, uitest.Keys("ctrl+x"))
	goToAdd(t, f, "properties")
	uitest.Run(f, uitest.Paste(" "+strings.Repeat("y", 200)), uitest.Keys("tab"), uitest.Type("1"))
	if said := flashOf(t, uitest.Run(f, uitest.Keys("ctrl+s"))); !strings.HasPrefix(said, "Fix first: prope…(name): the server drops") {
		t.Errorf("said %q", said)
	}
}
