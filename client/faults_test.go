package client

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// hangUp ends the connection without an answer.
func hangUp(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_ = conn.Close()
}

func TestReadsAreRepeated(t *testing.T) {
	troubles := map[string]func(*testing.T, http.ResponseWriter){
		"connection dropped": func(t *testing.T, w http.ResponseWriter) { hangUp(t, w) },
		"502":                func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(502) },
		"503 with a time": func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(503)
		},
		"429": func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(429) },
		"cut in the middle": func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			answerJSON(w, 200, imageJSON("a")[:20])
		},
		"ends in the middle": func(_ *testing.T, w http.ResponseWriter) { answerJSON(w, 200, imageJSON("a")[:20]) },
	}
	for name, trouble := range troubles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			var seen exchanges
			c := serve(t, Options{Trace: seen.add}, func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) < 3 {
					trouble(t, w)
					return
				}
				answerJSON(w, 200, imageJSON("a"))
			})
			img, err := c.Get(background(), "a")
			if err != nil || img.ID != "a" || asked.Load() != 3 {
				t.Fatalf("%v after %d requests", err, asked.Load())
			}
			list := seen.list()
			if len(list) != 3 || list[2].Code != 200 || list[0].RequestID == list[2].RequestID {
				t.Errorf("traced %+v", list)
			}
		})
	}
}

func TestReadsAreGivenUpInTheEnd(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(503)
		fmt.Fprint(w, "<html><title>503</title><body><h1>503 Service Unavailable</h1>No server is available.</body></html>")
	})
	_, err := c.Page(background(), "", 10, nil)
	f := failed(t, err, model.FailedServer, "overloaded")
	if asked.Load() != 4 || f.Exchange.Code != 503 || f.Detail != "503 Service Unavailable No server is available." {
		t.Errorf("%d requests, %q", asked.Load(), f.Detail)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
			return
		}
		answerJSON(w, 200, pageJSON(""))
	})
	begin := time.Now()
	if _, err := c.Page(background(), "", 10, nil); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took < time.Second {
		t.Errorf("asked again after %v", took)
	}
	asked.Store(0)
	c.patience.longest = 100 * time.Millisecond // now a second is too long
	_, err := c.Page(background(), "", 10, nil)
	failed(t, err, model.FailedBadRequest, "too many requests")
	if asked.Load() != 1 {
		t.Errorf("%d requests", asked.Load())
	}
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0,
		"Fri, 02 Jan 2026 03:04:15 GMT": 10 * time.Second, "Fri, 02 Jan 2026 03:04:00 GMT": 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A write goes out once, whatever happens, and its failure says whether it may
// have been carried out.
func TestWritesAreSentOnce(t *testing.T) {
	tests := []struct {
		name   string
		answer func(*testing.T, http.ResponseWriter)
		kind   model.FailureKind
	}{
		{"connection dropped", func(t *testing.T, w http.ResponseWriter) { hangUp(t, w) }, model.FailedAnswerLost},
		{"502", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(502) }, model.FailedAnswerLost},
		{"504", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(504) }, model.FailedAnswerLost},
		{"503", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(503) }, model.FailedServer},
		{"500", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(500) }, model.FailedServer},
		{"cut in the middle", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			answerJSON(w, 200, imageJSON("a")[:20])
		}, model.FailedAnswerLost},
		{"a login page", func(_ *testing.T, w http.ResponseWriter) { fmt.Fprint(w, "<html>Log in") }, model.FailedNotAnImage},
		{"409", func(_ *testing.T, w http.ResponseWriter) {
			answerJSON(w, 409, `{"message":"\n\nProperty x does not exist.<br />\n","code":"409 Conflict","title":"Conflict"}`)
		}, model.FailedConflict},
		{"redirected as a read", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Location", "/v2/images/a")
			w.WriteHeader(302)
		}, model.FailedConfigured},
		{"redirected as it is", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(308)
		}, model.FailedConfigured},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				tt.answer(t, w)
			})
			_, ex, err := c.Patch(background(), "a", rename)
			f := failed(t, err, tt.kind, "")
			if asked.Load() != 1 {
				t.Errorf("sent %d times", asked.Load())
			}
			if ex.Method != "PATCH" || ex.Path != "/v2/images/a" || string(ex.Request) != `[{"op":"replace","path":"/name","value":"x"}]` || f.Exchange.Code != ex.Code {
				t.Errorf("exchange %+v", ex)
			}
			if tt.name == "409" && f.Detail != "Property x does not exist." {
				t.Errorf("detail %q", f.Detail)
			}
		})
	}
}

