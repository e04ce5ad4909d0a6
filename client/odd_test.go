package client

import (
	"net/http"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// A byte order mark before JSON is ignored, in each kind of answer.
func TestByteOrderMarks(t *testing.T) {
	const mark = "\ufeff"
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v2/images":
			answerJSON(w, 200, mark+pageJSON("", "a"))
		case "/v2/images/a":
			answerJSON(w, 200, mark+imageJSON("a"))
		case "/versions":
			answerJSON(w, 200, mark+`{"versions":[{"id":"v2.9","status":"CURRENT"}]}`)
		default:
			answerJSON(w, 404, mark+`{"message":"No image found with ID b"}`)
		}
	})
	if p, err := c.Page(background(), "", 10, nil); err != nil || len(p.Images) != 1 {
		t.Error(err)
	}
	if _, err := c.Get(background(), "a"); err != nil {
		t.Error(err)
	}
	if _, _, err := c.Patch(background(), "a", rename); err != nil {
		t.Error(err)
	}
	if _, err := c.Versions(background()); err != nil {
		t.Error(err)
	}
	_, err := c.Get(background(), "b")
	if f := failureOf(t, err, api.FailedNotFound, ""); f.Detail != "No image found with ID b" {
		t.Errorf("%q", f.Detail)
	}
	authURL := identityServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(subjectToken, secretToken)
		answerJSON(w, 201, mark+tokenJSON)
	})
	k, err := Connect(background(), passwordOptions(authURL))
	if err != nil {
		t.Fatal(err)
	}
	k.Close()
}

// What a session may see decides what an empty list of locations means.
func TestNoLocationsToAnAdministrator(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 200, `{"id":"a","status":"active","locations":[]}`)
	})
	for _, admin := range []bool{false, true, false} {
		c.session.IsAdmin = admin
		img, err := c.Get(background(), "a")
		if err != nil || img.LocationsShown != admin || img.LocationsWithheld == admin {
			t.Errorf("administrator %t: shown %t, withheld %t, %v", admin, img.LocationsShown, img.LocationsWithheld, err)
		}
	}
}

// An image that takes megabytes is shown in part, by whatever it was read.
func TestLargeImagesAreBounded(t *testing.T) {
	body := strings.Replace(imageJSON("a"), `"n"`, `"`+strings.Repeat("n", 2<<20)+`"`, 1)
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, 200, body) })
	read, err := c.Get(background(), "a")
	if err != nil || len(read.Name.Value) >= 2<<20 {
		t.Errorf("%d bytes, %v", len(read.Name.Value), err)
	}
	edited, _, err := c.Patch(background(), "a", rename)
	if err != nil || len(edited.Name.Value) >= 2<<20 {
		t.Errorf("%d bytes, %v", len(edited.Name.Value), err)
	}
}

// A token that no header can hold is named, and nothing is sent.
func TestTokensThatCannotBeSent(t *testing.T) {
	for end, means := range map[string]string{
		"\r": `a carriage return (\r) at position 30 of 30`, "\n": `a line feed (\n)`, "\r\nX-Evil: 1": `a carriage return (\r) at position 30 of 40`, "\x00": `the control character '\x00'`,
	} {
		c := serve(t, Options{Token: secretToken + end}, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
		_, _, err := c.Patch(background(), "a", rename)
		failed(t, err, api.FailedConfigured, means)
		_, err = c.Get(background(), "a")
		failed(t, err, api.FailedConfigured, means)
		for _, kind := range []string{"token", "admin_token"} {
			_, err = Connect(background(), Options{Sources: nowhere, Flags: map[string]string{
				"os-auth-type": kind, "os-auth-url": "http://127.0.0.1:1/v3", "os-endpoint": "http://127.0.0.1:1", "os-token": secretToken + end}})
			what, _, _ := strings.Cut(means, " at position")
			failed(t, err, api.FailedConfigured, what) // by client/config, where it looks at all settings
		}
	}
}
