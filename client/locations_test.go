package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

func TestAddLocation(t *testing.T) {
	var got string
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = fmt.Sprintf("%s %s %s %s", r.Method, r.URL.Path, r.Header.Get("Content-Type"), body)
		w.Header().Set("Content-Type", "text/html; charset=UTF-8") // as Glance 33 does
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprint(w, "accepted")
	})
	ex, err := c.AddLocation(background(), "a", model.Location{URL: "http://mirror/f17.qcow2?a&b"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `POST /v2/images/a/locations application/json {"url":"http://mirror/f17.qcow2?a&b"}`; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
	if ex.Method != "POST" || ex.Code != 202 || string(ex.Response) != "accepted" || ex.Path != "/v2/images/a/locations" || len(ex.Request) == 0 || ex.RequestID == "" {
		t.Errorf("exchange %+v", ex)
	}
}

// A write goes out once; what answers something else than 202 is no yes.
func TestAddLocationIsSentOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(http.ResponseWriter)
		kind   api.FailureKind
	}{
		"dropped":      {func(w http.ResponseWriter) { hangUp(t, w) }, api.FailedAnswerLost},
		"gateway":      {func(w http.ResponseWriter) { w.WriteHeader(504) }, api.FailedAnswerLost},
		"a login page": {func(w http.ResponseWriter) { fmt.Fprint(w, "<html>Log in") }, api.FailedAnswerLost},
		"not there":    {func(w http.ResponseWriter) { answerJSON(w, 404, `{"message":"The resource could not be found."}`) }, api.FailedNotFound},
		"busy":         {func(w http.ResponseWriter) { answerJSON(w, 409, `{"message":"Image has active task"}`) }, api.FailedConflict},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				tt.answer(w)
			})
			ex, err := c.AddLocation(background(), "a", model.Location{URL: "http://x"})
			failed(t, err, tt.kind, "")
			if asked.Load() != 1 || ex.Method != "POST" {
				t.Errorf("sent %d times; exchange %+v", asked.Load(), ex)
			}
		})
	}
}

func TestAddLocationInReadOnlyMode(t *testing.T) {
	c := serve(t, Options{ReadOnly: true}, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	_, err := c.AddLocation(background(), "a", model.Location{URL: "http://x"})
	failed(t, err, api.FailedReadOnlyMode, "")
	for _, id := range []string{"", ".", ".."} {
		_, err := c.AddLocation(background(), id, model.Location{URL: "http://x"})
		failed(t, err, api.FailedNotFound, "not an image ID")
		_, err = c.Locations(background(), id)
		failed(t, err, api.FailedNotFound, "not an image ID")
	}
}

func TestLocations(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v2/images/a/locations" {
			t.Errorf("asked %s", r.URL.Path)
		}
		answerJSON(w, 200, `[{"url":"http://a","metadata":{"store":"web","n":1}},{"url":"http://b"}]`)
	})
	got, err := c.Locations(background(), "a")
	if err != nil || len(got) != 2 || got[0].URL != "http://a" || got[0].Metadata["n"] != json.Number("1") || got[1].Metadata == nil {
		t.Errorf("%v, %v", got, err)
	}
	c = serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 403, `{"message":"You are not authorized to complete fetch_image_location action."}`)
	})
	_, err = c.Locations(background(), "a")
	failed(t, err, api.FailedForbidden, "")
}

// A call for a location takes its turn like any other write, and gives it back.
func TestAddLocationTakesItsTurn(t *testing.T) {
	asked := 0
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusAccepted)
	})
	for range 2 {
		if _, err := c.AddLocation(background(), "a", model.Location{URL: "http://x"}); err != nil {
			t.Fatal(err)
		}
	}
	done, err := c.writes.take(background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	ctx, cancel := context.WithCancel(background())
	cancel()
	_, err = c.AddLocation(ctx, "a", model.Location{URL: "http://x"})
	failed(t, err, api.FailedCancelled, "nothing was changed")
	if asked != 2 {
		t.Errorf("sent %d times", asked)
	}
}

// What a first answer had before it broke off is not mixed into the second.
func TestLocationsReadTwice(t *testing.T) {
	asked := 0
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked == 1 {
			answerJSON(w, 200, `[{"url":"http://x","metadata":{"a":"b"}},{"url":"http://y","metadata":{}},`)
			return
		}
		answerJSON(w, 200, `[{"url":"http://z"}]`)
	})
	got, err := c.Locations(background(), "a")
	if err != nil || asked != 2 || len(got) != 1 || got[0].URL != "http://z" || len(got[0].Metadata) > 0 {
		t.Errorf("%+v %v", got, err)
	}
}