// A server that closes the connection after each answer without saying so
// leaves no write in doubt.
func TestServersThatCloseUnannounced(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err != nil {
					return
				}
				body := imageJSON("a")
				fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
			}()
		}
	}()
	c := New(Options{Endpoint: "http://" + l.Addr().String(), patience: &impatient})
	defer c.Close()
	for range 50 {
		if _, err := c.Get(background(), "a"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := c.Patch(background(), "a", rename); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAWriteThatNeverLeftIsNotLost(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	c := New(Options{Endpoint: "http://" + addr, patience: &impatient})
	_, _, err = c.Patch(background(), "a", rename)
	f := failed(t, err, model.FailedNetwork, "Nothing listens at "+addr)
	if !strings.Contains(f.Advice, "endpoint") {
		t.Errorf("advice %q", f.Advice)
	}
}

func TestCancelling(t *testing.T) {
	began := make(chan struct{}, 8)
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		began <- struct{}{}
		<-r.Context().Done()
	})
	stopped := func() (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(background())
		go func() { <-began; cancel() }()
		return ctx, cancel
	}
	ctx, cancel := stopped()
	defer cancel()
	_, err := c.Get(ctx, "a")
	f := failed(t, err, model.FailedCancelled, "You stopped it")
	if !errors.Is(f, context.Canceled) {
		t.Error("context.Canceled is not to be found in it")
	}

	ctx, cancel = stopped()
	defer cancel()
	_, _, err = c.Patch(ctx, "a", rename)
	failed(t, err, model.FailedAnswerLost, "stopped waiting")

	ctx, cancel = context.WithTimeout(background(), 20*time.Millisecond)
	defer cancel()
	_, err = c.Get(ctx, "a")
	failed(t, err, model.FailedNetwork, "in the time given")

	ctx, cancel = context.WithCancel(background())
	cancel()
	_, _, err = c.Patch(ctx, "a", rename)
	failed(t, err, model.FailedCancelled, "nothing was changed")
}

