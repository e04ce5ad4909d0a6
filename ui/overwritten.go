package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/response"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// readAgain answers the reading of an image that seems to have lost an edit.
type readAgain struct {
	asked screen.Asked
	image model.Image
	err   error
}

// watchEdits gives the watch for lost updates what the screens find out. What
// was overwritten is kept as a draft, ready to be sent again.
func (m *Model) watchEdits(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Sent:
		m.lost.Accepted(msg.Before, msg.After, int(msg.Asked), m.ctx.Now())
	case screen.Overwritten:
		m.lost.Reported(msg.Before, msg.Now)
	case screen.ImageSeen:
		m.lost.Read(msg.Image)
		return m.readSuspect(msg.Image, msg.Asked)
	case screen.ImagesChanged:
		var reads []tea.Cmd
		for _, img := range msg.Images {
			m.lost.Listed(img)
			reads = append(reads, m.readSuspect(img, msg.Asked))
		}
		return tea.Batch(reads...)
	case readAgain:
		if msg.err == nil {
			m.do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
			return m.reportLost(msg.image, msg.asked)
		}
	}
	return nil
}

// readSuspect reads an image that seems to have lost an edit.
func (m *Model) readSuspect(img model.Image, seen screen.Asked) tea.Cmd {
	if slices.ContainsFunc(m.stack, readsItself) || !m.lost.Suspect(img, int(seen)) {
		return nil
	}
	service, asked := m.ctx.Service, m.ctx.Ask()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		now, err := service.Get(ctx, img.ID)
		return readAgain{asked: asked, image: now, err: err}
	}
}

// readsItself reports whether a screen is that of a response, and reads its image by
// itself: it reports what is lost, too.
func readsItself(s screen.Screen) bool {
	r, is := s.(*response.Response)
	return is && r.Shows() == ""
}

func (m *Model) reportLost(now model.Image, asked screen.Asked) tea.Cmd {
	if slices.ContainsFunc(m.stack, readsItself) {
		return nil
	}
	var cmds []tea.Cmd
	for _, l := range m.lost.Report(now, int(asked)) {
		if len(l.Superseded) > 0 {
			cmds = append(cmds, m.say(screen.Warning, supersededSentence(m.width, l)))
			m.do(screen.Superseded{Before: l.Before, After: l.After, Now: l.Now})
		}
		if len(l.Lost) == 0 {
			continue
		}
		var names []string
		for _, c := range l.Lost {
			names = append(names, c.Label)
		}
		after := " sent at " + draw.Clock(l.At) + " (" + strings.Join(names, ", ") + ")."
		if _, kept := m.drafts.Draft(now.ID); !kept && !slices.ContainsFunc(m.stack, isForm) {
			m.drafts.KeepDraft(record.Draft{Base: l.Now, Wanted: l.Wanted, Saved: m.ctx.Now()})
			after += " A draft that restores it was saved."
		}
		cmds = append(cmds, m.say(screen.Warning, draw.About(m.width, "Another edit overwrote your edit of ", now, after)))
		m.do(screen.Overwritten{Before: l.Before, After: l.After, Now: l.Now, Wanted: l.Wanted}, screen.DraftsChanged{})
	}
	return tea.Batch(cmds...)
}

func supersededSentence(width int, l edit.LostUpdate) string {
	values := make([]string, 0, len(l.Superseded))
	for _, c := range l.Superseded {
		values = append(values, c.Label+" is "+draw.Clip(c.Before, 64)+" now")
	}
	return draw.About(width, "Another edit of ", l.Now, " changed values that you set at "+draw.Clock(l.At)+": "+draw.Listed(values))
}
