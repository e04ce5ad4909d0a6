package edit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
)

// world is an edit, the server and the history that it meets, and what was seen
// of them so far. move changes it in every way that can happen.
type world struct {
	e      Edit
	start  Edit
	server model.Image
	gone   bool
	hidden bool     // the server withholds the locations
	out    []Effect // not answered yet
	stale  []Event  // given before: a second time they change nothing
	disk   []diskEntry
	seen   seen
	// How many things may still go wrong, others may do, or the user may change
	// their mind about.
	mishaps int
	trace   []string
}

// diskEntry is the entry as the history has it.
type diskEntry struct {
	id     string
	entry  record.Entry
	ending *record.Result
}

// seen is what the invariants are checked against.
type seen struct {
	agreed    [][]byte // the bodies that were confirmed; nil without a confirmation
	journal   [][]byte // those of the entry
	journaled bool     // BeginEntry was answered
	sent      []int
	lastRead  *model.Image // the last reading that was awaited, after the last answer
	answered  int
	theirs    bool // a decision was for the others
	waited    time.Duration
}

func newWorld(e Edit, server model.Image, mishaps int) world {
	return world{e: e, start: e, server: server, mishaps: mishaps}
}

func (w world) clone() world {
	w.out, w.stale, w.disk = slices.Clone(w.out), slices.Clone(w.stale), slices.Clone(w.disk)
	w.trace, w.seen.sent = slices.Clone(w.trace), slices.Clone(w.seen.sent)
	return w
}

// move is something that can happen now.
type move struct {
	name    string
	mishaps int // what it costs
	do      func(*world) error
}

var (
	errNet     = &api.Failure{Doing: "read the image", Kind: api.FailedNetwork, Means: "no route"}
	errGone    = &api.Failure{Kind: api.FailedNotFound, Exchange: api.Exchange{Code: 404}}
	errLost    = &api.Failure{Kind: api.FailedAnswerLost, Means: "the connection broke"}
	errNo      = &api.Failure{Kind: api.FailedConflict, Exchange: api.Exchange{Code: 409, Method: "PATCH"}}
	errHistory = errors.New("the disk is full")
)

