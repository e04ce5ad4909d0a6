package client

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// A server of version 2.0: the first edit is asked for again in the older
// form, later ones go in it at once.
func TestAServerThatTakesOnlyTheOlderForm(t *testing.T) {
	old := startCloud(t, demo.Options{OldMedia: true})
	c := old.connect(t, old.openrc())
	before := queued(t, c)
	after := before.Clone()
	after.Name, after.Protected, after.Tags = model.Some("an older <name>"), !before.Protected, []string{"b", "a"}
	after.Properties["a/b"] = model.Some("")
	p, err := rules.Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	old.seen.clear()
	img, ex, err := c.Patch(background(), before.ID, p)
	if err != nil {
		t.Fatal(err)
	}
	if rest, err := rules.Diff(img, after); err != nil || len(rest) > 0 {
		t.Errorf("left to do: %s (%v)", rest.JSON(), err)
	}
	if ex.Code != 200 || ex.ContentType != patch.MediaTypeV20 || string(ex.Request) != string(p.JSONv20()) || ex.RequestID == "" {
		t.Errorf("the exchange is not the one that did it: %+v", ex)
	}
	wantSent(t, old.seen, "415 "+patch.MediaTypeV21, "200 "+patch.MediaTypeV20)

	old.seen.clear()
	back, err := rules.Diff(img, before)
	if err != nil {
		t.Fatal(err)
	}
	if img, _, err = c.Patch(background(), before.ID, back); err != nil {
		t.Fatal(err)
	}
	if rest, err := rules.Diff(img, before); err != nil || len(rest) > 0 {
		t.Errorf("left to do: %s (%v)", rest.JSON(), err)
	}
	wantSent(t, old.seen, "200 "+patch.MediaTypeV20)

	old.seen.clear()
	_, ex, err = c.Patch(background(), before.ID, patch.Patch{{Op: patch.OpRemove, Path: "/nosuch"}})
	failed(t, err, api.FailedConflict, "")
	if string(ex.Request) != `[{"remove":"/nosuch"}]` {
		t.Errorf("sent %s", ex.Request)
	}
	wantSent(t, old.seen, "409 "+patch.MediaTypeV20)
}

// wantSent expects these codes and media types of edits, in this order.
func wantSent(t *testing.T, seen *exchanges, want ...string) {
	t.Helper()
	var got []string
	for _, ex := range seen.list() {
		if ex.Method == http.MethodPatch {
			got = append(got, fmt.Sprint(ex.Code, " ", ex.ContentType))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("sent\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Only a 415 that names no other form has the edit sent once more.
func TestWhenTheOlderFormIsAskedFor(t *testing.T) {
	const both = patch.MediaTypeV20 + ", " + patch.MediaTypeV21
	for _, tt := range []struct {
		name   string
		code   int
		accept []string // Accept-Patch
		says   string
		sent   int32
	}{
		{"the header", 415, []string{patch.MediaTypeV20}, "", 2},
		{"the header with others", 415, []string{"application/json", patch.MediaTypeV20 + ";charset=utf-8"}, "", 2},
		{"words", 415, nil, "The request media type " + patch.MediaTypeV21 + " is not supported by this server. Use " + patch.MediaTypeV20 + ".", 2},
		{"both in the header", 415, []string{both}, "", 1},
		{"both in two headers", 415, []string{patch.MediaTypeV20, patch.MediaTypeV21}, "use " + patch.MediaTypeV20, 1},
		{"both in words", 415, nil, "Image PATCH expects Content-Type one of: " + both, 1},
		{"the header before the words", 415, []string{"application/json"}, "use " + patch.MediaTypeV20, 1},
		{"nothing", 415, nil, "Unsupported Media Type", 1},
		{"another refusal", 400, []string{patch.MediaTypeV20}, "use " + patch.MediaTypeV20, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				body, _ := io.ReadAll(r.Body)
				if r.Header.Get("Content-Type") == patch.MediaTypeV20 && string(body) == `[{"replace":"/name","value":"x"}]` {
					answerJSON(w, 200, imageJSON("a"))
					return
				}
				for _, a := range tt.accept {
					w.Header().Add("Accept-Patch", a)
				}
				answerJSON(w, tt.code, `{"message":"`+tt.says+`"}`)
			})
			_, ex, err := c.Patch(background(), "a", rename)
			if asked.Load() != tt.sent {
				t.Errorf("sent %d times, want %d", asked.Load(), tt.sent)
			}
			if tt.sent == 2 && (err != nil || ex.ContentType != patch.MediaTypeV20) {
				t.Errorf("%v, %+v", err, ex)
			}
			if tt.sent == 1 {
				f := failureOf(t, err, api.FailedBadRequest, "")
				if ex.ContentType != patch.MediaTypeV21 || f.Exchange.ContentType != ex.ContentType || c.older.Load() {
					t.Errorf("%+v", ex)
				}
			}
		})
	}
}

// A server that takes neither form gets each once, and the newer one again
// with the next edit: it may have been replaced meanwhile.
func TestAServerThatTakesNeitherForm(t *testing.T) {
	var sent exchanges
	c := serve(t, Options{Trace: sent.add}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Accept-Patch", patch.MediaTypeV20)
		answerJSON(w, 415, `{"message":"no"}`)
	})
	for range 2 {
		_, ex, err := c.Patch(background(), "a", rename)
		failed(t, err, api.FailedBadRequest, "")
		if ex.ContentType != patch.MediaTypeV20 {
			t.Errorf("%+v", ex)
		}
	}
	v21, v20 := "415 "+patch.MediaTypeV21, "415 "+patch.MediaTypeV20
	wantSent(t, &sent, v21, v20, v21, v20)
}

// The edit in the older form is as much a write as any: sent once, and its
// loss is said.
func TestTheOlderFormIsSentOnce(t *testing.T) {
	var older atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Content-Type") == patch.MediaTypeV20 {
			older.Add(1)
			hangUp(t, w)
			return
		}
		w.Header().Set("Accept-Patch", patch.MediaTypeV20)
		answerJSON(w, 415, `{"message":"no"}`)
	})
	_, ex, err := c.Patch(background(), "a", rename)
	failed(t, err, api.FailedAnswerLost, "")
	if older.Load() != 1 || ex.ContentType != patch.MediaTypeV20 {
		t.Errorf("sent %d times: %+v", older.Load(), ex)
	}
}

// Nothing is learned of a server that gave no answer.
func TestTheOlderFormIsLearnedFromAnswers(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Content-Type") == patch.MediaTypeV20 {
			hangUp(t, w)
			return
		}
		w.Header().Set("Accept-Patch", patch.MediaTypeV20)
		answerJSON(w, 415, `{"message":"no"}`)
	})
	_, _, err := c.Patch(background(), "a", rename)
	failed(t, err, api.FailedAnswerLost, "")
	if c.older.Load() {
		t.Error("the form counts as taken")
	}
}
