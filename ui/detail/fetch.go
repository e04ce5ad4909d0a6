package detail

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// An image in transition is looked at again after firstPause, and less often the
// longer nothing happens; with lastPause between two looks, not at all while the
// terminal is out of focus. A key brings back usualPause at least.
const (
	firstPause = 2 * time.Second
	usualPause = 15 * time.Second
	lastPause  = time.Minute
)

type (
	// gotImage answers get.
	gotImage struct {
		of    *Detail
		try   int
		asked screen.Asked
		image model.Image
		body  []byte
		err   error
	}
	// gotMembers answers getMembers.
	gotMembers struct {
		of      *Detail
		members []api.Member
		err     error
	}
	// due is the time for another look.
	due struct {
		of    *Detail
		watch int
	}
)

// memberList is the answer to who may see a shared image.
type memberList struct {
	asked, known bool
	list         []api.Member
	err          error
}

func (m *memberList) take(msg gotMembers) {
	m.known, m.list, m.err = true, msg.members, msg.err
}

// get reads the image once more; by reports whether a user asked for it.
func (d *Detail) get(by bool) tea.Cmd {
	d.try++
	d.reading = by
	d.layOut()
	ctx, service, id, try, asked := d.life, d.ctx.Service, d.image.ID, d.try, d.ctx.Ask()
	return func() tea.Msg {
		img, body, err := service.GetRaw(ctx, id)
		return gotImage{of: d, try: try, asked: asked, image: img, body: body, err: err}
	}
}

func (d *Detail) getMembers() tea.Cmd {
	d.members = memberList{asked: true}
	ctx, service, id := d.life, d.ctx.Service, d.image.ID
	return func() tea.Msg {
		list, err := service.Members(ctx, id)
		return gotMembers{of: d, members: list, err: err}
	}
}

// refresh reads everything that is shown again.
func (d *Detail) refresh() tea.Cmd {
	d.raw = nil
	d.unseen = unseenList{}
	again := d.get(true)
	if d.part == locations && d.mayAskUnseen() {
		return tea.Batch(again, d.getUnseen())
	}
	if d.part == members && d.mayHaveMembers() {
		return tea.Batch(again, d.getMembers())
	}
	d.members = memberList{}
	return again
}

// got takes the answer of get.
func (d *Detail) got(msg gotImage) tea.Cmd {
	if msg.of != d || msg.try != d.try || d.life.Err() != nil {
		return nil
	}
	d.reading = false
	d.failed = msg.err
	if msg.err != nil {
		d.views = false
		var f *api.Failure
		if errors.As(msg.err, &f) && f.Kind == api.FailedNotFound {
			d.gone, d.failed = true, nil
			d.layOut()
			return d.Do(screen.ImageGone{ID: d.image.ID})
		}
		d.layOut()
		return d.tickLater()
	}
	if msg.asked < d.asked { // an edit was answered since
		return d.get(false)
	}
	moved := msg.image.Status != d.image.Status
	d.raw = draw.NewDocument(draw.Indent(msg.body))
	d.show(msg.image, msg.asked)
	d.Do(screen.ImageSeen{Image: msg.image, Asked: msg.asked})
	if d.views {
		d.view()
	}
	if moved {
		d.pause = firstPause
		return d.tick()
	}
	return d.tickLater()
}

// tick asks for the next look after the pause, while the image is in transition.
func (d *Detail) tick() tea.Cmd {
	if !d.image.Status.Transitional() || d.gone || d.life.Err() != nil || d.away && d.pause == lastPause {
		return nil
	}
	d.watch++
	next := due{of: d, watch: d.watch}
	return d.after(d.pause, func(time.Time) tea.Msg { return next })
}

// attended begins again with short pauses when someone is there after long
// ones.
func (d *Detail) attended() tea.Cmd {
	back := d.away
	d.away = false
	if !back && d.pause <= usualPause || d.reading {
		return nil
	}
	d.pause = firstPause
	return d.tick()
}

func (d *Detail) tickLater() tea.Cmd {
	d.pause = min(d.pause*3/2, lastPause)
	return d.tick()
}

// mayHaveMembers reports whether the image is shared, as far as one knows.
func (d *Detail) mayHaveMembers() bool {
	return d.image.Visibility == model.Shared || !d.image.Knows("visibility")
}
