package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/state"
)

// struckEdit is an edit that meets a fault, by a command that waits for nothing.
func struckEdit(t *testing.T, fault, format string) result {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	f, err := faults.Parse(fault)
	if err != nil {
		t.Fatal(err)
	}
	running, err := demo.New(demo.Options{Still: true, Faults: []faults.Fault{f}}).Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeDemo(running) })
	o := newOptions()
	o.settings = map[string]string{"auth_type": "none", "endpoint": running.URL}
	var out, errs bytes.Buffer
	s := &streams{in: strings.NewReader(""), out: &out, err: &errs}
	c := editCommand{newSender(o, s)}
	c.format.value = format
	c.sleep = func(context.Context, time.Duration) {}
	r := result{}
	if err := c.run(t.Context(), []string{fedora, "name=x", "min_ram=1024"}); err != nil {
		r.status = report(&errs, newRoot(s), failed{err})
	}
	r.out, r.err = out.String(), errs.String()
	return r
}

// TestWhatAnEditIsSaidToHaveBecome: once a reading has told, nothing says that
// no one knows, and nothing is called accepted that the server did not accept.
func TestWhatAnEditIsSaidToHaveBecome(t *testing.T) {
	const (
		applied = "Fedora 17: applied, as the image shows.\n"
		not     = "The edit was not applied: the image shows none of it.\nglance-tui: Could not send the edit. "
		again   = "\nRun the command again to send it.\n"
	)
	for fault, want := range map[string]struct {
		out  string
		errs []string
	}{
		"patch:drop-after":  {applied, []string{"The server did not confirm the edit: The connection was lost before the response arrived."}},
		"patch:500,after":   {applied, []string{"The server did not confirm the edit: The server responded with 500 Internal Server Error. "}},
		"patch:503,after":   {applied, []string{"The server did not confirm the edit: The server responded with 503 Service Unavailable. "}},
		"patch:504,after":   {applied, []string{"The server responded with 504 Gateway Timeout. The Image service took longer"}},
		"patch:garbage":     {applied, []string{"The response is not one that an Image service sends."}},
		"patch:drop-before": {"", []string{not + "The connection was lost before the response arrived.", again}},
		"patch:html":        {"", []string{not + "The response is not JSON: this may not be an Image service.", again}},
		"patch:500":         {"", []string{not, again}},
		"patch:504":         {"", []string{not, again}},
	} {
		r := struckEdit(t, fault, "text")
		if r.out != want.out || r.status == 0 != (want.out != "") {
			t.Errorf("%s: exit status %d, output %q", fault, r.status, r.out)
		}
		if waits := strings.Contains(r.err, "Checking the image for the outcome of the edit …\n"); waits != (want.out == "") {
			t.Errorf("%s: says that it waits: %v", fault, waits)
		}
		for _, w := range append(want.errs, "PATCH") {
			if !strings.Contains(r.err, w) {
				t.Errorf("%s: no %q in\n%s", fault, w, r.err)
			}
		}
		store, err := state.Open(state.Options{})
		if err != nil {
			t.Fatal(err)
		}
		all, err := store.AllEntries(2)
		if err = errors.Join(err, store.Close()); err != nil || len(all) != 1 || len(all[0].Responses) != 1 {
			t.Fatal(all, err)
		}
		j := struckEdit(t, fault, "json")
		var got editResult
		if err := json.Unmarshal([]byte(j.out), &got); err != nil || got.Failure == "" || len(got.Answers) != 1 {
			t.Errorf("%s: %v %s", fault, err, j.out)
		}
		for _, wrong := range []string{"knows whether", "may have been", "may or may not", "Read the image again", "accepted, and", "operations accepted"} {
			if strings.Contains(r.out+r.err+j.out+j.err+all[0].Responses[0].Detail, wrong) {
				t.Errorf("%s: %q in\n%s%s%s%s%s", fault, wrong, r.out, r.err, j.out, j.err, all[0].Responses[0].Detail)
			}
		}
	}
}
