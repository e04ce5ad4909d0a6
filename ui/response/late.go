package response

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// waitNoLonger looks at what holds, although the answer has not come. The
// request is on its way all the same, and its answer is taken when it comes.
func (r *Response) waitNoLonger() tea.Cmd {
	q := r.request()
	if q.left || !q.sent {
		return nil
	}
	q.left = true
	q.fail(&model.Failure{
		Doing: "send the edit", Kind: model.FailedCancelled,
		Means:  "You did not wait for the answer. The request is still on its way, and the server may carry it out.",
		Known:  "You did not wait for the answer.",
		Advice: "look here or at the image again; another edit of it can be sent once this one is answered",
	}, r.rules)
	if r.follows() {
		r.held = heldStopped
	}
	r.outcome = unknown
	return r.read()
}

// comeLate makes ready for an answer that nobody waited for; false where a
// reading has told what it would.
func (r *Response) comeLate(q *request) bool {
	q.left = false
	if r.outcome == accepted {
		return false
	}
	q.failure, q.culprit = nil, -1
	r.held, r.outcome = notHeld, sending
	r.reading = false
	r.try++ // the look that is under way is of before the answer
	return true
}

// leftEdit is one whose answer was not waited for, for a message of that width.
type leftEdit struct {
	image model.Image
	width int
}

func (e leftEdit) became(what string) string {
	return draw.About(e.width, "the edit of ", e.image, " that you did not wait for"+what)
}

// late tells of an answer whose screen was left. It is no Sent: a form may hold
// another edit of the image by now, which goes on from what the server has.
func (a answered) late(left leftEdit) tea.Msg {
	if a.err != nil {
		return screen.Flash{Level: screen.Warning, Text: left.became(": " + edit.AsFailure(a.err).Means)}
	}
	return tea.Batch(
		func() tea.Msg {
			return screen.Flash{Level: screen.Success, Text: left.became(" was accepted")}
		},
		func() tea.Msg { return screen.ImageSeen{Image: a.image, Asked: a.asked} },
	)()
}
