package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/state"
)

// sent puts edits into a history of the test's own.
func sent(t *testing.T, edits ...func(*record.Entry)) {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	store, err := state.Open(state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for n, edit := range edits {
		base := model.Image{ID: "da3b75d9-3f4a-40e7-8a2c-bfab23927dea", Name: model.Some("Fedora 17"), Status: model.StatusActive}
		wanted := base.Clone()
		wanted.Protected = true
		p, err := rules.Rules{}.Diff(base, wanted)
		if err != nil {
			t.Fatal(err)
		}
		e := record.Entry{
			Service:   api.ServiceID{Cloud: "prod-eu", User: "admin", Project: "platform", Endpoint: "https://image.example"},
			StartedAt: time.Date(2026, 11, 25, 4, n, 0, 0, time.UTC), Base: base, Wanted: wanted, Requests: []patch.Patch{p},
			Result: record.Result{Outcome: record.OutcomeApplied, Responses: []record.Response{{Code: 200, Reason: "OK", RequestID: "req-1"}}},
		}
		edit(&e)
		id, err := store.Begin(e)
		if err == nil && e.Outcome != record.OutcomeOpen {
			err = store.End(id, e.Result)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func asItIs(*record.Entry) {}

func TestHistoryAsATable(t *testing.T) {
	sent(t, asItIs, func(e *record.Entry) {
		e.Base.Name, e.Outcome, e.Service = model.Some("evil\x1b[2J\u202e"), record.OutcomeOpen, api.ServiceID{Demo: true}
	})
	r := run("", "history")
	r.expect(t, 0, "no response  evil␛[2J‹U+202E›  demo", "")
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "TIME") ||
		!strings.Contains(lines[2], "applied      Fedora 17         prod-eu  admin@platform  protect it") {
		t.Errorf("printed\n%s", r.out)
	}
}

func TestHistoryAsJSON(t *testing.T) {
	sent(t, asItIs, asItIs)
	r := run("", "history", "--format", "json", "--limit", "1")
	r.expect(t, 0, "[", "")
	var got []struct {
		Name    string            `json:"image_name"`
		Outcome string            `json:"outcome"`
		Patches []json.RawMessage `json:"patches"`
		Answers []struct{ Code int }
	}
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || len(got) != 1 {
		t.Fatalf("%d, %v\n%s", len(got), err, r.out)
	}
	if g := got[0]; g.Name != "Fedora 17" || g.Outcome != "applied" || len(g.Patches) != 1 || g.Answers[0].Code != 200 {
		t.Errorf("%+v", g)
	}
}

func TestHistoryOfOneImageOrCloud(t *testing.T) {
	sent(t, asItIs, func(e *record.Entry) {
		e.Base.ID, e.Base.Name, e.Wanted.Name = "other", model.Some("other"), model.Some("other")
	}, func(e *record.Entry) { e.Service.Cloud = "lab" })
	for _, c := range []struct {
		args []string
		want int
	}{
		{nil, 3}, {[]string{"Fedora 17"}, 2}, {[]string{"other"}, 1}, {[]string{"--os-cloud", "lab"}, 1},
		{[]string{"--demo"}, 0}, {[]string{"nothing"}, 0},
	} {
		r := run("", append([]string{"history", "-f", "json"}, c.args...)...)
		var got []any
		if err := json.Unmarshal([]byte(r.out), &got); err != nil || len(got) != c.want || r.status != 0 {
			t.Errorf("%q: %d entries, want %d; %v %s", c.args, len(got), c.want, err, r.err)
		}
	}
}

func TestHistoryWhereThereIsNone(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	run("", "history").expect(t, 0, "", "No edits recorded in ")
	run("", "history", "--limit", "0").expect(t, 2, "", "must be 1 or greater")
	run("", "history", "a", "b").expect(t, 2, "", "history")
}

func TestAHistoryThatCannotBeReadIsSaid(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_STATE_HOME", home)
	if err := os.WriteFile(filepath.Join(home, "glance-tui"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	run("", "history").expect(t, 1, "", "Could not read the history")
}

func TestDamagedLinesOfAHistoryAreCounted(t *testing.T) {
	sent(t, asItIs)
	files, _ := filepath.Glob(filepath.Join(os.Getenv("XDG_STATE_HOME"), "glance-tui", "history", "*.jsonl"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	f, err := os.OpenFile(files[0], os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("torn\n")
		_ = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	run("", "history").expect(t, 0, "prod-eu", "Skipped 1 damaged line in the history of prod-eu.")
}
