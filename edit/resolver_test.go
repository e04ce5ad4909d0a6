package edit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
)

// openFor is an entry without a response, of that age, of an edit that renamed an
// image and gave it memory.
func openFor(age time.Duration) (entry record.Entry, before, after model.Image) {
	before = active()
	after = with(before, func(i *model.Image) { rename(i); i.MinRAM = 512 })
	return record.Entry{ID: "here/" + age.String(), StartedAt: noon.Add(-age), Base: before, Wanted: after}, before, after
}

// read gives the resolver an answer to the reading that it asked for, and what it
// asks for then.
func (r Resolver) read(t *testing.T, ev func(Tag) Event) (Resolver, []Effect) {
	t.Helper()
	if r.Rests() {
		t.Fatal("nothing is being read")
	}
	return r.Step(ev(r.waits))
}

func shows(img model.Image) func(Tag) Event {
	return func(tag Tag) Event { return Read{Tag: tag, Image: img} }
}

func fails(err error) func(Tag) Event {
	return func(tag Tag) Event { return ReadFailed{Tag: tag, Err: err} }
}

func TestResolver(t *testing.T) {
	_, before, after := openFor(0)
	part := with(before, rename)
	third := with(before, func(i *model.Image) { i.Name, i.MinRAM = model.Some("theirs"), 1024 })
	const young, old = mayStillCome - time.Second, mayStillCome
	for name, c := range map[string]struct {
		age     time.Duration
		reads   func(Tag) Event
		outcome record.Outcome // open: not resolved
		pending bool
	}{
		"applied":              {young, shows(after), record.OutcomeApplied, false},
		"applied, and old":     {old, shows(after), record.OutcomeApplied, false},
		"not applied yet":      {young, shows(before), "", true},
		"not applied":          {old, shows(before), record.OutcomeNotApplied, false},
		"a part as yet":        {young, shows(part), "", true},
		"a part":               {old, shows(part), record.OutcomePartlyApplied, false},
		"someone else's":       {old, shows(third), "", false},
		"deleted":              {young, fails(errGone), record.OutcomeDeleted, false},
		"it could not be read": {old, fails(errNet), "", false},
	} {
		t.Run(name, func(t *testing.T) {
			entry, _, _ := openFor(c.age)
			r, effects := NewResolver([]record.Entry{entry}, noon)
			if len(effects) != 1 || effects[0] != (ReadImage{Tag: r.waits, ID: entry.Base.ID}) {
				t.Fatalf("begins with %+v", effects)
			}
			r, effects = r.read(t, c.reads)
			var ended []EndEntry
			wakes := 0
			for _, f := range effects {
				switch f := f.(type) {
				case EndEntry:
					ended = append(ended, f)
				case Wake:
					wakes++
				default:
					t.Errorf("asks for %+v", f)
				}
			}
			if (wakes == 1) != c.pending || len(r.Pending()) != wakes || !r.Rests() {
				t.Errorf("pending: %+v, %d pauses", r.Pending(), wakes)
			}
			if c.outcome == record.OutcomeOpen {
				if len(ended)+len(r.Resolved()) > 0 {
					t.Errorf("resolved: %+v", ended)
				}
				return
			}
			if len(ended) != 1 || len(r.Resolved()) != 1 || ended[0].ID != entry.ID {
				t.Fatalf("ended %+v", ended)
			}
			e := ended[0].Ending
			if e.Outcome != c.outcome || !e.Resolved || (e.After == nil) != (c.outcome == record.OutcomeDeleted) || r.Resolved()[0].Outcome != c.outcome {
				t.Errorf("ended as %+v", e)
			}
		})
	}
}

// What may still come is read every minute, until it is there or too old.
func TestResolverReadsAgain(t *testing.T) {
	young, before, after := openFor(mayStillCome - 90*time.Second)
	younger, _, _ := openFor(time.Second)
	old, _, _ := openFor(time.Hour)
	r, _ := NewResolver([]record.Entry{old, young, younger}, noon)
	r, _ = r.read(t, shows(before))
	r, _ = r.read(t, shows(before))
	if len(r.Resolved()) != 1 {
		t.Errorf("resolved %+v", r.Resolved())
	}
	r, effects := r.read(t, shows(before))
	for round := range 2 {
		wake, is := effects[len(effects)-1].(Wake)
		if !is || wake.After != resolvePause || len(r.Pending()) != 2 {
			t.Fatalf("round %d: %+v, pending %+v", round, effects, r.Pending())
		}
		if r, _ = r.Step(Woken{Tag: wake.Tag}); len(r.Resolved()) > 0 {
			t.Errorf("resolved in the round before: %+v", r.Resolved())
		}
		r, _ = r.read(t, shows(before))
		if round == 0 {
			r, effects = r.read(t, shows(before))
		}
	}
	if len(r.Resolved()) != 1 || r.Resolved()[0].ID != young.ID || r.Resolved()[0].Outcome != record.OutcomeNotApplied {
		t.Errorf("after %s: %+v", mayStillCome+30*time.Second, r.Resolved())
	}
	r, effects = r.read(t, shows(after))
	if got := r.Resolved(); len(got) != 2 || got[1].Outcome != record.OutcomeApplied || len(r.Pending()) > 0 {
		t.Errorf("resolved %+v, pending %+v", got, r.Pending())
	}
	if _, ends := effects[0].(EndEntry); len(effects) != 1 || !ends {
		t.Errorf("it goes on: %+v", effects)
	}
}

