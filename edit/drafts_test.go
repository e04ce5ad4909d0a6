package edit

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

var (
	here  = api.ServiceID{Cloud: "here", Endpoint: "https://here.example"}
	there = api.ServiceID{Cloud: "there", Endpoint: "https://there.example"}
)

// What is typed while a draft is being written is written after it: the answer to
// an older version says nothing of the newest.
func TestTheNewestVersionIsWritten(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	w.types("1")
	first, more := w.Next()
	if !more {
		t.Fatal("nothing is written")
	}
	w.types("12")
	if b, more := w.Next(); more {
		t.Fatalf("written beside the first: %+v", b)
	}
	w.types("123")
	w.Took(w.run.Do(first))
	f.has(t, "1")
	w.settle()
	f.has(t, "123")
	if _, more := w.Next(); more {
		t.Error("written though it is on disk")
	}
	w.Took(DraftResults{Tag: first.Tag, Results: []DraftResult{{DraftTask: first.Tasks[0], Err: errHistory}}})
	if !w.Lasts() {
		t.Error("an answer that came twice counts twice")
	}
}

// A draft that is dropped while it is being written does not stay on disk.
func TestADraftIsDroppedWhileItIsWritten(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	w.types("1")
	first, _ := w.Next()
	w.DropDraft(active().ID)
	w.Took(w.run.Do(first))
	w.settle()
	f.has(t)
	w.types("2")
	w.DropDraft(active().ID)
	if b, more := w.Next(); more {
		t.Errorf("what was never written is to be removed: %+v", b)
	}
	if len(w.local) > 0 {
		t.Errorf("%d drafts are remembered", len(w.local))
	}
}

// After the end of the program nothing is written any more, whatever still runs.
func TestNothingIsWrittenAfterTheEnd(t *testing.T) {
	for name, then := range map[string]func(w writer, b DraftBatch){
		"begun after the end":              func(w writer, b DraftBatch) { w.run.Finish(w.Drafts); w.run.Do(b) },
		"done, and no one took the answer": func(w writer, b DraftBatch) { w.run.Do(b); w.run.Finish(w.Drafts) },
		"done and taken":                   func(w writer, b DraftBatch) { w.Took(w.run.Do(b)); w.run.Finish(w.Drafts) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFiles()
			w := newWriter(f, "a")
			w.types("old")
			b, _ := w.Next()
			w.types("new")
			then(w, b)
			f.has(t, "new")
		})
	}
}

// The end of the program waits for a writing that has begun.
func TestTheEndWaitsForTheDisk(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	w.types("old")
	b, _ := w.Next()
	begun, goOn := make(chan struct{}), make(chan struct{})
	f.writing = func() {
		f.writing = nil
		close(begun)
		<-goOn
	}
	var both sync.WaitGroup
	both.Go(func() { w.run.Do(b) })
	<-begun
	w.types("new")
	both.Go(func() { w.run.Finish(w.Drafts) })
	close(goOn)
	both.Wait()
	f.has(t, "new")
}

func TestTheEndOnADiskThatTakesNothing(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	w.types("x")
	f.err = errHistory
	w.settle()
	w.run.Finish(w.Drafts) // and it comes to an end
	if w.Lasts() || w.Failed() == nil {
		t.Error("it is said to be kept")
	}
}

// Drafts of another cloud are not offered, though the answer that has them comes
// after this one was entered.
func TestDraftsOfAnotherCloudAreNotOffered(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	w.types("mine")
	w.settle()
	delete(f.living, "a")

	w = newWriter(f, "b")
	w.Read()
	late, _ := w.Next()
	w.Enter(there)
	if news := w.Took(w.run.Do(late)); len(news) > 0 {
		t.Errorf("%+v", news)
	}
	if got := offered(w); len(got) > 0 {
		t.Errorf("offered %q", got)
	}
	if _, found := w.Draft(active().ID); found {
		t.Error("it would be opened")
	}
	w.settle()
	if got := offered(w); len(got) > 0 {
		t.Errorf("offered after reading %q", got)
	}

	// This program's own of another cloud stays, and is not mixed up with one here.
	w.types("there")
	w.Enter(here)
	w.settle()
	w.types("here")
	if d, _ := w.Draft(active().ID); d.Wanted.Name.Value != "here" || d.Service != here {
		t.Errorf("opened %q of %v", d.Wanted.Name.Value, d.Service)
	}
	w.settle()
	f.has(t, "here", "mine", "there")
}