func TestStalledAnswers(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"images":[`)
			_ = http.NewResponseController(w).Flush()
		}
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	c.patience.read, c.patience.write = 50*time.Millisecond, 50*time.Millisecond
	_, err := c.Page(background(), "", 1, nil)
	failed(t, err, model.FailedNetwork, "stopped answering")
	_, _, err = c.Patch(background(), "a", rename)
	failed(t, err, model.FailedAnswerLost, "No answer came for")
}

// A slow but steady answer takes longer than the patience and is read whole.
func TestSlowAnswersAreWaitedFor(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for _, b := range []byte(imageJSON("a")) {
			_, _ = w.Write([]byte{b})
			_ = http.NewResponseController(w).Flush()
			time.Sleep(3 * time.Millisecond)
		}
	})
	c.patience.read = 100 * time.Millisecond
	if _, err := c.Get(background(), "a"); err != nil {
		t.Fatal(err)
	}
}

func TestAnswersThatAreNoImages(t *testing.T) {
	tests := []struct {
		name, contentType, body string
		code                    int
		kind                    model.FailureKind
		means                   string
	}{
		{"a proxy's page", "text/html", "<html><body>Welcome to the portal", 200, model.FailedNotAnImage, "not JSON"},
		{"no type at all", "", imageJSON("a"), 200, model.FailedNotAnImage, "not JSON"},
		{"JSON of something else", "application/json", `{"server": {}}`, 200, model.FailedNotAnImage, "not one that an Image service gives"},
		{"a list", "application/json", `[1]`, 200, model.FailedNotAnImage, "not one that an Image service gives"},
		{"no JSON", "application/json", `{"id" "a"}`, 200, model.FailedNotAnImage, "not one that an Image service gives"},
		{"nothing", "application/json", ``, 204, model.FailedNotAnImage, ""},
		{"versions", "application/json", `{"versions":[]}`, 300, model.FailedNotAnImage, "versions"},
		{"404 as HTML", "text/html", "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No image found with ID a<br /><br /></body></html>", 404, model.FailedNotFound, "image"},
		{"403", "application/json", `{"message": "You do not own this image", "code": "403 Forbidden", "title": "Forbidden"}`, 403, model.FailedForbidden, ""},
		{"plain http at an https port", "text/html", "<center>The plain HTTP request was sent to HTTPS port</center>", 400, model.FailedConfigured, "expects https"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
				w.Header()["Content-Type"] = []string{tt.contentType}
				w.Header().Set("X-Openstack-Request-Id", "req-of-the-server")
				w.WriteHeader(tt.code)
				if tt.code != 204 {
					fmt.Fprint(w, tt.body)
				}
			})
			_, err := c.Get(background(), "a")
			f := failed(t, err, tt.kind, tt.means)
			if f.Exchange.RequestID != "req-of-the-server" || f.Exchange.Code != tt.code || f.Exchange.Duration <= 0 {
				t.Errorf("exchange %+v", f.Exchange)
			}
		})
	}
}

func TestTooLongAnswers(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, `{"id":"a","x":"`); err != nil {
			return
		}
		block := strings.Repeat("x", 1<<20)
		for range 40 {
			if _, err := io.WriteString(w, block); err != nil {
				return
			}
		}
	})
	_, err := c.Get(background(), "a")
	f := failed(t, err, model.FailedNotAnImage, "longer than")
	if f.Detail != "more than 16 MiB" {
		t.Error(f.Detail)
	}
}

func TestTheLargestAnswerThatIsAllowed(t *testing.T) {
	body := imageJSON("a")
	b := &answerBody{from: strings.NewReader(body), left: int64(len(body)), dog: dogFor(t)}
	if data, err := io.ReadAll(b); err != nil || string(data) != body {
		t.Errorf("%q %v", data, err)
	}
	b = &answerBody{from: strings.NewReader(body), left: int64(len(body)) - 1, dog: dogFor(t)}
	if _, err := io.ReadAll(b); !errors.Is(err, errTooLong) {
		t.Errorf("got %v", err)
	}
}

func dogFor(t *testing.T) *watchdog {
	t.Helper()
	_, dog := watch(background(), time.Minute)
	t.Cleanup(dog.stop)
	return dog
}

// The token stays with the service: not at another host, not at another port,
// not back from https to http.
func TestRedirects(t *testing.T) {
	var stolen atomic.Value
	thief := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stolen.Store(r.Header.Get("X-Auth-Token"))
		answerJSON(w, 200, imageJSON("a"))
	}))
	defer thief.Close()
	target := ""
	hops := 0
	c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/moved":
			if r.Header.Get("X-Auth-Token") != secretToken {
				t.Error("the token is missing within the service")
			}
			answerJSON(w, 200, imageJSON("a"))
		case target == "loop":
			hops++
			http.Redirect(w, r, "/loop", http.StatusFound)
		default:
			http.Redirect(w, r, target, http.StatusFound)
		}
	})
	target = "/moved"
	if _, err := c.Get(background(), "a"); err != nil {
		t.Errorf("within the service: %v", err)
	}
	for _, target = range []string{thief.URL + "/v2/images/a?token=" + secretToken, strings.Replace(thief.URL, "127.0.0.1", "localhost", 1), "http://example.invalid/"} {
		_, err := c.Get(background(), "a")
		failed(t, err, model.FailedConfigured, "sends us on to http://")
	}
	if stolen.Load() != nil {
		t.Error("the other host was asked")
	}
	target = "loop"
	_, err := c.Get(background(), "a")
	failed(t, err, model.FailedConfigured, "sends us on")
	if hops > maxRedirects+1 {
		t.Errorf("%d hops", hops)
	}
}

