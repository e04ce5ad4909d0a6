package client

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model/api"
)

// ended is how a request ends that a fault strikes each time: "" is well.
type ended struct {
	kind  api.FailureKind
	means string
}

var well = ended{}

const (
	// noAnswers are the requests of a read that is given up: one and three more.
	noAnswers = 4
	twice     = 2 // one, and another after a login
)

// underFaults says of each fault what reading an image and sending an edit come
// to, and how many requests the server counts for them.
var underFaults = map[string]struct {
	read    ended
	reads   int
	write   ended
	writes  int  // twice only after a 401
	carried bool // the edit
}{
	"delay=20ms":     {well, 1, well, 1, true},
	"hang":           {ended{api.FailedNetwork, "stopped responding"}, 1, ended{api.FailedAnswerLost, "No response arrived for"}, 1, false},
	"drop-before":    {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, false},
	"drop-after":     {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"drop-head":      {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"drop-during":    {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"drop-late":      {well, 1, well, 1, true},
	"stall":          {ended{api.FailedNetwork, "stopped responding"}, 1, ended{api.FailedAnswerLost, "No response arrived for"}, 1, true},
	"slow=20ms":      {well, 1, well, 1, true},
	"truncate":       {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"garbage":        {ended{api.FailedNotAnImage, "not one that an Image service sends"}, 1, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"mark":           {well, 1, well, 1, true},
	"ignore":         {well, 1, well, 1, false},
	"empty":          {ended{api.FailedNetwork, "was lost before the response"}, noAnswers, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"html":           {ended{api.FailedNotAnImage, "not JSON"}, 1, ended{api.FailedAnswerLost, "this may not be an Image service; the edit may"}, 1, false},
	"html,after":     {ended{api.FailedNotAnImage, "not JSON"}, 1, ended{api.FailedAnswerLost, "this may not be an Image service; the edit may"}, 1, true},
	"type":           {ended{api.FailedNotAnImage, "not JSON"}, 1, ended{api.FailedAnswerLost, "this may not be an Image service; the edit may"}, 1, true},
	"type=-":         {ended{api.FailedNotAnImage, "not JSON"}, 1, ended{api.FailedAnswerLost, "this may not be an Image service; the edit may"}, 1, true},
	"redirect":       {well, 2, ended{api.FailedConfigured, "redirects to another address"}, 1, false},
	"redirect-loop":  {ended{api.FailedConfigured, "redirects"}, maxRedirects + 1, ended{api.FailedConfigured, "redirects"}, 1, false},
	"huge=17MiB":     {ended{api.FailedNotAnImage, "too large"}, 1, ended{api.FailedAnswerLost, "too large"}, 1, true},
	"huge=1MiB":      {well, 1, well, 1, true},
	"endless":        {well, 1, well, 1, true}, // see TestListsWithoutAnEnd
	"endless-new":    {well, 1, well, 1, true},
	"other-image":    {ended{api.FailedNotAnImage, "a different image"}, 1, ended{api.FailedAnswerLost, "a different image"}, 1, true},
	"fields-missing": {well, 1, well, 1, true},
	"fields-null":    {well, 1, well, 1, true},
	"fields-wrong":   {well, 1, well, 1, true},
	"fields-unknown": {well, 1, well, 1, true},
	// Without an id it is no image.
	"fields-missing=id": {ended{api.FailedNotAnImage, "not one that"}, 1, ended{api.FailedAnswerLost, "may or may not"}, 1, true},
	"401":               {ended{api.FailedAuth, "does not accept the token"}, twice, ended{api.FailedAuth, "does not accept the token"}, twice, false},
	"401@1":             {well, twice, well, twice, true},
	"403":               {ended{api.FailedForbidden, ""}, 1, ended{api.FailedForbidden, ""}, 1, false},
	"404":               {ended{api.FailedNotFound, ""}, 1, ended{api.FailedNotFound, ""}, 1, false},
	"408":               {ended{api.FailedBadRequest, "waited too long"}, noAnswers, ended{api.FailedBadRequest, "waited too long"}, 1, false},
	"409":               {ended{api.FailedConflict, ""}, 1, ended{api.FailedConflict, ""}, 1, false},
	"413":               {ended{api.FailedQuota, "larger than the server or a proxy takes"}, 1, ended{api.FailedQuota, ""}, 1, false},
	"429":               {ended{api.FailedBadRequest, "too many requests"}, noAnswers, ended{api.FailedBadRequest, "too many requests"}, 1, false},
	// A time to wait that is too long is left to the user.
	"429,retry-after=3600": {ended{api.FailedBadRequest, "too many requests"}, 1, ended{api.FailedBadRequest, "too many requests"}, 1, false},
	"500":                  {ended{api.FailedServer, "failed at it"}, noAnswers, ended{api.FailedServer, "failed at it"}, 1, false},
	"500,after":            {ended{api.FailedServer, "failed at it"}, noAnswers, ended{api.FailedServer, "failed at it"}, 1, true},
	"502":                  {ended{api.FailedServer, "proxy"}, noAnswers, ended{api.FailedAnswerLost, "proxy"}, 1, false},
	"502,html,after":       {ended{api.FailedServer, "proxy"}, noAnswers, ended{api.FailedAnswerLost, "proxy"}, 1, true},
	"503":                  {ended{api.FailedServer, "overloaded"}, noAnswers, ended{api.FailedServer, "overloaded"}, 1, false},
	"503,retry-at=3600":    {ended{api.FailedServer, "overloaded"}, 1, ended{api.FailedServer, "overloaded"}, 1, false},
	"504":                  {ended{api.FailedServer, "took longer"}, noAnswers, ended{api.FailedAnswerLost, "took longer"}, 1, false},
	"504,after":            {ended{api.FailedServer, "took longer"}, noAnswers, ended{api.FailedAnswerLost, "took longer"}, 1, true},
}

// fault sets what goes wrong from now on.
func fault(t *testing.T, s *demo.Server, texts ...string) {
	t.Helper()
	var list []faults.Fault
	for _, text := range texts {
		f, err := faults.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	s.Faults().Set(list...)
}

func (e ended) check(t *testing.T, what string, err error) {
	t.Helper()
	if e == well {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		return
	}
	if err == nil {
		t.Errorf("%s went well", what)
		return
	}
	failed(t, err, e.kind, e.means)
}

// Under every fault a read is repeated where that may help, a write is sent
// once – the server counts –, and what failed is explained.
func TestEachFault(t *testing.T) {
	covered := map[string]bool{}
	for text := range underFaults {
		name, _, _ := strings.Cut(text, ",")
		name, _, _ = strings.Cut(name, "@")
		name, _, _ = strings.Cut(name, "=")
		covered[name] = true
	}
	for _, k := range faults.Kinds() {
		if !covered[k.Name] {
			t.Errorf("nobody says what the client makes of %s", k.Name)
		}
	}
	for text, want := range underFaults {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			demoCloud := startCloud(t, demo.Options{})
			o := demoCloud.options(demoCloud.openrc())
			c, err := Connect(background(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			img := queued(t, c)
			if text == "hang" || text == "stall" { // only what goes wrong is given up soon
				c.patience.read, c.patience.write = time.Second, time.Second
			}
			count := demoCloud.server.Faults()
			counted := func(place string, want int) {
				t.Helper()
				if n := count.Arrived(place); n != want {
					t.Errorf("the server counts %d requests of the kind %s, want %d", n, place, want)
				}
			}

			fault(t, demoCloud.server, "get:"+text)
			_, err = c.Get(background(), img.ID)
			want.read.check(t, "read", err)
			if text == "drop-before" || text == "drop-after" {
				// net/http repeats a read by itself where a connection that was used
				// before is cut without a byte.
				if n := count.Arrived("get"); n < noAnswers || n > 2*noAnswers {
					t.Errorf("%d reads", n)
				}
			} else {
				counted("get", want.reads)
			}

			fault(t, demoCloud.server, "patch:"+text)
			_, ex, err := c.Patch(background(), img.ID, rename)
			want.write.check(t, "write", err)
			counted("patch", want.writes)
			if want.writes > 1 && ex.Code == 200 != want.carried {
				t.Errorf("status %d", ex.Code)
			}
			fault(t, demoCloud.server)
			c.patience = impatient
			now, err := c.Get(background(), img.ID)
			if err != nil || (now.Name.Value == "x") != want.carried {
				t.Errorf("afterwards it is called %q (%v)", now.Name.Value, err)
			}
			if want.carried && count.CarriedOut("patch") != 1 || !want.carried && count.CarriedOut("patch") != 0 {
				t.Errorf("the server carried %d edits out", count.CarriedOut("patch"))
			}
		})
	}
}

// A fault that passes is not noticed: the read is repeated until it goes well.
func TestPassingFaultsAreNotNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := demo.New(demo.Options{Still: true})
		c := New(Options{Endpoint: "http://127.0.0.1:9292", Dial: demotest.Serve(t, server.Handler())})
		defer c.Close()
		img := queued(t, c)
		for _, text := range []string{
			"drop-before", "drop-after", "drop-head", "drop-during", "truncate", "empty", "408", "429", "500", "502", "502,html", "503", "504",
			"503,retry-after=1", "429,retry-at=1",
		} {
			fault(t, server, "any:"+text+"@1-2")
			if _, err := c.Get(background(), img.ID); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			fault(t, server, "any:"+text+"@2-3")
			if _, err := c.Page(background(), "", 3, nil); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			if _, err := c.Schema(background()); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

func TestTheAdviceNamesTheTimeToWait(t *testing.T) {
	server, running := demotest.StartServer(t, demo.Options{Still: true})
	c := New(Options{Endpoint: running.URL, Backoff: time.Millisecond})
	defer c.Close()
	img := queued(t, c)
	for text, says := range map[string]string{
		"429,retry-after=90": "Wait 90 seconds, as requested by the server", "503,retry-after=1": "Wait a second,",
		"503,retry-after=7200": "Wait 120 minutes,", "503,html,retry-after=86400": "Wait 24 hours,",
		"503": "wait a little and try again", "502,after": "Read the image again first",
	} {
		fault(t, server, "patch:"+text)
		_, _, err := c.Patch(background(), img.ID, rename)
		var f *api.Failure
		if !errors.As(err, &f) || !strings.Contains(f.Advice, says) {
			t.Errorf("%s: %+v", text, f)
		}
	}
}

func TestListsWithoutAnEnd(t *testing.T) {
	server, running := demotest.StartServer(t, demo.Options{Still: true})
	c := New(Options{Endpoint: running.URL})
	defer c.Close()
	all := collect(t, c, 1000, nil)

	fault(t, server, "list:endless")
	before := server.Faults().Arrived("list")
	again, err := collected(c, 1000, nil)
	if len(again) != len(all) {
		t.Errorf("%d images, want %d", len(again), len(all))
	}
	failed(t, err, api.FailedNotAnImage, "Not all images could be read: after 60 images")
	if n := server.Faults().Arrived("list") - before; n > 3 {
		t.Errorf("%d requests", n)
	}

	fault(t, server, "list:endless-new")
	c.most = 2500
	got := 0
	err = c.Each(background(), 1000, nil, func(p api.Page) error {
		got += len(p.Images)
		return nil
	})
	failed(t, err, api.FailedNotAnImage, "has no end: the server gave 3000 images")
	if got != 2000 {
		t.Errorf("%d images were given", got)
	}
}

// Attributes that are missing, null, of another type or unknown spoil no list
// and no image: the rest is there, and what came is kept as it came.
func TestOddImages(t *testing.T) {
	server, running := demotest.StartServer(t, demo.Options{Still: true})
	c := New(Options{Endpoint: running.URL})
	defer c.Close()
	all := collect(t, c, 1000, nil)
	img := queued(t, c)
	for _, text := range []string{"fields-missing", "fields-null", "fields-wrong", "fields-unknown"} {
		fault(t, server, text)
		if got := collect(t, c, 1000, nil); len(got) != len(all) {
			t.Errorf("%s: %d images of %d", text, len(got), len(all))
		}
		if _, err := c.ChangedSince(background(), time.Time{}, 10, url.Values{}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		got, err := c.Get(background(), img.ID)
		if err != nil || got.ID != img.ID {
			t.Errorf("%s: %v", text, err)
		}
	}
	got, err := c.Get(background(), img.ID)
	if err != nil || got.Name != img.Name || string(got.Extra["later_list"]) != `[1,"two",null,[]]` || got.Properties["later_text"].Value == "" {
		t.Errorf("%+v %v", got, err)
	}
	fault(t, server, "fields-wrong=tags+min_disk")
	got, err = c.Get(background(), img.ID)
	if err != nil || got.Name != img.Name || string(got.Unread["tags"]) != `"one, two"` || string(got.Unread["min_disk"]) != `"many"` {
		t.Errorf("%+v %v", got, err)
	}
}

func TestPauses(t *testing.T) {
	p := patience{backoff: 100 * time.Millisecond}
	for tries, ms := range []int{100, 200, 400, 800} {
		whole := time.Duration(ms) * time.Millisecond
		different := map[time.Duration]bool{}
		for range 50 {
			d := p.pause(tries, 0)
			if d < whole/2 || d > whole {
				t.Fatalf("pause %d is %v", tries, d)
			}
			different[d] = true
		}
		if len(different) < 2 {
			t.Errorf("pause %d is always the same", tries)
		}
	}
	for range 50 {
		if d := p.pause(3, time.Second); d < time.Second || d > time.Second+p.backoff {
			t.Fatalf("asked for a second, %v", d)
		}
	}
}
