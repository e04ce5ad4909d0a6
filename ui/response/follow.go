package response

import (
	tea "charm.land/bubbletea/v2"
)

// Between two requests of one edit the image is read. The second deletes data,
// and names it by its place in the list of locations: it is sent only while
// that list is the one that was foretold.

// between takes the yes to a request that another one follows.
func (r *Response) between(msg answered) tea.Cmd {
	r.saw(msg.image, msg.asked)
	if r.stopped {
		return r.hold(heldStopped)
	}
	return r.read()
}

// maySendNext decides by the reading in between.
func (r *Response) maySendNext(msg got) bool {
	q := r.request()
	switch {
	case msg.err != nil:
		r.held = heldUnread
	case !r.rules.MayFollow(q.Before, q.Patch, msg.image):
		r.held = heldChanged
	default:
		return true
	}
	r.outcome = unknown
	return false
}

// hold ends the edit before its last request, and looks at what holds.
func (r *Response) hold(why held) tea.Cmd {
	r.held, r.outcome = why, unknown
	return r.read()
}
