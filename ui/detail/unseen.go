package detail

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
)

// Where a server hides locations, newer ones tell them to administrators by a
// call of its own; they cannot be changed even so.

// gotUnseen answers getUnseen.
type gotUnseen struct {
	of   *Detail
	list []model.Location
	err  error
}

// unseenList is the response about the locations that a server hides.
type unseenList struct {
	asked, known bool
	list         []model.Location
	err          error
}

func (u *unseenList) take(msg gotUnseen) { u.known, u.list, u.err = true, msg.list, msg.err }

// mayAskUnseen reports whether there is such a call, and a chance of an answer.
func (d *Detail) mayAskUnseen() bool {
	s := d.ctx.Service.Session()
	return d.image.HidesLocations() && !d.image.LocationsWithheld && s.HasLocationCalls() && (s.IsAdmin || !s.RolesKnown)
}

func (d *Detail) getUnseen() tea.Cmd {
	d.unseen = unseenList{asked: true}
	ctx, service, id := d.life, d.ctx.Service, d.image.ID
	return func() tea.Msg {
		list, err := service.Locations(ctx, id)
		return gotUnseen{of: d, list: list, err: err}
	}
}

// viewUnseen says what can be said of hidden locations.
func (d *Detail) viewUnseen(room int) []string {
	t := d.ctx.Theme
	hides := "This server hides locations (show_multiple_locations is off)"
	if d.image.LocationsWithheld {
		hides = "The locations are " + d.image.WhyWithheld()
	}
	switch u := d.unseen; {
	case u.known && u.err != nil:
		return append(draw.Para(t.Dim, hides+", and you are not allowed to read them.", room), draw.Trouble(t, u.err, room)...)
	case u.known && len(u.list) == 0:
		return draw.Para(t.Dim, hides+"; administrators can read them, and there are none: the image has no data yet.", room)
	case u.known:
		head := draw.Para(t.Dim, hides+". Administrators can read them, but no one can change them:", room)
		return append(append(head, ""), d.viewPlaces(u.list, room)...)
	case u.asked:
		return []string{t.Dim.Render("Loading locations " + t.Glyphs.More)}
	case d.mayAskUnseen():
		return draw.Para(t.Dim, hides+". They cannot be changed. Open the Locations tab to read them.", room)
	}
	return draw.Para(t.Dim, hides+". They cannot be read or changed.", room)
}
