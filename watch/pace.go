package watch

import (
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

const (
	// soon is the pause while something of this user's is in progress, or while
	// more of a response is to be had.
	soon = 2 * time.Second
	// slowest is the longest pause after failures, unless the user wants fewer
	// polls than that.
	slowest = time.Minute
	// longestWait is the longest pause that a server can ask for: one that means
	// a year must not end the polls.
	longestWait = time.Hour
	// idleStep is after which time without a key and without changes the pauses are
	// twice as long, after two of them three times, at most idleMost times.
	idleStep = 3 * time.Minute
	idleMost = 6
	// share is how much longer a pause is than the poll before it, at least: a
	// slow server has other work to do.
	share = 10
	// blurredMost is for how long it is still polled, at the longest idle pause, when
	// the terminal has lost the focus: it may be visible next to another one.
	blurredMost = 5 * time.Minute
	// editMost is how long an edit's outcome is waited for.
	editMost = 10 * time.Minute
)

// pace says how long the pauses between polls are.
type pace struct {
	took         time.Duration // by the last poll
	failures     int           // of polls, one after another
	pageFailures int
	notBefore    time.Time // the server asked for so long a pause
	lastActivity time.Time // a key, or changes
	blurred      time.Time // since when the terminal is not in focus; zero while it is
	edited       []edited
}

// edited is an image that this user edited.
type edited struct {
	id           string
	until        time.Time // it counts
	transitional bool      // the server itself will change it
}

// follow takes an image that an edit of this user led to.
func (p *pace) follow(img model.Image, now time.Time) {
	p.unfollow(img.ID)
	p.edited = append(p.edited, edited{img.ID, now.Add(editMost), transitional(img)})
}

func (p *pace) unfollow(id string) {
	p.edited = slices.DeleteFunc(p.edited, func(e edited) bool { return e.id == id })
}

// observe takes a reading of an image: one that was edited comes to rest, or
// begins to move only now, as after a call for a location.
func (p *pace) observe(img model.Image) {
	for n := range p.edited {
		if p.edited[n].id == img.ID {
			p.edited[n].transitional = transitional(img)
		}
	}
}

// transitional reports whether the server itself will change an image.
func transitional(img model.Image) bool { return img.Status.Transitional() || img.TaskAtWork() }

// eager reports whether the server is changing something after an edit of this user.
func (p *pace) eager(now time.Time) bool {
	p.edited = slices.DeleteFunc(p.edited, func(e edited) bool { return now.After(e.until) })
	return slices.ContainsFunc(p.edited, func(e edited) bool { return e.transitional })
}

// unwatched reports whether no one is there, as far as a terminal can tell.
func (p *pace) unwatched(now time.Time) bool {
	return !p.blurred.IsZero() && now.Sub(p.blurred) >= blurredMost
}

// paused reports whether there is nothing to poll for.
func (p *pace) paused(now time.Time) bool { return p.unwatched(now) && !p.eager(now) }

// pause is how long to wait after a poll, where the user wants one every so
// often; more reports whether the last one left something to be asked for.
func (p *pace) pause(every time.Duration, more bool, now time.Time) time.Duration {
	longest := max(every, slowest)
	switch {
	case more, p.eager(now):
		every = min(every, soon)
	case !p.blurred.IsZero():
		every *= idleMost
	default:
		every *= time.Duration(min(idleMost, 1+int(now.Sub(p.lastActivity)/idleStep)))
	}
	for range max(p.failures, p.pageFailures) {
		every = max(every, min(2*every, longest))
	}
	return max(every, p.rest())
}

// rest is the least pause after a poll.
func (p *pace) rest() time.Duration { return share * min(p.took, slowest) }

// wait heeds what a server asks for with a failure.
func (p *pace) wait(f *api.Failure, now time.Time) {
	if until := now.Add(min(f.Wait, longestWait)); f.Wait > 0 {
		p.notBefore = later(p.notBefore, until)
	}
}
