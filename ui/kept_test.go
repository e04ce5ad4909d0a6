package ui

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// faltering keeps in memory what it is told to, as a disk does on which there is no
// room at times, or a program that has no descriptors left.
type faltering struct {
	screen.Keeper
	drafts, begin, end error
}

func (k *faltering) Drafts(api.ServiceID) ([]record.Draft, error)       { return nil, nil }
func (k *faltering) KeepDraft(d record.Draft) (string, error)           { return "draft", k.drafts }
func (k *faltering) DropDraft(string) error                             { return nil }
func (k *faltering) Begin(record.Entry) (string, error)                 { return "entry", k.begin }
func (k *faltering) End(string, record.Result) error                    { return k.end }
func (k *faltering) Entries(api.ServiceID, int) ([]record.Entry, error) { return nil, nil }

// TestWhatIsNotKeptIsSaidForAsLong, on every screen, and all of it: a flash that went
// by is easily missed.
func TestWhatIsNotKeptIsSaidForAsLong(t *testing.T) {
	full := errors.New("no room on the disk")
	for _, c := range []struct {
		name     string
		keeper   *faltering
		noKeeper error
		says     string
	}{
		{"nothing is wrong", &faltering{}, nil, ""},
		{"no place for it", nil, errors.New("HOME is not set"), "Drafts and history cannot be saved and will be lost when you quit: HOME is not set"},
		{"drafts", &faltering{drafts: full}, nil, "Drafts cannot be saved and will be lost when you quit: no room on the disk"},
		{"entries", &faltering{begin: full}, nil, "The history is incomplete: no room on the disk"},
		{"outcomes", &faltering{end: full}, nil, "The history is incomplete: no room on the disk"},
		{"both", &faltering{drafts: full, end: full}, nil, "Drafts and history cannot be saved and will be lost when you quit: no room on the disk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := demoImages()
			config := Config{Context: uitest.Context(s), Connector: &connector{service: s}, FixedTheme: true, NoKeeper: c.noKeeper}
			config.Context.Memory = nil
			if c.keeper != nil {
				config.Keeper = c.keeper
			}
			p := program{New(config)}
			uitest.Run(p, tea.WindowSizeMsg{Width: 100, Height: 30}, p.Init())
			see := func() {
				t.Helper()
				p.flash.text = "" // it went by
				if c.says != "" {
					has(t, p, c.says)
				} else if lost := p.notKept(); lost != "" {
					t.Error(lost)
				}
			}
			if c.noKeeper != nil {
				see()
			}
			uitest.Run(p, uitest.Keys("j", "j", "e"), uitest.Type("!"), uitest.Keys("ctrl+s", "enter"))
			has(t, p, "200 OK")
			uitest.Run(p, uitest.Keys("esc", "j", "j", "e"), uitest.Type("?"))
			see()
			uitest.Run(p, uitest.Keys("esc"))
			see()
		})
	}
}

// TestWhatIsKeptAgainIsNotComplainedOf: the outcome that could not be written was
// written later.
func TestWhatIsKeptAgainIsNotComplainedOf(t *testing.T) {
	k := &faltering{end: errors.New("no room on the disk")}
	h := &keptHistory{Keeper: k}
	if err := h.End("entry", record.Result{}); err == nil || h.failed() == nil {
		t.Error("the failure is not known")
	}
	k.end = nil
	if err := h.End("entry", record.Result{}); err != nil || h.failed() != nil {
		t.Errorf("%v, %v", err, h.failed())
	}
}
