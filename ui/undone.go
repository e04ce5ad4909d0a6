package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/response"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// A PATCH that takes long writes back an image that it read before, however
// long ago, so an edit can be undone when its screen was left long since. The
// root remembers what was sent a while, holds it against every later change of
// the image, and keeps what was undone as a draft, ready to be sent again.

const (
	// remembered is how long; a PATCH can hold an image for minutes.
	remembered = 15 * time.Minute
	// mostRemembered and mostReadings bound it, whatever is done.
	mostRemembered = 100
	mostReadings   = 50
)

// sentEdit is an edit that the server said yes to.
type sentEdit struct {
	before, after model.Image
	earlier       []model.Image  // some readings of before
	told          []model.Change // what of it was reported as undone
	at            time.Time
	asked         screen.Asked // when it was answered: readings asked for before do not count
}

// looked answers a look at an image that seems to have lost an edit.
type looked struct {
	asked screen.Asked
	image model.Image
	err   error
}

// undone is what of an edit is no more on a reading. Lost is what went back to
// what it was once. Overtaken is what has a value that this program never saw:
// mostly somebody changed it on purpose, but an edit that went under way before
// ours can have written it back as well, and nobody here can tell. What a later
// edit of this program changed is its own doing.
func (m *Model) undone(e sentEdit, now model.Image) (lost, overtaken []model.Change) {
	if e.before.ID != now.ID {
		return nil, nil
	}
	c := model.Compare(e.before, e.after, now)
	for _, l := range c.Lost {
		back := slices.ContainsFunc(append(slices.Clone(e.earlier), e.before), func(was model.Image) bool {
			return was.ID == now.ID && slices.ContainsFunc(model.Changes(was, e.after), func(a model.Change) bool { return a.Field == l.Field && a.Before == l.Before })
		})
		single := l.Field.Attr != "tags" && l.Field.Attr != "locations"
		if back || !single {
			lost = append(lost, l)
		} else {
			overtaken = append(overtaken, l)
		}
	}
	return m.news(e, lost), m.news(e, overtaken)
}

// news leaves out what was told already, and what this program changed itself
// since.
func (m *Model) news(e sentEdit, lost []model.Change) []model.Change {
	sameField := func(a, b model.Change) bool { return a.Field.Attr == b.Field.Attr && a.Field.Key == b.Field.Key }
	lost = slices.DeleteFunc(lost, func(l model.Change) bool {
		return slices.ContainsFunc(e.told, func(t model.Change) bool { return sameField(t, l) })
	})
	for _, later := range m.sent {
		if later.before.ID == e.before.ID && later.at.After(e.at) {
			own := model.Changes(later.before, later.after)
			lost = slices.DeleteFunc(lost, func(l model.Change) bool {
				return slices.ContainsFunc(own, func(o model.Change) bool { return sameField(o, l) })
			})
		}
	}
	return lost
}

// watchSent follows the news. A list can be older than the edit, so that one
// which seems to have lost it is followed by another.
func (m *Model) watchSent(msg tea.Msg) tea.Cmd {
	now := m.ctx.Now()
	switch msg := msg.(type) {
	case screen.Sent:
		m.sent = slices.DeleteFunc(m.sent, func(e sentEdit) bool { return now.Sub(e.at) > remembered })
		if len(m.sent) == mostRemembered {
			m.sent = m.sent[1:]
		}
		m.sent = append(m.sent, sentEdit{before: msg.Before, after: msg.After, earlier: slices.Clone(m.readings), at: now, asked: msg.Asked})
	case screen.Undone:
		for n := range m.sent {
			if e := &m.sent[n]; e.before.ID == msg.Now.ID && len(model.Changes(e.before, msg.Before)) == 0 {
				e.told = append(e.told, model.Compare(e.before, e.after, msg.Now).Lost...)
			}
		}
	case screen.ImageSeen:
		m.read(msg.Image)
		return m.suspect(msg.Image, msg.Asked)
	case screen.ImagesChanged:
		var looks []tea.Cmd
		for _, img := range msg.Images {
			if slices.ContainsFunc(m.readings, func(r model.Image) bool { return r.ID == img.ID }) {
				m.read(img)
			}
			looks = append(looks, m.suspect(img, msg.Asked))
		}
		return tea.Batch(looks...)
	case looked:
		if msg.err == nil {
			m.do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
			return m.report(msg.image, msg.asked)
		}
	}
	return nil
}

