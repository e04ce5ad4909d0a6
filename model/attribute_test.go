package model_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/filter"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

// eachAttribute runs a test for every attribute, with an image that has nothing and
// one that has a value of it alone.
func eachAttribute(t *testing.T, run func(t *testing.T, a *model.Attribute, none, some model.Image)) {
	t.Helper()
	none := model.Image{ID: "x", Status: model.StatusQueued, Visibility: model.Private, Tags: []string{}, LocationsShown: true,
		Locations: []model.Location{}, Properties: map[string]model.Opt[string]{}}
	for _, a := range model.Attributes() {
		some := none.Clone()
		modeltest.SetValue(a, &some)
		t.Run(a.Name, func(t *testing.T) { run(t, a, none.Clone(), some) })
	}
}

func TestEveryAttributeIsReadAndWritten(t *testing.T) {
	eachAttribute(t, func(t *testing.T, a *model.Attribute, none, some model.Image) {
		text, err := json.Marshal(some)
		if err != nil {
			t.Fatal(err)
		}
		var again model.Image
		if err := again.UnmarshalShown(text); err != nil || !reflect.DeepEqual(again, some) {
			t.Errorf("%s was read as %+v, %v", text, again, err)
		}
		changes := merge.Changes(none, some)
		if len(changes) != 1 || changes[0].Field.Attr != a.Name || changes[0].ByServer != a.ByServer || changes[0].Before == changes[0].After {
			t.Errorf("the changes are %+v", changes)
		}
		if a.Base && a.Kind != model.KindLocations {
			if a.Same(&none, &some) || !a.Same(&some, &again) {
				t.Error("it is not compared")
			}
			if c := changes[0]; c.Before != a.Words(&none) || c.After != a.Words(&some) {
				t.Errorf("in words it is %q, then %q; the change is %+v", a.Words(&none), a.Words(&some), c)
			}
		}
	})
}

func TestEveryAttributeIsEdited(t *testing.T) {
	rules := rules.Rules{}
	eachAttribute(t, func(t *testing.T, a *model.Attribute, none, some model.Image) {
		if a.Kind == model.KindLocations {
			for _, i := range []*model.Image{&none, &some} {
				i.DiskFormat, i.ContainerFormat = model.Some("raw"), model.Some("bare")
			}
		}
		p, err := rules.Diff(none, some)
		if err != nil {
			t.Fatal(err)
		}
		if a.ByServer {
			if len(p) > 0 {
				t.Errorf("a client is to set it by %s", p.JSON())
			}
			return
		}
		if len(p) != 1 || !strings.HasPrefix(p[0].Path, "/"+a.Name) && a.Kind != model.KindProperties {
			t.Fatalf("the patch is %s", p.JSON())
		}
		after, err := rules.Apply(none, p)
		if err != nil || len(merge.ByClient(merge.Changes(after, some))) > 0 {
			t.Errorf("the patch makes %+v, %v", after, err)
		}
		steps := explain.Steps(rules, none, p)
		if len(steps) != 1 || steps[0].Verb == "" || strings.Contains(steps[0].Verb, "_") || steps[0].Text == "" {
			t.Errorf("in words it is %+v", steps)
		}
		if a.Settable() && a.Kind != model.KindTags && (steps[0].Before != a.Words(&none) || steps[0].After != a.Words(&some)) {
			t.Errorf("the step is from %q to %q", steps[0].Before, steps[0].After)
		}
		command, cannot := explain.OpenStack(none, p)
		if (len(cannot) == 0) == (a.Kind == model.KindLocations) || len(cannot) == 0 && !strings.Contains(command, a.Option) {
			t.Errorf("the command is %q, and cannot %q", command, cannot)
		}
		theirs := none.Clone()
		theirs.Properties["theirs"] = model.Some("x")
		merged, conflicts := merge.Merge(none, some, theirs)
		if len(conflicts) > 0 || len(merge.Changes(merged, some)) != 1 || len(merge.Changes(merged, theirs)) != 1 {
			t.Errorf("merged it is %+v, %+v", merged, conflicts)
		}
		if a.Settable() && !a.Same(&some, func() *model.Image { i := none.Clone(); a.Copy(&i, &some); return &i }()) {
			t.Error("it is not copied")
		}
	})
}

func TestEveryAttributeIsFiltered(t *testing.T) {
	now := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	eachAttribute(t, func(t *testing.T, a *model.Attribute, none, some model.Image) {
		if a.Filter.Form == "" {
			if !a.ByServer {
				t.Error("no filter asks for it")
			}
			return
		}
		key, _, _ := strings.Cut(a.Filter.Form, ":")
		value := "value"
		switch v := a.Field(&some).(type) {
		case *string:
			value = *v
		case *model.Opt[string]:
			value = v.Value
		case *bool:
			value = "yes"
		case *int64:
			value = ">6"
		case *model.Opt[int64]:
			value = ">6G"
		case *time.Time:
			value = "2026-01-02"
		case *[]model.Location:
			value = "~value"
		case *map[string]model.Opt[string]:
			value = "p=value"
		}
		f, err := filter.Parse(key+":"+value, now)
		if err != nil {
			t.Fatal(err)
		}
		if a.Name != "id" && f.Match(&none, api.Session{}) || !f.Match(&some, api.Session{}) {
			t.Errorf("%s:%s does not tell them apart", key, value)
		}
		if service, err := filter.Parse(a.Name+":"+value, now); a.Kind != model.KindProperties && (err != nil || !service.Match(&some, api.Session{})) {
			t.Errorf("its name in the API is no key: %v", err)
		}
	})
}