func TestADraftOfAnEndedProgramIsTaken(t *testing.T) {
	f := newFiles()
	a := newWriter(f, "a")
	a.types("1")
	a.settle()
	before := slices.Collect(maps.Values(f.drafts))[0].Saved
	b := newWriter(f, "b")
	if got := offered(b); !slices.Equal(got, []string{"a 1"}) {
		t.Errorf("offered %q", got)
	}
	if _, found := b.TakeDraft(active().ID); found {
		t.Fatal("taken from a living program")
	}
	if id := b.Drafts.Drafts()[0].ID; b.Choose(id) {
		t.Fatal("chosen from a living program")
	}
	delete(f.living, "a")
	b.Read()
	b.settle()
	if d, found := b.TakeDraft(active().ID); !found || d.Wanted.Name.Value != "1" {
		t.Fatalf("%+v, %v", d, found)
	}
	b.settle()
	f.has(t, "1")
	if after := slices.Collect(maps.Values(f.drafts))[0]; !after.Saved.Equal(before) || owner(after.ID) != "b" {
		t.Errorf("it has %v and belongs to %s, though nothing was typed", after.Saved, owner(after.ID))
	}
	b.types("12")
	b.settle()
	f.has(t, "12")
	b.Read()
	b.settle()
	if got := offered(b); !slices.Equal(got, []string{"12"}) {
		t.Errorf("offered twice: %q", got)
	}
	b.DropDraft(active().ID)
	b.settle()
	f.has(t)
	if got := offered(b); len(got) > 0 {
		t.Errorf("offered %q", got)
	}
}

func TestTwoProgramsTakeTheSameDraft(t *testing.T) {
	for name, c := range map[string]struct {
		quick string // what the quicker one types
		ends  bool   // it ends before the other one comes
		slow  string // what that one types
		disk  []string
	}{
		"it lives":               {"12", false, "13", []string{"12", "13"}},
		"it ended":               {"12", true, "13", []string{"12", "13"}},
		"it lives and is silent": {"", false, "13", []string{"1", "13"}},
		"the slow one is silent": {"12", false, "", []string{"1", "12"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFiles()
			a := newWriter(f, "a")
			a.types("1")
			a.settle()
			delete(f.living, "a")
			slow, quick := newWriter(f, "slow"), newWriter(f, "quick")
			quick.TakeDraft(active().ID)
			if c.quick != "" {
				quick.types(c.quick)
			}
			quick.settle()
			if c.ends {
				delete(f.living, "quick")
			}
			slow.TakeDraft(active().ID)
			if c.slow != "" {
				slow.types(c.slow)
			}
			if news := slow.settle(); !slices.Contains(news, DraftTaken) {
				t.Errorf("news %v", news)
			}
			f.has(t, c.disk...)
		})
	}
}

// Another program can have gone on with a draft under the ID that it had: what is
// on disk is then not what was read, and both are kept.
func TestADraftThatWentOnIsNotOverwritten(t *testing.T) {
	f := newFiles()
	a := newWriter(f, "a")
	a.types("1")
	a.settle()
	delete(f.living, "a")
	b := newWriter(f, "b")
	for id, d := range f.drafts {
		d.Saved, d.Wanted.Name = noon.Add(time.Hour), model.Some("12")
		f.drafts[id] = d
	}
	b.TakeDraft(active().ID)
	b.types("13")
	if news := b.settle(); !slices.Contains(news, DraftContinued) {
		t.Errorf("news %v", news)
	}
	f.has(t, "12", "13")
	if got := offered(b); !slices.Equal(got, []string{"12", "13"}) {
		t.Errorf("offered %q", got)
	}
}

func TestADraftIsDiscarded(t *testing.T) {
	f := newFiles()
	a := newWriter(f, "a")
	a.types("theirs")
	a.settle()
	delete(f.living, "a")
	b := newWriter(f, "b")
	b.Read()
	reading, _ := b.Next() // from before it is discarded
	b.Discard(b.Drafts.Drafts()[0].ID)
	b.Took(b.run.Do(reading))
	if got := offered(b); len(got) > 0 {
		t.Errorf("offered %q", got)
	}
	f.err = errHistory
	if news := b.settle(); !slices.Contains(news, DraftNotDiscarded) {
		t.Errorf("news %v", news)
	}
	f.err = nil
	b.Read()
	b.settle()
	if got := offered(b); !slices.Equal(got, []string{"theirs"}) {
		t.Errorf("what could not be discarded is not offered: %q", got)
	}
	b.Discard(b.Drafts.Drafts()[0].ID)
	b.types("mine")
	b.settle()
	f.has(t, "mine")
	b.Discard(b.Drafts.Drafts()[0].ID)
	b.settle()
	f.has(t)
}

func TestAnAppliedDraftIsDiscarded(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	if w.DiscardApplied(active()) {
		t.Error("there was none")
	}
	w.types("1")
	if w.DiscardApplied(active()) {
		t.Error("it has something to change")
	}
	if !w.DiscardApplied(with(active(), func(i *model.Image) { i.Name, i.MinRAM = model.Some("1"), 512 })) {
		t.Error("it has nothing to change")
	}
	w.settle()
	f.has(t)
}

