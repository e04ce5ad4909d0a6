package client

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// rawServer is a server below net/http's: each connection is served by hand,
// and every request of which the last byte arrived is counted.
type rawServer struct {
	url      string
	requests atomic.Int32
}

// listenRaw starts one; encrypted ones offer HTTP/2 before HTTP/1.1, and those
// that take it are served by h2.
func listenRaw(t *testing.T, conf *tls.Config, h1, h2 func(s *rawServer, conn net.Conn)) *rawServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &rawServer{url: "http://" + l.Addr().String()}
	if conf != nil {
		l, s.url = tls.NewListener(l, conf), "https://"+l.Addr().String()
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if c, ok := conn.(*tls.Conn); ok && c.Handshake() == nil && c.ConnectionState().NegotiatedProtocol == "h2" {
					h2(s, conn)
					return
				}
				h1(s, conn)
			}()
		}
	}()
	return s
}

// http1 reads requests from a connection and gives each to answer, until that
// is false.
func http1(answer func(conn net.Conn, nth int, req *http.Request) bool) func(*rawServer, net.Conn) {
	return func(s *rawServer, conn net.Conn) {
		r := bufio.NewReader(conn)
		for nth := 1; ; nth++ {
			req, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			if _, err := io.Copy(io.Discard, req.Body); err != nil {
				return
			}
			s.requests.Add(1)
			if !answer(conn, nth, req) {
				return
			}
		}
	}
}

// Frames of HTTP/2 (RFC 9113, 6), as far as they are needed here.
const (
	frameData, frameHeaders, frameReset, frameSettings, frameGoAway = 0, 1, 3, 4, 7

	flagAck, flagEndStream = 1, 1
)

func writeFrame(w io.Writer, kind, flags byte, stream uint32, payload []byte) {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(payload))<<8|uint32(kind))
	head = binary.BigEndian.AppendUint32(append(head, flags), stream)
	_, _ = w.Write(append(head, payload...))
}

// takesBack is HTTP/2 by a server that reads a request, may well have carried
// it out, and says on the wire that it did not: by resetting its stream with
// REFUSED_STREAM, or by GOAWAY with an earlier stream as the last.
func takesBack(goAway bool) func(*rawServer, net.Conn) {
	return func(s *rawServer, conn net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, 24)) // the preface
		writeFrame(conn, frameSettings, 0, 0, nil)
		for {
			var head [9]byte
			if _, err := io.ReadFull(conn, head[:]); err != nil {
				return
			}
			size, kind, flags, stream := binary.BigEndian.Uint32(head[:])>>8, head[3], head[4], binary.BigEndian.Uint32(head[5:])
			if _, err := io.CopyN(io.Discard, conn, int64(size)); err != nil {
				return
			}
			switch {
			case kind == frameSettings && flags&flagAck == 0:
				writeFrame(conn, frameSettings, flagAck, 0, nil)
			case (kind == frameData || kind == frameHeaders) && flags&flagEndStream != 0:
				if s.requests.Add(1) > 50 {
					return // it is shown
				}
				if goAway {
					writeFrame(conn, frameGoAway, 0, 0, make([]byte, 8))
					return
				}
				writeFrame(conn, frameReset, 0, stream, []byte{0, 0, 0, 7})
			}
		}
	}
}

func say(conn net.Conn, head, body string) {
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", head, len(body), body)
}

