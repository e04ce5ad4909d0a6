package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// What a client sends with each request.
func TestHeaders(t *testing.T) {
	heads := make(chan http.Header, 4)
	c := serve(t, Options{Token: secretToken, UserAgent: "glance-tui/9"}, func(w http.ResponseWriter, r *http.Request) {
		h := r.Header.Clone()
		h.Set("URL", r.URL.RequestURI())
		body, _ := io.ReadAll(r.Body)
		h.Set("Body", string(body))
		heads <- h
		w.Header().Set("X-Openstack-Request-Id", r.Header.Get("X-Openstack-Request-Id"))
		answerJSON(w, 200, imageJSON("a b/ü"))
	})
	_, ex, err := c.Patch(background(), "a b/ü", rename)
	if err != nil {
		t.Fatal(err)
	}
	h := <-heads
	for name, want := range map[string]string{
		"Accept": "application/json", "X-Auth-Token": secretToken, "User-Agent": "glance-tui/9",
		"Content-Type": "application/openstack-images-v2.1-json-patch", "URL": "/v2/images/a%20b%2F%C3%BC",
		"Body": `[{"op":"replace","path":"/name","value":"x"}]`, "X-Openstack-Request-Id": ex.RequestID,
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(ex.RequestID) != len("req-")+36 || ex.Path != "/v2/images/a%20b%2F%C3%BC" || ex.Code != 200 || ex.Reason != "OK" || ex.Duration <= 0 || ex.Sent.IsZero() {
		t.Errorf("exchange %+v", ex)
	}
	if !json.Valid(ex.Response) || strings.Contains(fmt.Sprintf("%+v", ex), secretToken) {
		t.Errorf("exchange %+v", ex)
	}
}

func TestEdgesOfIDsAndPatches(t *testing.T) {
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	for _, id := range []string{"", ".", ".."} {
		_, err := c.Get(background(), id)
		failed(t, err, api.FailedNotFound, "not an image ID")
	}
	_, _, err := c.Patch(background(), "a", nil)
	failed(t, err, api.FailedBadRequest, "changes nothing")
	_, err = New(Options{Endpoint: "not a url"}).Page(background(), "", 1, nil)
	failed(t, err, api.FailedConfigured, "not an http or https URL")
}

func TestNothingPrintsATokenOfAClient(t *testing.T) {
	o := Options{Endpoint: "http://h", Token: secretToken, Flags: map[string]string{"os-password": secretPassword}}
	c := New(o)
	if got := fmt.Sprint(c); got != "client.Client(http://h)" {
		t.Errorf("a client prints as %s", got)
	}
	type holder struct {
		Client  *Client
		hidden  *Client
		Options Options
	}
	for _, v := range []any{c, o, &o, holder{Client: c, hidden: c, Options: o}, []any{c, o}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, secretToken) || strings.Contains(got, secretPassword) {
				t.Errorf("%s of %T: %s", verb, v, got)
			}
		}
	}
}
