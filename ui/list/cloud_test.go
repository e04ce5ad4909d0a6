package list

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// meter is a listener that counts what goes over its connections, both ways.
type meter struct {
	net.Listener
	bytes, requests atomic.Int64
}

type counted struct {
	net.Conn
	n *atomic.Int64
}

func (m *meter) Accept() (net.Conn, error) {
	c, err := m.Listener.Accept()
	return counted{c, &m.bytes}, err
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.n.Add(int64(n))
	return n, err
}

func (c counted) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.n.Add(int64(n))
	return n, err
}

// cloud is a list with the real client at the embedded service, over a wire
// that counts, and another client beside it that is not counted. All of them go
// by one clock, which only the test moves.
type cloud struct {
	*hours
	wire   meter
	beside string        // the other client's way to the service
	delay  time.Duration // by each answer, by the clock
}

func newCloud(t testing.TB, n int) *cloud {
	c := &cloud{}
	clock := demotest.NewClock()
	service := demo.New(demo.Options{Images: n, Empty: true, Still: true, Now: clock.Now, ImportTime: time.Hour})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.wire.requests.Add(1)
		clock.Advance(c.delay)
		r.Header.Del("X-Auth-Token") // it has only been carried
		service.Handler().ServeHTTP(w, r)
	}))
	c.wire.Listener = server.Listener
	server.Listener = &c.wire
	server.Start()
	t.Cleanup(server.Close)
	aside := httptest.NewServer(service.Handler())
	t.Cleanup(aside.Close)
	c.beside = aside.URL
	// A token of Keystone's has about 200 letters.
	watching := client.New(client.Options{Endpoint: server.URL, Token: strings.Repeat("t", 200)})
	t.Cleanup(watching.Close)
	c.hours = newHoursAt(t, watching, clock)
	return c
}

// read reads the whole list, in a window of that size.
func (c *cloud) read(width, height int) { c.msgs = uitest.Start(c.List, width, height) }

// send is a request of someone else.
func (c *cloud) send(method, path, contentType, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.beside+path, bytes.NewReader([]byte(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	if text, _ := io.ReadAll(res.Body); res.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s", method, path, res.Status, text)
	}
}

// edit sets an attribute to a JSON value.
func (c *cloud) edit(id, attribute, value string) {
	c.t.Helper()
	c.send("PATCH", "/v2/images/"+id, patch.MediaTypeV21, `[{"op":"replace","path":"/`+attribute+`","value":`+value+`}]`)
}

func (c *cloud) rename(id, name string) { c.t.Helper(); c.edit(id, "name", fmt.Sprintf("%q", name)) }

func (c *cloud) hide(id string) { c.t.Helper(); c.edit(id, "os_hidden", "true") }

func (c *cloud) delete(id string) {
	c.t.Helper()
	c.edit(id, "protected", "false")
	c.send("DELETE", "/v2/images/"+id, "", "")
}

// id is that of an image by its place in the list.
func (c *cloud) id(at int) string { return c.store.ID(int32(at)) }

func (c *cloud) name(at int) string { return c.store.Name(int32(at)) }

// cost is what a stretch of time cost, a minute.
type cost struct {
	minutes         float64
	requests, bytes float64
}

// during measures while time passes, in steps, so that a key can come with each.
func (c *cloud) during(d time.Duration) cost {
	c.t.Helper()
	requests, bytes := c.wire.requests.Load(), c.wire.bytes.Load()
	c.pass(d)
	return cost{d.Minutes(), float64(c.wire.requests.Load() - requests), float64(c.wire.bytes.Load() - bytes)}
}

func (a cost) and(b cost) cost {
	return cost{a.minutes + b.minutes, a.requests + b.requests, a.bytes + b.bytes}
}

func (a cost) String() string {
	return fmt.Sprintf("%5.1f requests and %8.1f kB a minute", a.requests/a.minutes, a.bytes/a.minutes/1000)
}