// misbehaviours are servers that tempt a client to send a request again. The
// first request of a connection is answered well where it is a GET: then there
// is a kept connection to misuse.
func misbehaviours(t *testing.T) map[string]func() *rawServer {
	t.Helper()
	plain := func(write func(conn net.Conn, req *http.Request) bool) func() *rawServer {
		return func() *rawServer {
			return listenRaw(t, nil, http1(func(conn net.Conn, _ int, req *http.Request) bool {
				if req.Method == http.MethodGet {
					say(conn, "200 OK", imageJSON("a"))
					return true
				}
				return write(conn, req)
			}), nil)
		}
	}
	code := func(head string) func() *rawServer {
		return plain(func(conn net.Conn, _ *http.Request) bool {
			say(conn, head, `{"message":"no"}`)
			return true
		})
	}
	ca := newAuthority(t)
	encrypted := func(h2 func(*rawServer, net.Conn)) func() *rawServer {
		return func() *rawServer {
			conf := &tls.Config{Certificates: []tls.Certificate{ca.valid(t, "127.0.0.1")}, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12}
			return listenRaw(t, conf, http1(func(net.Conn, int, *http.Request) bool { return false }), h2)
		}
	}
	return map[string]func() *rawServer{
		"HTTP/2, stream refused": encrypted(takesBack(false)),
		"HTTP/2, going away":     encrypted(takesBack(true)),
		"closes":                 plain(func(net.Conn, *http.Request) bool { return false }),
		"resets": plain(func(conn net.Conn, _ *http.Request) bool {
			_ = conn.(*net.TCPConn).SetLinger(0)
			return false
		}),
		"half a head":       plain(func(conn net.Conn, _ *http.Request) bool { _, _ = io.WriteString(conn, "HTTP/1.1 20"); return false }),
		"no HTTP":           plain(func(conn net.Conn, _ *http.Request) bool { _, _ = io.WriteString(conn, "hello\r\n\r\n"); return false }),
		"100, then nothing": plain(func(conn net.Conn, _ *http.Request) bool { say(conn, "100 Continue", ""); return false }),
		"408":               code("408 Request Timeout"),
		"408 and closes":    code("408 Request Timeout\r\nConnection: close"),
		"421":               code("421 Misdirected Request"),
		"425":               code("425 Too Early\r\nRetry-After: 0"),
		"429":               code("429 Too Many Requests\r\nRetry-After: 0"),
		"503":               code("503 Service Unavailable\r\nRetry-After: 0"),
		"307 to itself":     code("307 Temporary Redirect\r\nLocation: /v2/images/a"),
		"308 to itself":     code("308 Permanent Redirect\r\nLocation: /v2/images/a"),
		"http once more":    code("301 Moved Permanently\r\nLocation: /v2/images/a"),
	}
}

// Every write arrives once, whatever the server does with it, and a kept
// connection is there to be misused. PUT and DELETE stand for calls to come.
func TestEveryKindOfWriteArrivesOnce(t *testing.T) {
	location := model.Location{URL: "http://example.org/x"}
	raw := func(method string, body func() any) func(*Client) error { // a reader can be read once
		return func(c *Client) error {
			r := c.http.R()
			if body != nil {
				r.SetBody(body())
			}
			_, err := r.Execute(method, c.endpoint.at("/v2/images/a/file", nil))
			return err
		}
	}
	kinds := map[string]func(*Client) error{
		"PATCH": func(c *Client) error { _, _, err := c.Patch(background(), "a", rename); return err },
		"POST of a location": func(c *Client) error {
			_, err := c.AddLocation(background(), "a", location)
			return err
		},
		"PUT of bytes":        raw(http.MethodPut, func() any { return []byte("data") }),
		"PUT of a stream":     raw(http.MethodPut, func() any { return io.MultiReader(strings.NewReader("data")) }),
		"PUT without a body":  raw(http.MethodPut, nil),
		"POST":                raw(http.MethodPost, func() any { return bytes.NewReader([]byte("{}")) }),
		"DELETE":              raw(http.MethodDelete, nil),
		"POST without a body": raw(http.MethodPost, nil),
	}
	for name, start := range misbehaviours(t) {
		for kind, send := range kinds {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				s := start()
				c := New(Options{Endpoint: s.url, TLS: &tls.Config{InsecureSkipVerify: true}, patience: &impatient}) //nolint:gosec // the server is this test's
				defer c.Close()
				if strings.HasPrefix(s.url, "http:") {
					if _, err := c.Get(background(), "a"); err != nil {
						t.Fatal(err)
					}
				}
				s.requests.Store(0)
				err := send(c)
				if n := s.requests.Load(); n != 1 {
					t.Errorf("arrived %d times; %v", n, err)
				}
			})
		}
	}
}