// moves are all that can happen, what is expected first.
func (w *world) moves() []move {
	var all []move
	event := func(name string, mishaps int, ev func(*world) Event) {
		all = append(all, move{name, mishaps, func(w *world) error { return w.step(ev(w)) }})
	}
	user := func(name string, mishaps int, ev Event) { event(name, mishaps, func(*world) Event { return ev }) }
	for n, eff := range w.out {
		answer := func(name string, mishaps int, ev func(*world) Event) {
			if !slices.Contains(w.e.waits[:], tagOf(eff)) {
				name += ", too late"
			}
			event(name, mishaps, func(w *world) Event {
				w.out = slices.Delete(w.out, n, n+1)
				got := ev(w)
				w.stale = append(w.stale, got)
				return got
			})
		}
		switch f := eff.(type) {
		case ReadImage:
			if w.gone {
				answer("read 404", 0, func(*world) Event { return ReadFailed{f.Tag, errGone} })
				break
			}
			answer("read", 0, func(w *world) Event { return Read{f.Tag, w.shown()} })
			answer("read fails", 1, func(*world) Event { return ReadFailed{f.Tag, errNet} })
		case BeginEntry:
			answer("journaled", 0, func(w *world) Event { return Journaled{Tag: f.Tag, ID: w.write(f.Entry)} })
			answer("not journaled", 1, func(*world) Event { return Journaled{Tag: f.Tag, Err: errHistory} })
		case EndEntry:
			answer("ended", 0, func(w *world) Event { w.end(f); return Ended{Tag: f.Tag} })
			answer("not ended", 1, func(*world) Event { return Ended{f.Tag, errHistory} })
		case Wake:
			answer("woken", 0, func(*world) Event { return Woken{f.Tag} })
		case Send:
			answer("answered", 0, func(w *world) Event { return w.process(f) })
			answer("answered, but ignored", 1, func(w *world) Event {
				return Answered{Tag: f.Tag, Image: w.server, Exchange: api.Exchange{Code: 200, Method: "PATCH"}}
			})
			answer("refused", 1, func(*world) Event { return Answered{Tag: f.Tag, Err: errNo} })
			answer("done, answer lost", 1, func(w *world) Event { w.process(f); return Answered{Tag: f.Tag, Err: errLost} })
			answer("not done, answer lost", 1, func(*world) Event { return Answered{Tag: f.Tag, Err: errLost} })
		}
	}
	switch w.e.state {
	case Reviewing:
		if w.e.plan.Sendable() && !w.e.gone {
			user("agree", 0, Agree{Words: w.e.plan.Words})
		}
		if w.e.plan.Partable {
			user("one request", 1, OneRequest{Yes: !w.e.oneRequest})
		}
		if len(w.e.plan.Words) > 0 {
			user("agree without a word", 1, Agree{})
		}
	case Deciding:
		user("mine", 0, Decide{})
		event("theirs", 0, func(w *world) Event {
			w.seen.theirs = true
			return Decide{Sides: slices.Repeat([]merge.Side{merge.SideTheirs}, len(w.e.conflicts))}
		})
	}
	if w.e.state == Rereading {
		user("back", 1, Back{})
	}
	if !w.e.state.Ended() {
		user("stop", 1, Stop{})
	}
	if row(w.e.state, onLook) != nil {
		user("look", 1, Look{})
	}
	if row(w.e.state, onHeard) != nil {
		event("heard", 1, func(w *world) Event { return Heard{Image: w.shown(), Gone: w.gone} })
	}
	if len(w.stale) > 0 {
		user("the last answer again", 1, w.stale[len(w.stale)-1])
	}
	goesOn := !w.e.state.Ended() || row(w.e.state, onLook) != nil
	for name, change := range foreign {
		if name == "someone locates it" && !w.server.LocationsShown {
			continue // no one would see it
		}
		if !w.gone && goesOn {
			all = append(all, move{name, 1, func(w *world) error {
				change(&w.server)
				w.server.UpdatedAt = w.server.UpdatedAt.Add(time.Second)
				return nil
			}})
		}
	}
	if !w.gone && goesOn {
		all = append(all, move{"someone deletes it", 1, func(w *world) error { w.gone = true; return nil }})
	}
	if !w.hidden && w.server.LocationsShown && goesOn {
		all = append(all, move{"the locations are withheld", 1, func(w *world) error { w.hidden = true; return nil }})
	}
	slices.SortStableFunc(all, func(a, b move) int {
		if a.mishaps != b.mishaps {
			return a.mishaps - b.mishaps
		}
		return strings.Compare(a.name, b.name)
	})
	return all
}

// foreign is what others do to the image.
var foreign = map[string]func(*model.Image){
	"someone renames it": func(i *model.Image) { i.Name = model.Some("theirs") },
	"someone tags it":    func(i *model.Image) { i.Tags = []string{"beefy", "theirs"} },
	"someone locates it": func(i *model.Image) {
		i.Locations = append(slices.Clone(i.Locations), model.Location{URL: "http://x/y"})
	},
	"the server fills it":  func(i *model.Image) { i.UpdatedAt = i.UpdatedAt.Add(time.Hour) },
	"someone publishes it": func(i *model.Image) { i.Visibility = model.Public },
}

// shown is the image as the server shows it.
func (w *world) shown() model.Image {
	img := w.server.Clone()
	if w.hidden {
		img.Locations, img.LocationsShown, img.LocationsWithheld = nil, false, true
	}
	return img
}

func (w *world) write(entry record.Entry) string {
	id := fmt.Sprint("entry ", len(w.disk))
	w.disk = append(w.disk, diskEntry{id: id, entry: entry})
	return id
}

func (w *world) end(f EndEntry) {
	for n := range w.disk {
		if w.disk[n].id == f.ID {
			w.disk[n].ending = &f.Ending
		}
	}
}

// process is what the server does with a request.
func (w *world) process(f Send) Event {
	after, err := w.e.rules.Apply(w.server, f.Request.Patch)
	var refused *patch.Rejection
	if errors.As(err, &refused) {
		return Answered{Tag: f.Tag, Err: &api.Failure{Exchange: api.Exchange{Code: refused.Code, Method: "PATCH"}, Detail: refused.Message}}
	}
	if w.gone {
		return Answered{Tag: f.Tag, Err: errGone}
	}
	after.UpdatedAt = after.UpdatedAt.Add(time.Minute)
	w.server = after
	if f.Request.Location != nil {
		return Answered{Tag: f.Tag, Exchange: api.Exchange{Code: 202, Method: "POST"}}
	}
	return Answered{Tag: f.Tag, Image: after, Exchange: api.Exchange{Code: 200, Method: "PATCH"}}
}

