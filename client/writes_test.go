package client

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

// A write goes out once, whatever happens, and its failure says whether it may
// have been carried out.
func TestWritesAreSentOnce(t *testing.T) {
	tests := []struct {
		name   string
		answer func(*testing.T, http.ResponseWriter)
		kind   api.FailureKind
	}{
		{"connection dropped", func(t *testing.T, w http.ResponseWriter) { hangUp(t, w) }, api.FailedAnswerLost},
		{"502", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(502) }, api.FailedAnswerLost},
		{"504", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(504) }, api.FailedAnswerLost},
		{"503", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(503) }, api.FailedServer},
		{"500", func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(500) }, api.FailedServer},
		{"cut in the middle", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			answerJSON(w, 200, imageJSON("a")[:20])
		}, api.FailedAnswerLost},
		{"a login page", func(_ *testing.T, w http.ResponseWriter) { fmt.Fprint(w, "<html>Log in") }, api.FailedAnswerLost},
		{"409", func(_ *testing.T, w http.ResponseWriter) {
			answerJSON(w, 409, `{"message":"\n\nProperty x does not exist.<br />\n","code":"409 Conflict","title":"Conflict"}`)
		}, api.FailedConflict},
		{"a refusal that breaks off", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			answerJSON(w, 403, `{"message":"no`)
		}, api.FailedForbidden},
		{"a choice of versions that breaks off", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5000")
			w.WriteHeader(300)
		}, api.FailedNotAnImage},
		{"redirected as a read", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Location", "/v2/images/a")
			w.WriteHeader(302)
		}, api.FailedConfigured},
		{"redirected as it is", func(_ *testing.T, w http.ResponseWriter) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(308)
		}, api.FailedConfigured},
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
			f := failureOf(t, err, tt.kind, "")
			if asked.Load() != 1 {
				t.Errorf("sent %d times", asked.Load())
			}
			if (f.Known != "") != (tt.kind == api.FailedAnswerLost) || strings.Contains(f.Detail, "http://") || ex.Duration <= 0 {
				t.Errorf("known %q, detail %q, took %v", f.Known, f.Detail, ex.Duration)
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
	f := failureOf(t, err, api.FailedNetwork, "Connection to "+addr)
	if !strings.Contains(f.Advice, "endpoint") {
		t.Errorf("advice %q", f.Advice)
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
	failed(t, err, api.FailedReadOnlyMode, "nothing was sent")
	for _, method := range []string{"PUT", "POST", "DELETE", "HEAD", "get"} {
		if _, err := c.http.R().Execute(method, c.endpoint.at("/v2/images/a", nil)); !errors.Is(err, errReadOnly) {
			t.Errorf("%s: %v", method, err)
		}
	}
	if writes.Load() != 0 || len(seen.list()) != 1 || !c.Session().ReadOnly {
		t.Errorf("%d writes, traced %+v", writes.Load(), seen.list())
	}
}
