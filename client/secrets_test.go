package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// pieces reads so many bytes at a time.
type pieces struct {
	r io.Reader
	n int
}

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.n)]) }

// Wherever a read ends, what was one secret is one stand-in, and all else is
// the same JSON.
func TestSecretsAreTakenOutOfAStream(t *testing.T) {
	const password = `Ünïque "pass\word" <&/`
	s := newSecrets(password)
	s.add(secretToken)
	escaped := ""
	for _, c := range secretToken {
		escaped += fmt.Sprintf(`\u%04x`, c)
	}
	quoted := func(text string) string {
		b, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	tests := []struct{ text, want string }{
		{quoted("a" + secretToken + "b"), quoted("a" + model.Hidden + "b")},
		{quoted(secretToken + secretToken), quoted(model.Hidden + model.Hidden)},
		{quoted(secretToken[:20] + secretToken), quoted(secretToken[:20] + model.Hidden)},
		{`"` + escaped + `"`, quoted(model.Hidden)},
		{`"` + secretToken[:5] + `\u0042` + secretToken[6:] + `"`, quoted(secretToken[:5] + "B" + secretToken[6:])},
		{quoted("my password is " + password + "!"), quoted("my password is " + model.Hidden + "!")},
		{`"\u00dcn\u00efque \"pass\\word\" <&\/"`, quoted(model.Hidden)},
		{quoted(secretToken[:len(secretToken)-1]), quoted(secretToken[:len(secretToken)-1])},
		{`"\\u0041 \\\u0041 \u0022\u005c \ud83d\ude00 \/ \n"`, `"\\u0041 \\A \"\\ \ud83d\ude00 / \n"`},
		{`"cut off \u00`, `"cut off \u00`}, {`\`, `\`}, {``, ``},
		{`"` + strings.Repeat("g", 40_000) + secretToken + `"`, `"` + strings.Repeat("g", 40_000) + model.Hidden + `"`},
	}
	for _, tt := range tests {
		for _, size := range []int{1, 2, 3, 7, 29, 30, 1000, 100_000} {
			for name, from := range map[string]io.Reader{
				"an end of its own": pieces{strings.NewReader(tt.text), size}, "data with the end": iotest.DataErrReader(pieces{strings.NewReader(tt.text), size}),
			} {
				got, err := io.ReadAll(s.reader(from, true))
				if err != nil {
					t.Fatal(err)
				}
				if a, b := decoded(got), decoded([]byte(tt.want)); !bytes.Equal(a, b) {
					t.Fatalf("by %d (%s):\ngot  %.200s\nwant %.200s", size, name, a, b)
				}
			}
		}
	}
	if _, err := io.ReadAll(s.reader(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("ab"))), true)); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("the error of the reader is lost: %v", err)
	}
}

// A secret of any length costs little, whatever it and the text are made of.
func TestLongSecretsAreSearchedFast(t *testing.T) {
	long := strings.Repeat("g", 1<<20)
	s := newSecrets(long)
	text := strings.Repeat(strings.Repeat("g", 1000)+"x", 4000) + long
	got, err := io.ReadAll(s.reader(strings.NewReader(text), true))
	if err != nil || strings.Count(string(got), model.Hidden) < 200 || strings.Contains(string(got), strings.Repeat("g", 2*longestHidden)) {
		t.Errorf("%d bytes, %d times hidden, %v", len(got), strings.Count(string(got), model.Hidden), err)
	}
}

// decoded is JSON in one spelling, or the text where it is none.
func decoded(text []byte) []byte {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return text
	}
	out, _ := json.Marshal(v)
	return out
}

// A server sends the token back in every place that it has: nothing that the
// client gives holds it.
func TestEchoedSecretsInEveryPlace(t *testing.T) {
	var seen exchanges
	c := serve(t, Options{Token: secretToken, Trace: seen.add}, func(w http.ResponseWriter, r *http.Request) {
		token := r.Header.Get("X-Auth-Token")
		image := strings.ReplaceAll(`{"id":"a","name":"T","status":"T","visibility":"private","tags":["T"],"T":"v","p":"T","owner":"T",
			"locations":[{"url":"http://T/","metadata":{"T":"T"}}],"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z"}`, "T", token)
		w.Header().Set("X-Openstack-Request-Id", "req-"+token)
		switch {
		case r.URL.Query().Has("marker"):
			w.Header().Set("Location", "https://"+token+".example.org/")
			w.WriteHeader(http.StatusFound)
		case r.URL.Path == "/v2/images":
			answerJSON(w, 200, `{"images":[`+image+`],"next":"/v2/images?marker=`+token+`"}`)
		case r.URL.Path == "/v2/images/a":
			answerJSON(w, 200, image)
		case strings.HasSuffix(r.URL.Path, "/members"):
			answerJSON(w, 200, `{"members":[{"member_id":"`+token+`","status":"`+token+`"}]}`)
		case strings.HasPrefix(r.URL.Path, "/v2/schemas"):
			answerJSON(w, 200, `{"name":"image","properties":{"`+token+`":{"type":"string","description":"`+token+`","is_base":false}}}`)
		case strings.HasSuffix(r.URL.Path, "/detail"):
			answerJSON(w, 200, `{"stores":[{"id":"`+token+`","type":"`+token+`"}]}`)
		default:
			answerJSON(w, 500, `{"message":"`+token+`"}`)
		}
	})
	var all strings.Builder
	note := func(value any, err error) {
		fmt.Fprintf(&all, "%v %+v %#v %s\n", value, value, value, value)
		for ; err != nil; err = errors.Unwrap(err) {
			fmt.Fprintf(&all, "%v %+v %#v\n", err, err, err)
		}
	}
	img, raw, err := c.GetRaw(background(), "a")
	note(img, err)
	note(raw, nil)
	if img.Name.Value != model.Hidden || img.Tags[0] != model.Hidden || img.Properties[model.Hidden].Value != "v" || img.Locations[0].URL != "http://"+model.Hidden+"/" {
		t.Errorf("%+v", img)
	}
	page, err := c.Page(background(), "", 10, nil)
	note(page, err)
	_, err = c.Page(background(), "b", 10, nil)
	note(nil, err)
	failed(t, err, api.FailedConfigured, "https://"+hiddenInURL+".example.org")
	note(nil, c.Each(background(), 10, nil, func(p api.Page) error { note(p, nil); return nil }))
	members, err := c.Members(background(), "a")
	note(members, err)
	schema, err := c.Schema(background())
	note(*schema, err)
	stores, err := c.Stores(background())
	note(stores, err)
	img, ex, err := c.Patch(background(), "a", rename)
	note(img, err)
	note(ex, nil)
	ex, err = c.AddLocation(background(), "b", model.Location{URL: "http://example.org/"})
	note(ex, err)
	note(seen.list(), nil)
	if text := all.String(); strings.Contains(text, secretToken) || strings.Count(text, model.Hidden) < 40 {
		t.Errorf("%d times hidden: %s", strings.Count(text, model.Hidden), text)
	}
}

// A token that was replaced is hidden as well, and what Keystone sends back.
func TestOlderTokensAndTheIdentityService(t *testing.T) {
	demoCloud := startCloud(t, demo.Options{})
	c := demoCloud.connect(t, demoCloud.openrc())
	img := queued(t, c)
	old := c.tokens.token()
	demoCloud.server.ExpireTokens()
	if _, err := c.Get(background(), img.ID); err != nil {
		t.Fatal(err)
	}
	if c.tokens.token() == old {
		t.Fatal("the token is still the old one")
	}
	_, ex, err := c.Patch(background(), img.ID, patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: old}})
	if err != nil || strings.Contains(string(ex.Response), old) {
		t.Errorf("%s %v", ex.Response, err)
	}

	var seen exchanges
	tokens := 0
	authURL := identityServer(t, func(w http.ResponseWriter, _ *http.Request) {
		tokens++
		w.Header().Set(subjectToken, fmt.Sprint(secretToken, tokens))
		w.Header().Set("X-Openstack-Request-Id", "req-"+secretPassword+fmt.Sprint(secretToken, tokens))
		answerJSON(w, 201, strings.ReplaceAll(strings.ReplaceAll(tokenJSON, "anna", secretPassword), "platform", fmt.Sprint(secretToken, tokens)))
	})
	o := passwordOptions(authURL)
	o.Trace = seen.add
	kc, err := Connect(background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer kc.Close()
	if s := kc.Session(); s.User != model.Hidden || s.Project != model.Hidden || kc.tokens.token() != fmt.Sprint(secretToken, tokens) {
		t.Errorf("%+v", s)
	}
	if text := fmt.Sprintf("%+v", seen.list()); strings.Contains(text, secretToken) || strings.Contains(text, secretPassword) {
		t.Error(text)
	}
	authURL = identityServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://"+secretPassword+".example.org/", http.StatusFound)
	})
	_, err = Connect(background(), passwordOptions(authURL))
	failed(t, err, api.FailedConfigured, "redirects to https://"+hiddenInURL+".example.org")
}

// No write goes out with a stand-in in it.
func TestStandInsAreNotSent(t *testing.T) {
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	_, ex, err := c.Patch(background(), "a", patch.Patch{{Op: patch.OpReplace, Path: "/tags", Value: []string{"a", model.Hidden}}})
	failed(t, err, api.FailedBadRequest, "Nothing was sent")
	ex2, err := c.AddLocation(background(), "a", model.Location{URL: "http://" + model.Hidden})
	failed(t, err, api.FailedBadRequest, "Nothing was sent")
	if !ex.Sent.IsZero() || !ex2.Sent.IsZero() {
		t.Error("said to be sent")
	}
}

// Short secrets may be words of an image: they are not looked for there.
func TestShortSecretsHideNoWords(t *testing.T) {
	c := serve(t, Options{Token: "ADMIN"}, func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 200, strings.Replace(imageJSON("a"), `"n"`, `"ADMIN"`, 1))
	})
	if img, err := c.Get(background(), "a"); err != nil || img.Name.Value != "ADMIN" {
		t.Errorf("%v %v", img.Name, err)
	}
}
