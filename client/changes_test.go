package client

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestQuestionsOfWatching(t *testing.T) {
	asked := make(chan url.Values, 1)
	clock := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Query()
		w.Header().Set("Date", clock.Format(http.TimeFormat))
		answerJSON(w, 200, pageJSON("/v2/images?marker=b", "a", "b"))
	})
	filter := url.Values{"os_hidden": {"true"}, "sort": {"name:asc"}}
	at := time.Date(2026, 5, 4, 3, 2, 1, 999, time.FixedZone("", 7200))
	for name, test := range map[string]struct {
		ask  func() (api.Page, error)
		want url.Values
	}{
		"changed since": {
			func() (api.Page, error) { return c.ChangedSince(background(), at, 20, filter) },
			url.Values{"updated_at": {"gte:2026-05-04T01:02:01Z"}, "limit": {"20"}, "sort_key": {"updated_at"}, "sort_dir": {"asc"}},
		},
		"last changed": {
			func() (api.Page, error) { return c.LastChanged(background(), filter) },
			url.Values{"limit": {"1"}, "sort_key": {"updated_at"}, "sort_dir": {"desc"}},
		},
		"listed": {
			func() (api.Page, error) {
				images, err := c.Listed(background(), []string{"a", "b", "c"}, filter)
				return api.Page{Images: images, Marker: "b", Date: clock}, err
			},
			url.Values{"id": {"in:a,b,c"}, "member_status": {"all"}, "limit": {"3"}, "sort_key": {"created_at"}, "sort_dir": {"desc"}},
		},
	} {
		p, err := test.ask()
		if err != nil || len(p.Images) != 2 || p.Marker != "b" || !p.Date.Equal(clock) {
			t.Errorf("%s: %+v %v", name, p, err)
		}
		test.want.Set("os_hidden", "true")
		if got := <-asked; got.Encode() != test.want.Encode() {
			t.Errorf("%s asked %v, want %v", name, got, test.want)
		}
	}
	if len(filter) != 2 {
		t.Errorf("the caller's filter was changed: %v", filter)
	}
	if images, err := c.Listed(background(), nil, nil); err != nil || len(images) != 0 || len(asked) != 0 {
		t.Errorf("without ids: %v %v, %d requests", images, err, len(asked))
	}
}

func TestAnAnswerWithoutADate(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil
		answerJSON(w, 200, pageJSON("", "a"))
	})
	if p, err := c.Page(background(), "", 1, nil); err != nil || !p.Date.IsZero() {
		t.Errorf("%v %v", p.Date, err)
	}
}
