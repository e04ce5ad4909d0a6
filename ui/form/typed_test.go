package form

import (
	"encoding/json"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// TestTypedComesBack: a draft keeps every attribute and byte as it was typed.
func TestTypedComesBack(t *testing.T) {
	const mark = "\U0010FFFF"
	base := uitest.Active()
	for _, odd := range []string{"plain", "\xff", mark + "ff", "a" + mark, "\xff" + mark, "null", ""} {
		s := stateOf(base, base, nil)
		for n, a := range valued {
			switch a.Kind {
			case model.KindBool:
				s.values[n].Value = map[string]string{"true": "false", "false": "true"}[s.values[n].Value]
			case model.KindChoice:
				s.values[n] = model.Opt[string]{Value: odd, Set: odd != ""}
			default:
				s.values[n] = model.Some(odd)
			}
		}
		s.tagText, s.tags[0].text = odd, odd
		s.properties[0].name, s.properties[0].value = odd, odd
		s.locations[0].url, s.locations[0].metadata = odd, []string{odd}
		kept := s.typed()
		again, err := stateFrom(kept, base, base)
		if err != nil {
			t.Fatalf("%q: %v\n%s", odd, err, kept)
		}
		if string(again.typed()) != string(kept) || !json.Valid(kept) {
			t.Errorf("%q: %s became %s", odd, kept, again.typed())
		}
		for n, a := range valued {
			if again.values[n] != s.values[n] {
				t.Errorf("%s: %v became %v", a.Name, s.values[n], again.values[n])
			}
		}
		if again.tagText != odd || again.tags[0].text != odd || again.properties[0].value != odd || again.locations[0].url != odd || again.locations[0].metadata[0] != odd {
			t.Errorf("%q: %+v", odd, again)
		}
	}
}

// TestTypedOfBefore: drafts that were kept before texts were escaped, and before an
// attribute was known.
func TestTypedOfBefore(t *testing.T) {
	base := uitest.Active()
	s, err := stateFrom(json.RawMessage(`{"name":{"bytes":"Yf8="},"owner":"\udbff\udfffff","tags":[{"text":{"bytes":"/w=="},"new":true}],"visibility":"public",
		"protected":false,"min_disk":"12x","min_ram":"0","disk_format":null,"locations":null,"properties":[{"name":"a","value":"b"}]}`), base, base)
	if err != nil {
		t.Fatal(err)
	}
	if s.value("name").Value != "a\xff" || s.value("owner").Value != "\U0010FFFFff" || s.tags[0].text != "\xff" || s.value("visibility").Value != "public" ||
		s.value("protected").Value != "false" || s.value("min_disk").Value != "12x" || s.value("disk_format").Set || s.properties[0].value != "b" {
		t.Errorf("%+v", s)
	}
	if *s.value("container_format") != base.ContainerFormat {
		t.Errorf("what the draft lacks is %+v", s.value("container_format"))
	}
	for _, odd := range []string{`{"name":5}`, `{"protected":"yes"}`, `{"tags":{}}`, `[]`, `{"locations":[{"from":99}]}`} {
		if _, err := stateFrom(json.RawMessage(odd), base, base); err == nil {
			t.Errorf("%s was read", odd)
		}
	}
}

// TestEveryAttributeIsInTheForm: what a client can set has a field, and is wanted as
// the form shows it, now and out of a draft.
func TestEveryAttributeIsInTheForm(t *testing.T) {
	base := uitest.Fedora()
	f := open(t, base)
	for _, a := range model.Attributes() {
		if a.ByServer {
			continue
		}
		if f.order(spot{attr: a.Name}) < 0 {
			t.Errorf("%s has no field", a.Name)
		}
		wanted := base.Clone()
		modeltest.SetValue(a, &wanted)
		s := stateOf(base, wanted, nil)
		again, err := stateFrom(s.typed(), base, wanted)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []state{s, again} {
			got := s.wanted(base, f.allowsNull)
			if len(merge.Changes(base, wanted)) == 0 || len(merge.Changes(wanted, got.image)) > 0 || len(got.faults) > 0 {
				t.Errorf("%s: wanted is %+v, %v", a.Name, merge.Changes(wanted, got.image), got.faults)
			}
		}
		if clone := s.clone(); a.Settable() && a.Kind != model.KindTags {
			clone.value(a.Name).Value += "x"
			if clone.equal(s) {
				t.Errorf("%s: another value is no change", a.Name)
			}
		}
	}
}
