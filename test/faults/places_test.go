package faults

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	inject "github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/test/summary"
)

var tried atomic.Int32 // faults, each at one place

func TestMain(m *testing.M) {
	code := m.Run()
	if n := tried.Load(); n > 0 {
		if err := summary.Add("faults tried: %d (%d kinds of fault at %d places of the program)", n, len(inject.Kinds()), len(places)); err != nil {
			fmt.Println(err)
		}
	}
	os.Exit(code)
}

// The rows are about every kind of fault.
func TestRowsAreWhole(t *testing.T) {
	about := map[string]bool{}
	for _, r := range Rows() {
		f, err := inject.Parse(r.Fault)
		if err != nil {
			t.Errorf("%s: %v", r.Fault, err)
		}
		about[f.Kind] = true
		if r.Refused && r.Done || r.Retry && r.Read == "" {
			t.Errorf("%s contradicts itself", r.Fault)
		}
	}
	for _, k := range inject.Kinds() {
		if !about[k.Name] {
			t.Errorf("no row is about %s", k.Name)
		}
	}
}

// places are the moments at which a fault can strike.
var places = []struct {
	name string
	play func(t *testing.T, r Row)
}{
	{"while listing", whileListing},
	{"behind the first page", behindTheFirstPage},
	{"while opening", whileOpening},
	{"on the fresh read", onTheFreshRead},
	{"on the edit", onTheEdit},
	{"on the reading after it", afterTheEdit},
	{"while watching", whileWatching},
}

func TestEachFaultAtEachPlace(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			for _, r := range Rows() {
				t.Run(r.Fault, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) { place.play(t, r) })
					tried.Add(1)
				})
			}
		})
	}
}

// list is what the screen says of a list.
func (r Row) list() string {
	switch r.Lists {
	case "":
		return r.Read
	case "-":
		return ""
	}
	return r.Lists
}

const (
	theList  = "Fedora 17"
	theForm  = "Edit Fedora 17"
	pictured = "Fedora 17!" // what is typed
)

func whileListing(t *testing.T, r Row) {
	p := play(t, settings{}, "list:"+r.Fault)
	switch {
	case r.Waits:
		p.until("Loading images")
	case r.list() != "":
		p.until("Could not read the list", r.list(), "you can", "ctrl+r")
	case strings.HasPrefix(r.Fault, "fields-wrong"):
		p.until("64 images", `{"text":17}`) // as it came
	case strings.HasPrefix(r.Fault, "fields-missing"), strings.HasPrefix(r.Fault, "fields-null"):
		p.until("64 images", "0143557d-3c38") // nothing but the ids are known
	default:
		p.until(theList)
	}
	p.fault()
	p.press("ctrl+r")
	p.until(theList)
	if r.Retry {
		p.fault("list:" + r.Fault + "@1-2")
		p.press("ctrl+r")
		p.untilSo("is read again", func() bool { return p.server.Faults().Arrived("list") > 5 })
		if p.says("Could not") || p.says("ctrl+r: retry") {
			t.Errorf("a fault that passes is noticed:\n%s", p.screen())
		}
	}
}

// behindTheFirstPage lets the walk for the hidden images fail: what was read
// stays and is worked with.
func behindTheFirstPage(t *testing.T, r Row) {
	p := play(t, settings{}, "list:"+r.Fault+"@2-")
	p.until(theList)
	if r.list() != "" {
		p.until("▲", "ctrl+r: retry")
	}
	p.has(theList)
	p.form()
	p.has(theForm)
}

func whileOpening(t *testing.T, r Row) {
	p := play(t, settings{})
	p.pick()
	p.press("enter")
	p.until("▸Overview")
	p.fault("get:" + r.Fault)
	p.press("ctrl+r")
	switch {
	case r.Fault == "404":
		p.until("was deleted")
	case r.Waits:
		p.until("esc")
	case r.Read != "":
		p.until("Could not read the image", r.Read, "you can")
	case r.Odd:
		p.untilSo("is read", func() bool { return p.server.Faults().CarriedOut("get") == 1 })
	}
	p.fault()
	p.press("ctrl+r")
	if r.Fault != "404" {
		p.untilGone("Could not read")
		p.until("Fedora 17")
	}
	p.press("esc")
	if r.Fault == "404" { // until the list is read again
		p.until("None of the 63 images")
		p.press("ctrl+r")
	}
	p.until("STATUS")
}

// pick chooses the image of the stories in the list.
func (p *player) pick() {
	p.Helper()
	p.until(theList, "STATUS")
	p.press("/")
	p.typed(`id:` + "da3b75d9")
	p.until("▸ ◌ queued Fedora 17")
	p.press("enter")
}

// form opens the form and types something.
func (p *player) form() {
	p.Helper()
	p.pick()
	p.press("e")
	p.until(theForm)
	p.typed("!")
	p.until("1 operation")
}

// review goes on to the review.
func (p *player) review() {
	p.Helper()
	p.press("ctrl+s")
	p.until("Review Fedora 17", "rename")
}