// A disk that takes nothing is said once, and asked again only when told to.
func TestAFailingDisk(t *testing.T) {
	f := newFiles()
	w := newWriter(f, "a")
	f.err = errHistory
	w.types("1")
	if news := w.settle(); !slices.Equal(news, []DraftEvent{DraftsNotSaved}) || w.Lasts() {
		t.Errorf("news %v", news)
	}
	if _, more := w.Next(); more {
		t.Error("tried again at once")
	}
	w.types("12")
	if news := w.settle(); len(news) > 0 {
		t.Errorf("said again: %v", news)
	}
	f.err = nil
	w.Retry()
	if news := w.settle(); !slices.Equal(news, []DraftEvent{DraftsSavedAgain}) || !w.Lasts() {
		t.Errorf("news %v", news)
	}
	f.has(t, "12")
}

func TestWithoutADisk(t *testing.T) {
	w := writer{Drafts: NewDrafts(false)}
	w.Enter(here)
	w.types("1")
	if _, more := w.Next(); more || w.Lasts() {
		t.Error("something is to be written")
	}
	if got := offered(w); !slices.Equal(got, []string{"1"}) || len(w.Own()) != 1 {
		t.Errorf("offered %q", got)
	}
	if !w.Choose(w.Own()[0].ID) || w.Choose("another") {
		t.Error("chosen wrongly")
	}
	w.Discard(w.Own()[0].ID)
	if len(w.Own()) != 0 || len(offered(w)) != 0 {
		t.Error("it is still there")
	}
}

// The latest of several drafts of an image is opened, and the one that was chosen
// before it.
func TestOneOfSeveralDraftsIsChosen(t *testing.T) {
	f := newFiles()
	for _, name := range []string{"1", "2", "3"} {
		w := newWriter(f, name)
		w.types(name)
		w.settle()
		delete(f.living, name)
	}
	w := newWriter(f, "a")
	if d, _ := w.Draft(active().ID); d.Wanted.Name.Value != "3" {
		t.Errorf("%q would be opened", d.Wanted.Name.Value)
	}
	byName := func(name string) string {
		for _, d := range w.Drafts.Drafts() {
			if d.Wanted.Name.Value == name {
				return d.ID
			}
		}
		return ""
	}
	w.Choose(byName("1"))
	w.Choose(byName("2"))
	w.Choose(byName("1"))
	if d, _ := w.TakeDraft(active().ID); d.Wanted.Name.Value != "1" {
		t.Errorf("%q was opened", d.Wanted.Name.Value)
	}
	w.types("1!")
	w.settle()
	f.has(t, "1!", "2", "3")
}

// TestAnythingWithDrafts has two programs share a disk in every order: keys, writes
// that are answered late or never, failing disks, deaths. Nothing that someone
// typed and did not drop is lost, and no program has two drafts of the image.
func TestAnythingWithDrafts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFiles()
		type living struct {
			writer
			name  string
			batch *DraftBatch
			typed string // the last text, of a draft that was not dropped
		}
		programs := 0
		begin := func() *living {
			programs++
			name := fmt.Sprint("p", programs)
			return &living{writer: newWriter(f, name), name: name}
		}
		p := []*living{begin(), begin()}
		typed := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			n := rapid.IntRange(0, 1).Draw(t, "program")
			w := p[n]
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0, 1:
				typed++
				w.typed = fmt.Sprint(typed)
				w.types(w.typed)
			case 2:
				w.DropDraft(active().ID)
				w.typed = ""
			case 3:
				if d, found := w.TakeDraft(active().ID); found {
					w.typed = d.Wanted.Name.Value
				}
			case 4:
				w.Read()
			case 5:
				if b, more := w.Next(); more && w.batch == nil {
					w.batch = &b
				}
			case 6:
				if w.batch != nil {
					f.err = nil
					if rapid.IntRange(0, 4).Draw(t, "fails") == 0 {
						f.err = errHistory
					}
					w.Took(w.run.Do(*w.batch))
					f.err, w.batch = nil, nil
					w.Retry()
				}
			case 7: // it ends, at any moment
				w.run.Finish(w.Drafts)
				if w.batch != nil {
					w.run.Do(*w.batch)
				}
				delete(f.living, w.name)
				p[n] = begin()
			}
		}
		for _, w := range p {
			w.run.Finish(w.Drafts)
		}
		seen, has := map[string]bool{}, map[string]string{}
		for id, d := range f.drafts {
			if other, twice := has[owner(id)]; twice && f.living[owner(id)] {
				t.Fatalf("%s has two of one image: %s and %s", owner(id), other, d.Wanted.Name.Value)
			}
			seen[d.Wanted.Name.Value], has[owner(id)] = true, d.Wanted.Name.Value
		}
		for _, w := range p {
			if w.typed != "" && !seen[w.typed] {
				t.Fatalf("%s typed %s, and on disk are %q", w.name, w.typed, f.names())
			}
		}
	})
}