// read remembers a reading that differs from the one before it.
func (m *Model) read(img model.Image) {
	for _, last := range slices.Backward(m.readings) {
		if last.ID == img.ID {
			if !slices.ContainsFunc(model.Changes(last, img), func(c model.Change) bool { return !c.ByServer }) {
				return
			}
			break
		}
	}
	m.readings = append(m.readings, img)
	m.readings = m.readings[max(0, len(m.readings)-mostReadings):]
}

// suspect looks again where a reading seems to have lost an edit. While the
// screen of the answer reads the image, it does so itself.
func (m *Model) suspect(img model.Image, seen screen.Asked) tea.Cmd {
	if slices.ContainsFunc(m.stack, reads) ||
		!slices.ContainsFunc(m.sent, func(e sentEdit) bool {
			lost, overtaken := m.undone(e, img)
			return seen >= e.asked && len(lost)+len(overtaken) > 0
		}) {
		return nil
	}
	service, asked := m.ctx.Service, m.ctx.Ask()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		now, err := service.Get(ctx, img.ID)
		return looked{asked: asked, image: now, err: err}
	}
}

// reads is whether a screen is that of an answer, and reads its image by itself.
func reads(s screen.Screen) bool {
	r, answer := s.(*response.Response)
	return answer && r.Shows() == ""
}

// report says what was undone, and keeps that as a draft; and what has another
// value by now.
func (m *Model) report(now model.Image, asked screen.Asked) tea.Cmd {
	var cmds []tea.Cmd
	for n, e := range m.sent {
		lost, overtaken := m.undone(e, now)
		if asked < e.asked || len(lost)+len(overtaken) == 0 || slices.ContainsFunc(m.stack, reads) {
			continue
		}
		if len(overtaken) > 0 {
			m.sent[n].told = append(m.sent[n].told, overtaken...)
			cmds = append(cmds, m.say(screen.Warning, overtakenSentence(m.width, overtaken, now, e.at)))
			m.do(screen.Overtaken{Before: e.before, After: e.after, Now: now})
		}
		if len(lost) == 0 {
			continue
		}
		m.sent[n].told = append(m.sent[n].told, lost...)
		var names []string
		for _, l := range lost {
			names = append(names, l.Label)
		}
		now := now.Recalling(e.after).Recalling(e.before)
		wanted, _ := (model.Rules{}).Merge(e.before, e.after, now)
		after := " from " + draw.Clock(e.at) + " (" + strings.Join(names, ", ") + ")"
		if _, kept := m.memory.Draft(now.ID); !kept && !slices.ContainsFunc(m.stack, isForm) {
			m.memory.KeepDraft(model.Draft{Base: now, Wanted: wanted, Saved: m.ctx.Now()})
			after += "; what puts it back is kept as a draft"
		}
		cmds = append(cmds, m.say(screen.Warning, draw.About(m.width, "another edit undid yours of ", now, after)))
		m.do(screen.Undone{Before: e.before, After: e.after, Now: now, Wanted: wanted}, screen.DraftsChanged{})
	}
	return tea.Batch(cmds...)
}

func overtakenSentence(width int, changes []model.Change, now model.Image, at time.Time) string {
	values := make([]string, 0, len(changes))
	for _, c := range changes {
		values = append(values, c.Label+" is "+draw.Clip(c.Before, 64)+" now")
	}
	return draw.About(width, "another edit of ", now, " changed what you set at "+draw.Clock(at)+": "+draw.Listed(values))
}
