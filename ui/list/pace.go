package list

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
)

const (
	// soon is the pause while something of this user's is on its way, or while
	// more of an answer is to be had.
	soon = 2 * time.Second
	// slowest is the longest pause after failures, unless the user wants fewer
	// looks than that. It also bounds a look.
	slowest = time.Minute
	// longestAsked is the longest pause that a server can ask for: one that means
	// a year must not end the looks.
	longestAsked = time.Hour
	// idleStep is after which time without a key and without news the pauses are
	// twice as long, after two of them three times, at most idleMost times.
	idleStep = 3 * time.Minute
	idleMost = 6
	// share is how much longer a pause is than the look before it, at least: a
	// slow server has other work to do.
	share = 10
	// awayMost is for how long it is still looked, at the longest idle pause, when
	// the terminal has lost the focus: it may be in sight beside another one.
	awayMost = 5 * time.Minute
	// mineMost is how long an edit's outcome is waited for.
	mineMost = 10 * time.Minute
)

// pace says how long the pauses between looks are.
type pace struct {
	took     time.Duration // by the last look
	failures int           // of looks, one after another
	pages    int           // failures of pages
	asked    time.Duration // by the server, with its last failure
	stirred  time.Time     // the last key or news
	away     time.Time     // since when the terminal is not in focus; zero while it is
	mine     map[string]edited
}

// edited is an image that this user edited.
type edited struct {
	until  time.Time // it counts
	moving bool
}

// stir notes a key or news.
func (p *pace) stir(now time.Time) { p.stirred = now }

// follow takes an image that an edit of this user led to.
func (p *pace) follow(img model.Image, now time.Time) {
	if p.mine == nil {
		p.mine = map[string]edited{}
	}
	p.mine[img.ID] = edited{until: now.Add(mineMost), moving: moving(img)}
}

// heed takes a reading of an image: one that was edited comes to rest, or begins
// to move only now, as after a call for a location.
func (p *pace) heed(img model.Image) {
	if e, mine := p.mine[img.ID]; mine {
		e.moving = moving(img)
		p.mine[img.ID] = e
	}
}

// moving is whether the server itself will change an image.
func moving(img model.Image) bool { return img.Status.InMotion() || img.TaskAtWork() }

// eager is whether something is in motion that an edit of this user's moved.
func (p *pace) eager(now time.Time) bool {
	moves := false
	for id, e := range p.mine {
		if now.After(e.until) {
			delete(p.mine, id)
			continue
		}
		moves = moves || e.moving
	}
	return moves
}

// unwatched is whether nobody watches, as far as a terminal can tell.
func (p *pace) unwatched(now time.Time) bool { return !p.away.IsZero() && now.Sub(p.away) >= awayMost }

// asleep is whether there is nobody and nothing to look for.
func (p *pace) asleep(now time.Time) bool { return p.unwatched(now) && !p.eager(now) }

// pause is how long to wait after a look, where the user wants one every so
// often; open is whether the last one left a question open.
func (p *pace) pause(every time.Duration, open bool, now time.Time) time.Duration {
	longest := max(every, slowest)
	switch {
	case open, p.eager(now):
		every = min(every, soon)
	case !p.away.IsZero():
		every *= idleMost
	default:
		every *= time.Duration(min(idleMost, 1+int(now.Sub(p.stirred)/idleStep)))
	}
	for range max(p.failures, p.pages) {
		every = max(every, min(2*every, longest))
	}
	return max(every, share*p.took, min(p.asked, longestAsked))
}