// An entry that this program left open is found out about with the next round,
// once, whatever the resolver is at.
func TestResolverTakesWhatIsLeftOpen(t *testing.T) {
	entry, before, after := openFor(time.Hour) // its age does not matter
	other, _, _ := openFor(time.Second)
	reads, _ := NewResolver([]record.Entry{other}, noon)
	rests, _ := reads.read(t, shows(before))
	over, _ := reads.read(t, shows(after))
	for name, r := range map[string]Resolver{"reads": reads, "rests": rests, "over": over, "empty": {}} {
		waits := r.waits
		r, effects := r.Add(entry)
		if again, more := r.Add(entry); len(more) > 0 || len(again.Pending()) != len(r.Pending()) {
			t.Errorf("%s: taken twice", name)
		}
		if (len(effects) == 1) != (waits == 0) || len(effects) == 1 && effects[0] != (Wake{Tag: r.waits, After: resolvePause}) {
			t.Fatalf("%s: asks for %+v", name, effects)
		}
		for range 10 { // it is not too old after a minute
			if !r.Rests() {
				r, _ = r.read(t, shows(before))
			}
			r, _ = r.Step(Woken{Tag: r.waits})
		}
		for !r.Rests() {
			r, _ = r.read(t, shows(after))
		}
		isIt := func(e record.Entry) bool { return e.ID == entry.ID && e.Outcome == record.OutcomeApplied }
		if !slices.ContainsFunc(r.Resolved(), isIt) || len(r.Pending()) > 0 {
			t.Errorf("%s: %d resolved, %d pending", name, len(r.Resolved()), len(r.Pending()))
		}
	}
}

func TestResolverLeavesAlone(t *testing.T) {
	for name, change := range map[string]func(*record.Entry){
		"what has its outcome":               func(e *record.Entry) { e.Outcome = record.OutcomeRejected },
		"what a living program is at":        func(e *record.Entry) { e.OwnedBy = "process 7" },
		"what is too large to be told apart": func(e *record.Entry) { e.Abbreviated = true },
	} {
		entry, _, _ := openFor(time.Hour)
		change(&entry)
		if r, effects := NewResolver([]record.Entry{entry}, noon); len(effects) > 0 || !r.Rests() {
			t.Errorf("%s: %+v", name, effects)
		}
	}
	entry, _, _ := openFor(time.Hour)
	if r, _ := NewResolver(slices.Repeat([]record.Entry{entry}, 2*mostResolved), noon); len(r.open) != mostResolved {
		t.Errorf("%d images are read", len(r.open))
	}
}

// Every event in every state: what is not awaited changes nothing.
func TestResolverTakesOnlyWhatItAwaits(t *testing.T) {
	entry, before, after := openFor(0)
	reads, _ := NewResolver([]record.Entry{entry}, noon)
	rests, _ := reads.Step(Read{Tag: reads.waits, Image: before})
	over, _ := reads.Step(Read{Tag: reads.waits, Image: after})
	for name, r := range map[string]Resolver{"reads": reads, "rests": rests, "over": over, "empty": {}} {
		for _, tag := range []Tag{0, r.waits - 1, r.waits + 1, 99} {
			for _, ev := range []Event{
				Read{Tag: tag, Image: after}, ReadFailed{Tag: tag, Err: errGone}, Woken{Tag: tag}, Ended{Tag: tag}, Stop{}, Agree{},
			} {
				if ev.kind() < onRead && r.waits != 0 || tag == r.waits && tag != 0 {
					continue
				}
				next, effects := r.Step(ev)
				if len(effects) > 0 || fmt.Sprint(next) != fmt.Sprint(r) {
					t.Errorf("%s: %T with tag %d changes it", name, ev, tag)
				}
			}
		}
	}
}

// archive is a service and a history that say what they are told to.
type archive struct {
	server

	get func() (model.Image, error)
	end error
	has []record.Result
}

func (a *archive) Get(context.Context, string) (model.Image, error) { return a.get() }

func (a *archive) End(_ string, e record.Result) error {
	a.has = append(a.has, e)
	return a.end
}

// A command makes one round, and does not wait for what may still come.
func TestResolveIsOneRound(t *testing.T) {
	entry, before, after := openFor(time.Second)
	for name, c := range map[string]struct {
		shows                   model.Image
		err, end                error
		resolved, pending, ends int
	}{
		"applied":               {after, nil, nil, 2, 0, 2},
		"not yet":               {before, nil, nil, 0, 2, 0},
		"unread":                {before, errNet, nil, 0, 0, 0},
		"not to be written":     {after, nil, errHistory, 2, 0, 2},
		"the image was deleted": {before, errGone, nil, 2, 0, 2},
	} {
		a := &archive{end: c.end, get: func() (model.Image, error) { return c.shows, c.err }}
		r := Handler{Service: a, Keeper: a, Now: func() time.Time { return noon }}
		found, err := r.Resolve(t.Context(), []record.Entry{entry, entry})
		if len(found.Resolved()) != c.resolved || len(found.Pending()) != c.pending || len(a.has) != c.ends || !errors.Is(err, c.end) {
			t.Errorf("%s: %d resolved, %d pending, %d written, %v", name, len(found.Resolved()), len(found.Pending()), len(a.has), err)
		}
	}
	if found, err := (Handler{}).Resolve(t.Context(), nil); err != nil || !found.Rests() {
		t.Errorf("nothing to do: %v", err)
	}
}