// step gives the edit an event, and holds what it does against the invariants.
func (w *world) step(ev Event) error {
	before := w.e
	after, effects := before.Step(ev)
	w.e = after
	if err := followsTable(before, after, ev, effects); err != nil {
		return err
	}
	if r, is := ev.(Read); is && before.waits[forReading] == r.Tag {
		w.seen.lastRead = &r.Image
		for _, l := range after.found.NotApplied {
			if r.Image.LocationsWithheld && l.Field.Attr == "locations" && after.state != Between && after.state != Sending {
				return fmt.Errorf("what is withheld is taken for lost: %v", l)
			}
		}
	}
	if a, is := ev.(Answered); is && before.waits[forAnswer] == a.Tag {
		w.seen.lastRead = nil
		w.seen.answered++
	}
	if _, is := ev.(Journaled); is {
		w.seen.journaled = true
	}
	switch {
	case before.state == Reviewing && after.state == Rereading && ev.kind() == onAgree:
		w.seen.agreed = bodies(before.plan)
	case after.state == Reviewing, after.state == Deciding:
		w.seen.agreed = nil
	}
	for _, f := range effects {
		if err := w.mayAsk(before, f); err != nil {
			return err
		}
		w.out = append(w.out, f)
	}
	return w.holds()
}

func bodies(p Plan) [][]byte {
	out := [][]byte{}
	for _, q := range p.Requests {
		out = append(out, q.Wire.Body)
	}
	return out
}

// followsTable: an edit goes where the table leads, and nowhere else.
func followsTable(before, after Edit, ev Event, effects []Effect) error {
	t := row(before.state, ev.kind())
	expected := ev.answers() == 0 && ev.kind() < onRead || ev.answers() != 0 && before.waits[ev.kind().slot()] == ev.answers()
	switch {
	case t == nil || !expected:
		if len(effects) > 0 || after.state != before.state || after.last != before.last {
			return fmt.Errorf("%T was not expected while %s, and led to %s with %v", ev, before.state, after.state, effects)
		}
	case !slices.Contains(t.to, after.state):
		return fmt.Errorf("%T led from %s to %s, which its row does not have", ev, before.state, after.state)
	}
	return nil
}

// mayAsk holds an effect against the invariants.
func (w *world) mayAsk(before Edit, eff Effect) error {
	switch f := eff.(type) {
	case Send:
		switch {
		case before.state != Journaling && before.state != Between:
			return fmt.Errorf("a request was sent while %s", before.state)
		case slices.Contains(w.seen.sent, f.N):
			return fmt.Errorf("request %d was sent twice", f.N)
		case f.N != len(w.seen.sent):
			return fmt.Errorf("request %d was sent after %v", f.N, w.seen.sent)
		case !w.seen.journaled:
			return errors.New("a request was sent before its entry was written")
		case slices.ContainsFunc(w.out, func(o Effect) bool { _, is := o.(Send); return is }):
			return errors.New("a request was sent while another was not answered")
		case f.N >= len(w.seen.agreed) || !bytes.Equal(f.Request.Wire.Body, w.seen.agreed[f.N]):
			return fmt.Errorf("no one agreed to %s", f.Request.Wire.Body)
		case !bytes.Equal(f.Request.Wire.Body, w.seen.journal[f.N]):
			return fmt.Errorf("the history has %s and not what is sent", w.seen.journal[f.N])
		case before.stopped:
			return errors.New("a request was sent after the user had stopped")
		}
		w.seen.sent = append(w.seen.sent, f.N)
	case BeginEntry:
		for n, at := range before.rules.Stages(f.Entry.Base, f.Entry.Requests) {
			w.seen.journal = append(w.seen.journal, before.rules.Request(at, f.Entry.Requests[n]).Body)
		}
	case Wake:
		if f.After <= 0 {
			return errors.New("a pause of nothing")
		}
		w.seen.waited += f.After
		if w.seen.waited > longest+2*timeout && !before.opts.Stay {
			return fmt.Errorf("it waits for ever: %s", w.seen.waited)
		}
	}
	return nil
}

