package response

import (
	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/record"
)

// outcome is what is known of the edit.
type outcome int

const (
	sending  outcome = iota // no response yet
	accepted                // applied, by the response or by a reading after a lost one
	refused                 // the server said no and changed nothing
	unknown                 // it failed, and what holds is being read
	notDone                 // it failed, and nothing of it was applied
	partly                  // it failed, and some of it was applied
)

func (r *Response) outcome() outcome {
	e := r.edit()
	switch {
	case e.State() < edit.Verifying:
		return sending
	case e.Accepted():
		return accepted
	case e.State() == edit.Rejected:
		return refused
	case !e.Checked():
		return unknown
	}
	switch e.Found().Outcome() {
	case record.OutcomeNotApplied:
		return notDone
	case record.OutcomeOpen: // what is not shown may or may not have been changed
		return unknown
	}
	return partly
}

func (r *Response) sending() bool { return r.outcome() == sending }

func (r *Response) base() model.Image { return r.edit().Plan().Base }

// image is as it was last read.
func (r *Response) image() model.Image { return r.edit().Image() }

// requests are those of the edit and what came back.
func (r *Response) requests() []edit.Attempt { return r.edit().Attempts() }

// request is the one that was sent last.
func (r *Response) request() *edit.Attempt { return &r.requests()[r.edit().At()] }

// failure is why that one failed; nil when it did not.
func (r *Response) failure() *api.Failure { return r.edit().Failure() }

// several reports whether the edit is more than one request.
func (r *Response) several() bool { return r.edit().Plan().Several() }

// calls reports whether the last of the requests adds a location by a call of its own.
func (r *Response) calls() bool { return r.edit().Plan().Calls() }

// between reports whether the image is read between two requests.
func (r *Response) between() bool { return r.edit().State() == edit.Between }

// ignored is what of an accepted edit no response showed either, and overwritten
// what another edit took away.
func (r *Response) ignored() []merge.Change { ignored, _ := r.lost(); return ignored }

func (r *Response) overwritten() []merge.Change { _, overwritten := r.lost(); return overwritten }

func (r *Response) lost() (ignored, overwritten []merge.Change) {
	if !r.edit().Checked() || r.edit().Gone() {
		return nil, nil
	}
	return r.edit().Lost()
}

// overwrittenByOthers reports whether another edit took away what the server had accepted.
func (r *Response) overwrittenByOthers() bool { return len(r.overwritten()) > 0 }

// fruitless reports whether the server accepted the edit and did not apply all of it.
func (r *Response) fruitless() bool { return len(r.ignored()) > 0 }

// missing reports whether something of an accepted edit is not there.
func (r *Response) missing() bool { return r.overwrittenByOthers() || r.fruitless() }

// erased is what of others' edits this one overwrote.
func (r *Response) erased() []merge.Change { erased, _ := r.edit().Erased(); return erased }

// overwrote reports whether this edit took another one's away.
func (r *Response) overwrote() bool { return len(r.erased()) > 0 }
