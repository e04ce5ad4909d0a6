package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/test/terminal"
)

// TestMain lets the test binary be the launcher of what is measured, as the
// program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == launchCommand {
		os.Exit(launch(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// TestBench plays all of it in small on the embedded service, so that the
// measurement does not rot between two times that someone looks at it.
func TestBench(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for a while, beside curl")
	}
	terminal.Tool(t, "curl", "what is measured is measured beside it")
	p, err := parsePlan([]string{"-real", "0", "-demo", "150", "-runs", "1", "-keys", "2", "-idle", "10ms", "-with", "curl"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := bench(t.Context(), p, &out); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, want := range []string{
		"| the first 25 of ", "| the whole list, ", "|  | curl | 0.", "|  | openstack | not run: ",
		"| resident memory", "| move | ", "| mark all | ", "(6 keys)",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, &out)
		}
	}
	if strings.Contains(out.String(), "failed") {
		t.Errorf("something failed:\n%s", &out)
	}
}

func TestLaunch(t *testing.T) {
	s, err := command{argv: []string{"sh", "-c", "echo said; exit 0"}}.run(t.Context())
	if err != nil || s.took <= 0 {
		t.Errorf("%+v, %v", s, err)
	}
	_, err = command{argv: []string{"sh", "-c", "echo first >&2; echo last >&2; exit 3"}}.run(t.Context())
	if err == nil || !strings.HasSuffix(err.Error(), "exit status 3: last") {
		t.Errorf("the error is %v", err)
	}
	if _, err := (command{argv: []string{"/nowhere"}}).run(t.Context()); err == nil {
		t.Error("what does not exist was run")
	}
}

func TestRounds(t *testing.T) {
	var order []string
	takes := func(name string, d time.Duration) contender {
		return contender{name: name, run: func(context.Context) (sample, error) {
			order = append(order, name)
			d += time.Millisecond
			return sample{took: d}, nil
		}}
	}
	fails := contender{name: "broken", run: func(context.Context) (sample, error) { return sample{}, errors.New("no") }}
	got := rounds(t.Context(), 4, []contender{
		takes("a", time.Second), takes("b", 2*time.Second), takes("long", slow), fails, {name: "absent", missing: "why"},
	})
	compare(got, "a")
	if want := "a b long a b long a b long a b a b"; strings.Join(order, " ") != want {
		t.Errorf("ran %v, wanted %s", order, want)
	}
	if len(got[1].samples) != 4 || len(got[2].samples) != fewRounds || got[3].err == nil || got[4].missing != "why" {
		t.Errorf("%+v", got)
	}
	if got[0].ratios[0] != 1 || got[1].ratios[0] != 2.002/1.002 {
		t.Errorf("the ratios are %v and %v", got[0].ratios, got[1].ratios)
	}
}

func TestStatistics(t *testing.T) {
	ms := func(values ...int) (out []time.Duration) {
		for _, v := range values {
			out = append(out, time.Duration(v))
		}
		return out
	}
	if got := middle(ms(5, 1, 3)); got != 3 {
		t.Errorf("the median is %d", got)
	}
	if got := middle(ms(4, 1, 3, 2)); got != 2 { // 2.5 in whole nanoseconds
		t.Errorf("the median of four is %d", got)
	}
	hundred := make([]int, 100)
	for n := range hundred {
		hundred[n] = 100 - n
	}
	for p, want := range map[float64]time.Duration{50: 50, 99: 99, 100: 100, 0: 1} {
		if got := percentile(ms(hundred...), p); got != want {
			t.Errorf("%v %% of 1 to 100 are at most %d, wanted %d", p, got, want)
		}
	}
	if middle[float64](nil) != 0 || percentile(nil, 99) != 0 {
		t.Error("nothing has a median")
	}
}

func TestRelay(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, strings.Repeat("x", 1000))
	}))
	defer server.Close()
	r, err := newRelay(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	client := &http.Client{Transport: &http.Transport{}}
	for _, method := range []string{http.MethodGet, http.MethodPatch} {
		req, _ := http.NewRequestWithContext(t.Context(), method, r.url()+"/v2/images?limit=1", strings.NewReader("body"))
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if body, _ := io.ReadAll(res.Body); len(body) != 1000 {
			t.Errorf("%d bytes got through", len(body))
		}
		_ = res.Body.Close()
	}
	client.CloseIdleConnections()
	r.wait()
	got := r.take()
	if want := []string{"GET /v2/images", "PATCH /v2/images"}; !slices.Equal(got.requests, want) {
		t.Errorf("asked %v", got.requests)
	}
	if got.received < 2000 || got.received > 3000 || got.sent < 100 || got.sent > 1000 {
		t.Errorf("counted %+v", got)
	}
	if again := r.take(); again.received != 0 || len(again.requests) != 0 {
		t.Errorf("counted twice: %+v", again)
	}
}

func TestNextFrame(t *testing.T) {
	output := []byte("loose\x1b[?2026hone\x1b[?2026l\x1b[?25h\x1b[?2026htwo")
	var got []string
	for more := true; more; {
		var text []byte
		text, output, more = nextFrame(output)
		got = append(got, string(text))
	}
	want := []string{"loose", "\x1b[?2026hone\x1b[?2026l", "\x1b[?25h", ""}
	if !slices.Equal(got, want) || string(output) != "\x1b[?2026htwo" {
		t.Errorf("cut into %q and %q", got, output)
	}
}

func TestPlan(t *testing.T) {
	for text, want := range map[string][]int{"1000,10000": {1000, 10000}, " 5 , 0": {5}, "0": nil} {
		if got, err := numbers(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "x", "-1", "1,"} {
		if got, err := numbers(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// TestListMemory holds `glance-tui list` to the memory that it may take at
// 10,000 images: what it has printed it must forget.
func TestListMemory(t *testing.T) {
	const images, most = 10_000, 40 << 20
	h, err := findHouse(t.Context())
	defer os.RemoveAll(h.work)
	if err != nil {
		t.Fatal(err)
	}
	s, stop, err := h.embedded(t.Context(), images, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for _, arguments := range [][]string{{"--format", "json"}, {"--format", "table"}, {"--format", "json", "status:active", "ubuntu"}} {
		argv := append([]string{h.program, "list"}, arguments...)
		got, err := command{argv: argv, env: s.environment(s.image)}.run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.peak > most {
			t.Errorf("list %s held %s", strings.Join(arguments, " "), mebibytes(got.peak))
		}
		t.Logf("list %s: %s", strings.Join(arguments, " "), mebibytes(got.peak))
	}
}
