package response

import (
	"context"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// undoes is another PATCH that was begun before ours and ends after it: it
// writes back the image as it was, with a change of its own.
func (s stage) undoes(base model.Image) {
	s.service.Change(base.ID, func(i *model.Image) {
		i.Name = base.Name
		i.Properties["os_distro"] = model.Some("debian")
	})
}

func TestALostEditIsReportedWithWhatRestoresIt(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.service.BeforeGet = func(context.Context, int) error { s.undoes(base); return nil }
	s.send()
	s.golden(t, "lost-update")
	s.shows(t, "Accepted, but overwritten by a concurrent edit", `name "ubuntu-24.04-server" → "ubuntu-24.04 LTS"`,
		"overwritten by another edit", "Also changed, not by this edit:", `os_distro "ubuntu" → "debian"`)
	msgs := s.press(uitest.Keys("r"))
	again, ok := uitest.Find[screen.Review](msgs)
	if !ok || again.Base.Name.Value != "ubuntu-24.04-server" || again.Wanted.Name.Value != "ubuntu-24.04 LTS" ||
		again.Wanted.Properties["os_distro"].Value != "debian" {
		t.Errorf("r reviews %+v", again)
	}
	if news, ok := uitest.Find[screen.Decided](msgs); !ok || news.Wanted.Name.Value != "ubuntu-24.04 LTS" || len(news.Left) > 0 {
		t.Error("the form does not hear of it")
	}
}

func TestALaterLossIsNoticed(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.send()
	if found[screen.Review](s.press(uitest.Keys("r"))) {
		t.Error("r restores what is there")
	}
	s.look()
	s.undoes(base)
	s.look()
	s.shows(t, "overwritten by another edit", "Press r to review an edit that restores your changes")
	if s.edit().Entry().Outcome != record.OutcomeOverwritten {
		t.Errorf("the history has %q of an edit that the answer showed", s.edit().Entry().Outcome)
	}
	if !found[screen.Review](s.press(uitest.Keys("r"))) {
		t.Error("r does not restore it")
	}
}

func TestALossThatConflictsIsDecidedFirst(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.send()
	s.service.Change(base.ID, func(i *model.Image) { i.Name = model.Some("theirs") })
	s.look()
	msgs := s.press(uitest.Keys("r"))
	merge, ok := uitest.Find[screen.Merge](msgs)
	if !ok || merge.Theirs.Name.Value != "theirs" || merge.Mine.Name.Value != "ubuntu-24.04 LTS" || found[screen.Review](msgs) {
		t.Errorf("r asks %+v", merge)
	}
	if news, ok := uitest.Find[screen.Decided](msgs); !ok || len(news.Left) != 1 {
		t.Error("the form does not hear of it")
	}
}

// slow is an edit that is in flight while another one is seen, and that writes
// the whole image back in the end.
func slow(seen func(*model.Image)) stage {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.SetSize(80, 20)
	cmd := s.Init()
	s.service.Change(base.ID, seen)
	s.look()
	s.service.Change(base.ID, func(i *model.Image) { *i = base.Clone() })
	s.press(cmd)
	return s
}

func TestWhatTheEditOverwroteIsReportedWithWhatRestoresIt(t *testing.T) {
	s := slow(func(i *model.Image) {
		i.Tags = append(i.Tags, "theirs")
		i.MinRAM = 512
		i.Properties["os_version"] = model.Some("24.04")
	})
	s.golden(t, "wrote-over")
	s.shows(t, "overwrote another edit", "min_ram 0 MB → 512 MB", `os_version – → "24.04"`)
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("t")))
	if w := again.Wanted; !ok || w.MinRAM != 512 || w.Name.Value != "ubuntu-24.04 LTS" || strings.Join(w.Tags, " ") != "lts theirs ubuntu" {
		t.Errorf("t reviews %+v", w)
	}
}

func TestWhatOthersHadInTheSameFieldIsReportedToo(t *testing.T) {
	s := slow(func(i *model.Image) { i.Name = model.Some("theirs") })
	s.shows(t, "overwrote another edit", `name "ubuntu-24.04 LTS" → "theirs"`)
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("t")))
	if !ok || again.Wanted.Name.Value != "theirs" {
		t.Errorf("t reviews %+v", again.Wanted.Name)
	}
}

func TestBothCanBePutBackAtOnce(t *testing.T) {
	s := slow(func(i *model.Image) { i.MinRAM = 512 })
	s.service.Change(s.base().ID, func(i *model.Image) { i.Name = s.base().Name }) // a third one
	s.look()
	s.golden(t, "both-lost")
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("t")))
	if !ok || again.Wanted.MinRAM != 512 || again.Wanted.Name.Value != "ubuntu-24.04 LTS" {
		t.Errorf("t reviews %+v", again.Wanted)
	}
}

func TestNothingIsReportedWhereNothingWasLost(t *testing.T) {
	for name, seen := range map[string]func(*model.Image){
		"nothing seen":           func(*model.Image) {},
		"a reading of after it":  func(i *model.Image) { i.Name = model.Some("ubuntu-24.04 LTS") },
		"only the server's part": func(i *model.Image) { i.Status = model.StatusDeactivated },
	} {
		s := slow(seen)
		if s.overwrote() || s.overwrittenByOthers() || found[screen.Review](s.press(uitest.Keys("t", "r"))) {
			t.Errorf("%s: erased %v, lost %v", name, s.erased(), s.edit().Found().NotApplied)
		}
	}
}

func TestTheImageIsReadWhileTheAnswerTakesLong(t *testing.T) {
	base, wanted := rename()
	s := prepare(base, wanted)
	s.SetSize(80, 20)
	cmd := s.Init()
	if s.look(); s.service.Gets() != 1 {
		t.Error("it is not read")
	}
	peek := *s.due
	s.press(cmd)
	before := s.service.Gets()
	if uitest.Run(s.Response, peek); s.service.Gets() != before {
		t.Error("it goes on after the answer")
	}
}

func TestAYesWhoseImageCannotBeReadIsNotCalledDone(t *testing.T) {
	s := prepare(rename())
	down := fakeservice.Refused(503, "down", "read the image", api.Exchange{})
	s.service.BeforeGet = func(context.Context, int) error { return down }
	s.send()
	s.golden(t, "yes-unread")
	s.shows(t, "Could not read the image", "To check for a concurrent overwrite the image must be read")
	s.service.BeforeGet = nil
	s.undoes(s.base())
	s.press(uitest.Keys("ctrl+r"))
	s.shows(t, "overwritten by another edit")
}