func onTheFreshRead(t *testing.T, r Row) {
	p := play(t, settings{})
	p.form()
	p.review()
	p.fault("get:" + r.Fault)
	p.press("enter")
	switch {
	case r.Fault == "404":
		p.until("This image was deleted", "your input is kept")
		p.press("esc")
		p.until("Fedora 17!")
		p.sentNothing()
		return
	case r.Waits:
		p.until("Checking the image before sending")
		p.press("esc")
		p.until("Canceled. Nothing was sent.")
	case r.Read != "":
		p.until("Could not read the image", r.Read, "you can", "enter: try again")
	case r.Odd:
		p.untilSo("says what changed", func() bool { return p.says("unresolved") || p.says("This image has changed") })
	default:
		p.until("200 OK")
		p.applied(true)
		return
	}
	p.sentNothing()
	p.fault()
	p.press("esc")
	p.until("ctrl+s review and send", pictured)
	p.press("ctrl+s")
	if !r.Odd {
		p.until("Review", "enter: send")
		p.press("enter")
	}
	p.untilSo("is sent", func() bool {
		switch { // the image is as it was: that is a change as well
		case r.Odd && p.says("unresolved"):
			p.press("m")
		case r.Odd && p.says("Request preview") && p.says("ctrl+s review and send"): // it was read again
			p.press("ctrl+s")
		case r.Odd && (p.says("Merge") || p.says("enter: send")):
			p.press("enter")
		}
		return p.says("200 OK")
	})
	p.applied(true)
}

// sentNothing: no edit has come to the service.
func (p *player) sentNothing() {
	p.Helper()
	if n := p.server.Faults().Arrived("patch"); n != 0 {
		p.Errorf("%d edits came to the service", n)
	}
}

// carriedOut: one edit came to the service, which has its effect or not.
func (p *player) applied(done bool) {
	p.Helper()
	if n := p.server.Faults().Arrived("patch"); n != 1 {
		p.Errorf("%d edits came to the service", n)
	}
	if name := p.name(); (name == pictured) != done {
		p.Errorf("the service calls it %q", name)
	}
}

func onTheEdit(t *testing.T, r Row) {
	p := play(t, settings{})
	p.form()
	p.review()
	p.fault("patch:" + r.Fault)
	p.press("enter")
	if r.Waits {
		p.until("Sending 1 operation")
		p.untilSo("is sent", func() bool { return p.server.Faults().Arrived("patch") == 1 })
		if r.Done {
			p.untilSo("is applied", func() bool { return p.server.Faults().CarriedOut("patch") == 1 })
		}
		p.press("esc")
	}
	switch {
	case r.Write == "":
		p.until("200 OK")
	case r.Refused:
		p.until("nothing was changed", r.Write, "you can")
	case r.Ignored:
		p.until("200 OK", r.Write, "saved as a draft")
		p.applied(false)
		return
	case r.Done:
		p.until("applied nevertheless")
		switch doubt := p.says(inDoubt); {
		case doubt:
			p.Errorf("%s is said of an edit that was seen to be applied", inDoubt)
		case r.Write != inDoubt:
			p.until(r.Write)
		}
	default:
		p.until("not applied", r.Write, "you can")
	}
	p.applied(r.Done)
	if r.Done {
		p.press("esc")
		p.until("STATUS")
		if r.Odd { // the answer had no time, and the list takes nothing that may be older
			p.press("ctrl+r")
		}
		p.until(pictured)
		return
	}
	// Nothing that was typed is lost, and it can be sent again.
	p.has("Your input is kept")
	p.press("esc")
	p.until(theForm, pictured, "1 operation")
	if r.Waits { // the first edit must be over before a second one
		return
	}
	p.review()
	p.press("enter")
	p.until("200 OK")
	if n, name := p.server.Faults().Arrived("patch"), p.name(); n != 2 || name != pictured {
		p.Errorf("after a second edit (%d) it is called %q", n, name)
	}
}

// afterTheEdit loses the answer of an edit, and lets the reading that would
// tell what became of it go wrong.
func afterTheEdit(t *testing.T, r Row) {
	p := play(t, settings{})
	p.form()
	p.review()
	p.fault("patch:drop-after", "get:"+r.Fault+"@2-")
	p.press("enter")
	switch {
	case r.Fault == "404":
		p.until("This image was deleted while your edit was in progress")
		p.applied(true)
		return
	case r.Waits:
		p.until("checking the image")
		p.until("current state unknown", "Press ctrl+r to read the image again") // the client gives up in the end
	case r.Read != "":
		p.until("current state unknown", "Could not read the image", r.Read, "Press ctrl+r to read the image again")
	case r.Odd && r.Fault != "fields-unknown":
		p.until("no response")
	default:
		p.until("applied nevertheless")
		p.applied(true)
		return
	}
	if (p.says("applied nevertheless") || p.says("not applied")) && !r.Odd {
		t.Errorf("it claims to know:\n%s", p.screen())
	}
	p.fault()
	p.press("ctrl+r")
	p.until("applied nevertheless")
	p.applied(true)
}

func whileWatching(t *testing.T, r Row) {
	p := play(t, settings{refresh: 20 * time.Millisecond})
	p.until(theList)
	p.untilSo("is watched", func() bool { return p.server.Faults().Arrived("watch") > 0 })
	before := p.server.Faults().Arrived("watch")
	p.fault("watch:" + r.Fault)
	if r.list() != "" {
		p.until("▲", "retrying")
		p.has(theList)
		p.fault()
		if strings.Contains(r.Fault, "retry-a") {
			p.until("retrying at") // when the server wants it, or when the user does
			p.press("ctrl+r")
		}
		if strings.Contains(r.Fault, "huge") {
			p.press("ctrl+r") // a look that took long is not made again soon
		}
		p.untilGone("retrying")
		p.has(theList)
		return
	}
	p.untilSo("is watched", func() bool { return p.server.Faults().Arrived("watch") > before })
	p.fault()
	p.form() // and the rest works all the while
	p.has(theForm)
}