// holds is what must be so at any time.
func (w *world) holds() error {
	e := w.e
	if !w.seen.theirs {
		if lost := merge.Compare(w.start.plan.Base, w.start.plan.Wanted, e.plan.Wanted).NotApplied; len(lost) > 0 {
			return fmt.Errorf("what was typed is lost while %s: %v", e.state, lost)
		}
	}
	awaited := func(slot int) bool { return e.waits[slot] != 0 }
	switch e.state {
	case Reviewing, Deciding:
	case Applied:
		if w.seen.lastRead == nil || len(merge.Compare(e.plan.Base, e.plan.Wanted, *w.seen.lastRead).NotApplied) > 0 {
			return errors.New("settled by no reading that shows it")
		}
	case Overwritten, Ignored, PartlyApplied, NotApplied:
		if w.seen.lastRead == nil {
			return fmt.Errorf("%s by no reading", e.state)
		}
	default:
		if !e.state.Ended() && !awaited(forReading) && !awaited(forAnswer) && !awaited(forWake) && !awaited(forJournal) {
			return fmt.Errorf("%s waits for nothing", e.state)
		}
	}
	if e.state.Ended() && (awaited(forReading) || awaited(forAnswer) || awaited(forWake) || awaited(forJournal)) {
		return fmt.Errorf("%s, and still something is awaited: %v", e.state, e.waits)
	}
	for slot, tag := range e.waits {
		if tag != 0 && !slices.ContainsFunc(w.out, func(f Effect) bool { return tagOf(f) == tag }) {
			return fmt.Errorf("%s waits for an answer of kind %d that no one will give", e.state, slot)
		}
	}
	if e.state.Ended() && !e.Awaits() {
		return w.endedWell()
	}
	return nil
}

func tagOf(f Effect) Tag {
	switch f := f.(type) {
	case ReadImage:
		return f.Tag
	case BeginEntry:
		return f.Tag
	case EndEntry:
		return f.Tag
	case Send:
		return f.Tag
	case Wake:
		return f.Tag
	}
	return 0
}

// endedWell: what the history says is what became of the edit.
func (w *world) endedWell() error {
	if (len(w.seen.sent) == 0) != (w.e.state == Withdrawn) {
		return fmt.Errorf("%s, and sent were %v", w.e.state, w.seen.sent)
	}
	entries := w.disk
	if w.e.journal.err != nil { // which is said
		entries = nil
	}
	for _, d := range entries {
		if d.ending == nil {
			return fmt.Errorf("%s, and the entry was not ended", w.e.state)
		}
		want := outcomes[w.e.state]
		if w.e.mayYetBeDone() && (w.e.state == NotApplied || w.e.state == PartlyApplied) {
			want = []record.Outcome{record.OutcomeOpen}
		}
		if !slices.Contains(want, d.ending.Outcome) {
			return fmt.Errorf("%s, and the entry says %q", w.e.state, d.ending.Outcome)
		}
		if answers := len(d.ending.Responses); answers != w.seen.answered {
			return fmt.Errorf("the entry has %d of %d answers", answers, w.seen.answered)
		}
	}
	return nil
}

// outcomes are what the history may say in each end.
var outcomes = map[State][]record.Outcome{
	Applied:       {record.OutcomeApplied},
	Rejected:      {record.OutcomeRejected},
	NotApplied:    {record.OutcomeNotApplied},
	PartlyApplied: {record.OutcomePartlyApplied},
	Overwritten:   {record.OutcomeOverwritten},
	Ignored:       {record.OutcomePartlyApplied, record.OutcomeNotApplied},
	Deleted:       {record.OutcomeDeleted},
	Unknown:       {record.OutcomeOpen, record.OutcomeApplied},
	Withdrawn:     {record.OutcomeNotApplied},
}

// crash is the program's end at this moment: what the history has must be
// enough to find out later what became of the edit.
func (w *world) crash() error {
	if len(w.seen.sent) == 0 {
		return nil
	}
	if len(w.disk) == 0 {
		if w.e.journal.err == nil {
			return errors.New("a request was sent that the history does not have")
		}
		return nil
	}
	d := w.disk[len(w.disk)-1]
	if len(d.entry.Requests) < len(w.seen.sent) || d.entry.Base.ID != w.server.ID {
		return errors.New("the history has another edit")
	}
	if lost := merge.Compare(w.start.plan.Base, w.start.plan.Wanted, d.entry.Wanted).NotApplied; len(lost) > 0 && !w.seen.theirs {
		return fmt.Errorf("the entry does not hold what was typed: %v", lost)
	}
	if d.ending != nil && d.ending.Outcome == record.OutcomeRejected && len(w.seen.sent) > 1 {
		return errors.New("the history says refused of an edit whose first request was applied")
	}
	return nil
}
