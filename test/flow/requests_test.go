package flow

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

// fedora is the image that is edited.
const fedora = "/v2/images/da3b75d9-3f4a-40e7-8a2c-bfab23927dea"

// TestRequestsOfEachTask holds what each thing that a user does costs the
// cloud, as the cloud saw it: nothing else is ever sent. Without a refresh,
// since the watch asks by the clock.
func TestRequestsOfEachTask(t *testing.T) {
	t.Parallel()
	r := record(t, demo.Options{Still: true, Images: 300})
	m := run(t, 120, 40, r.env(), "--refresh", "0")
	from := 0
	for _, task := range []struct {
		name string
		do   func()
		// inOrder is what is sent, one after the other; beside what goes along
		// at some time.
		inOrder, beside []string
	}{
		{
			"start to the whole list", func() { m.WaitFor("300 images"); m.WaitGone(" of ?") },
			[]string{
				"POST /identity/v3/auth/tokens", "GET /v2/images?limit=25",
				"GET /v2/images?limit=n&marker", "GET /v2/images?limit=n&os_hidden=true",
			},
			[]string{"GET /versions", "GET /identity/v3/projects"},
		},
		{"filter, sort, mark, move", func() {
			m.Press("s", "S", "a", "a", "G", "g", "/")
			m.Type(`name:"Fedora 17"`)
			m.WaitFor("1 of 300")
			m.Press("enter")
		}, nil, nil},
		{"open an image", func() { m.Press("enter"); m.WaitFor("Overview") }, nil, nil},
		{"its JSON", func() { m.Press("tab", "tab", "tab", "tab"); m.WaitFor(`"disk_format"`) }, []string{"GET " + fedora}, nil},
		{"back to the list", func() { m.Press("esc"); m.WaitFor("1 of 300") }, nil, nil},
		{"edit it", func() {
			m.Press("e")
			m.WaitFor("No changes yet")
			m.Type(" x")
			m.WaitFor("1 operation")
		}, nil, []string{"GET /v2/schemas/image", "GET /v2/info/stores/detail"}},
		{"review", func() { m.Press("ctrl+s"); m.WaitFor("Review", "rename") }, nil, nil},
		{"send, to the compared result", func() { m.Press("enter"); m.WaitFor("200 OK", "as predicted") }, []string{"GET " + fedora, "PATCH " + fedora, "GET " + fedora}, nil},
	} {
		task.do()
		var sent []string
		sent, from = wait(m, r, from, len(task.inOrder)+len(task.beside))
		t.Logf("%s:\n  %s", task.name, strings.Join(sent, "\n  "))
		if len(task.inOrder) > 1 && len(sent) > 1 && !slices.Equal(sent[:2], task.inOrder[:2]) {
			t.Errorf("%s begins with %s", task.name, sent[:2])
		}
		for _, aside := range task.beside {
			if n := slices.Index(sent, aside); n >= 0 {
				sent = slices.Delete(sent, n, n+1)
			} else {
				t.Errorf("%s: no %s", task.name, aside)
			}
		}
		if task.name == "send, to the compared result" { // two more looks follow, by the clock
			for len(sent) > len(task.inOrder) && sent[len(sent)-1] == "GET "+fedora {
				sent = sent[:len(sent)-1]
			}
		}
		if sent = slices.Compact(sent); !slices.Equal(sent, task.inOrder) {
			t.Errorf("%s sends\n  %s\nnot\n  %s", task.name, strings.Join(sent, "\n  "), strings.Join(task.inOrder, "\n  "))
		}
	}
}

// TestLeavingSendsNothing: the token is not revoked, and nothing is asked.
func TestLeavingSendsNothing(t *testing.T) {
	t.Parallel()
	r := record(t, demo.Options{Still: true})
	m := run(t, 100, 30, r.env(), "--refresh", "0")
	m.WaitFor("Fedora 17")
	wait(m, r, 0, 6)
	from := len(r.requests())
	m.Press("q")
	m.WaitExit()
	if sent := r.requests()[from:]; len(sent) > 0 {
		t.Errorf("leaving sends %s", sent)
	}
}

// wait gives what was sent since a request, once there are so many.
func wait(m *terminal.Terminal, r *recorder, from, n int) (sent []string, next int) {
	m.Settle()
	for deadline := time.Now().Add(terminal.Timeout); len(r.requests())-from < n && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	sent = r.requests()[from:]
	next = from + len(sent)
	for i := range sent {
		sent[i] = varying.ReplaceAllString(sent[i], "")
		sent[i] = grown.ReplaceAllString(sent[i], "limit=n&")
	}
	return sent, next
}

// grown is the size of a page behind the first: it follows how quick they are, so
// that their number differs, too.
var grown = regexp.MustCompile(`limit=[1-9][0-9]{2}&`)

// varying is what of a request this test is not about.
var varying = regexp.MustCompile(`&(sort_dir|sort_key|visibility)=[^&]*|=[0-9a-f-]{36}`)