// What cannot be known about a write that a server takes back on the wire is
// said so. Over HTTP/1.1 such a server just closes.
func TestAWriteThatIsTakenBackIsInDoubt(t *testing.T) {
	for name, start := range misbehaviours(t) {
		if !strings.HasPrefix(name, "HTTP/2") {
			continue
		}
		s := start()
		c := New(Options{Endpoint: s.url, TLS: &tls.Config{InsecureSkipVerify: true}, patience: &impatient}) //nolint:gosec // the server is this test's
		_, _, err := c.Patch(background(), "a", rename)
		failed(t, err, api.FailedAnswerLost, "The connection was lost before the response arrived")
		c.Close()
	}
}

// A login is a write, too: a one-time code is used up by it.
func TestALoginArrivesOnce(t *testing.T) {
	for name, start := range misbehaviours(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start()
			o := passwordOptions(s.url+"/v3", "insecure", "true")
			o.patience = &impatient
			if _, err := Connect(background(), o); err == nil {
				t.Error("logged in")
			}
			if n := s.requests.Load(); n != 1 {
				t.Errorf("arrived %d times", n)
			}
		})
	}
}

// A read may be repeated, but not without end.
func TestReadsAreRepeatedWithinBounds(t *testing.T) {
	for name, start := range misbehaviours(t) {
		if !strings.HasPrefix(name, "HTTP/2") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start()
			c := New(Options{Endpoint: s.url, TLS: &tls.Config{InsecureSkipVerify: true}, patience: &impatient}) //nolint:gosec // the server is this test's
			defer c.Close()
			_, err := c.Get(background(), "a")
			failed(t, err, api.FailedNetwork, "was lost before the response was complete")
			if n, most := int(s.requests.Load()), impatient.retries+1; n != most {
				t.Errorf("arrived %d times, want %d", n, most)
			}
		})
	}
	t.Run("kept connections that close", func(t *testing.T) {
		t.Parallel()
		s := listenRaw(t, nil, http1(func(conn net.Conn, nth int, _ *http.Request) bool {
			if nth > 1 {
				return false
			}
			say(conn, "200 OK", imageJSON("a"))
			return true
		}), nil)
		c := New(Options{Endpoint: s.url, patience: &impatient})
		defer c.Close()
		for range 20 {
			if _, err := c.Get(background(), "a"); err != nil {
				t.Fatal(err)
			}
		}
		if n := s.requests.Load(); n > 40 { // each at most once on an old connection and once on a new one
			t.Errorf("arrived %d times", n)
		}
	})
}

// Servers that speak HTTP/2 only are told apart from those that want another
// certificate.
func TestAServerThatSpeaksOnlyHTTP2(t *testing.T) {
	ca := newAuthority(t)
	s := listenRaw(t, &tls.Config{
		Certificates: []tls.Certificate{ca.valid(t, "127.0.0.1")}, MinVersion: tls.VersionTLS12,
		NextProtos: []string{"grpc-exp"}, // Go's server lets a client of HTTP/1.1 through where it has h2
	}, func(_ *rawServer, conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }, nil)
	c := New(Options{Endpoint: s.url, TLS: &tls.Config{InsecureSkipVerify: true}, patience: &impatient}) //nolint:gosec // the server is this test's
	defer c.Close()
	for _, ask := range []func() error{
		func() error { _, err := c.Get(background(), "a"); return err },
		func() error { _, _, err := c.Patch(background(), "a", rename); return err },
	} {
		failed(t, ask(), api.FailedConfigured, "accepts HTTP/2 only")
	}
}