func TestReadOnlySendsNoWrite(t *testing.T) {
	var writes atomic.Int32
	var seen exchanges
	c := serve(t, Options{ReadOnly: true, Trace: seen.add}, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			writes.Add(1)
		}
		answerJSON(w, 200, imageJSON("a"))
	})
	if _, err := c.Get(background(), "a"); err != nil {
		t.Fatal(err)
	}
	_, _, err := c.Patch(background(), "a", rename)
	failed(t, err, model.FailedReadOnlyMode, "nothing was sent")
	for _, method := range []string{"PUT", "POST", "DELETE", "HEAD", "get"} {
		if _, err := c.http.R().Execute(method, c.endpoint.at("/v2/images/a", nil)); !errors.Is(err, errReadOnly) {
			t.Errorf("%s: %v", method, err)
		}
	}
	if writes.Load() != 0 || len(seen.list()) != 1 || !c.Session().ReadOnly {
		t.Errorf("%d writes, traced %+v", writes.Load(), seen.list())
	}
}

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
		answerJSON(w, 200, imageJSON("a"))
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

// A proxy that echoes the request must not bring the token to the screen.
func TestEchoedTokensAreHidden(t *testing.T) {
	for _, code := range []int{200, 400, 500} {
		c := serve(t, Options{Token: secretToken}, func(w http.ResponseWriter, r *http.Request) {
			body := strings.TrimSuffix(imageJSON("a"), "}") + `,"message":"X-Auth-Token: ` + r.Header.Get("X-Auth-Token") + `"}`
			answerJSON(w, code, body)
		})
		_, ex, err := c.Patch(background(), "a", rename)
		if strings.Contains(string(ex.Response), secretToken) || !strings.Contains(string(ex.Response), "[hidden]") {
			t.Errorf("%d: %s", code, ex.Response)
		}
		if code != 200 {
			var f *model.Failure
			if !errors.As(err, &f) || !strings.Contains(f.Detail, "[hidden]") {
				t.Errorf("%d: %v", code, err)
			}
			noSecret(t, f)
		}
	}
}

func TestUnauthorizedWithoutRenewal(t *testing.T) {
	for token, means := range map[string]string{secretToken: "cannot be renewed", "": "wants a token"} {
		var asked atomic.Int32
		c := serve(t, Options{Token: token}, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			answerJSON(w, 401, `{"error":{"code":401,"title":"Unauthorized","message":"The request you have made requires authentication."}}`)
		})
		_, _, err := c.Patch(background(), "a", rename)
		f := failed(t, err, model.FailedAuth, means)
		if asked.Load() != 1 || f.Detail != "The request you have made requires authentication." || f.Doing != "send the edit" {
			t.Errorf("%d requests, %+v", asked.Load(), f)
		}
	}
}

func TestEdgesOfIDsAndPatches(t *testing.T) {
	c := serve(t, Options{}, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	for _, id := range []string{"", ".", ".."} {
		_, err := c.Get(background(), id)
		failed(t, err, model.FailedNotFound, "no id")
	}
	_, _, err := c.Patch(background(), "a", nil)
	failed(t, err, model.FailedBadRequest, "changes nothing")
	_, err = New(Options{Endpoint: "not a url"}).Page(background(), "", 1, nil)
	failed(t, err, model.FailedConfigured, "not an http or https URL")
}

func TestNothingPrintsATokenOfAClient(t *testing.T) {
	o := Options{Endpoint: "http://h", Token: secretToken, Flags: map[string]string{"os-password": secretPassword}}
	c := New(o)
	type holder struct {
		C *Client
		c *Client
		v Client
		o Options
		O Options
	}
	for _, v := range []any{c, o, &o, holder{C: c, c: c, O: o}, []any{c, o}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, secretToken) || strings.Contains(got, secretPassword) {
				t.Errorf("%s of %T: %s", verb, v, got)
			}
		}
	}
}
