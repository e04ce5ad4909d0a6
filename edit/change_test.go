package edit

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestChanges(t *testing.T) {
	for _, c := range []struct {
		changes string // with | between
		patch   string // for the image with two locations
	}{
		{"name=x", `[{"op":"replace","path":"/name","value":"x"}]`},
		{"name=a=b, \"c\" ", `[{"op":"replace","path":"/name","value":"a=b, \"c\" "}]`},
		{"name=noble", `[]`},
		{"name=", `[{"op":"replace","path":"/name","value":null}]`},
		{"unset:name", `[{"op":"replace","path":"/name","value":null}]`},
		{"tags=a,b", `[{"op":"replace","path":"/tags","value":["a","b"]}]`},
		{`tags="a,b",c"d,"e""f"`, `[{"op":"replace","path":"/tags","value":["a,b","c\"d","e\"f"]}]`},
		{"tags=", `[{"op":"replace","path":"/tags","value":[]}]`},
		{"tags+=lts|tags-=beefy,none", `[{"op":"replace","path":"/tags","value":["fedora","lts"]}]`},
		{"tags+=fedora", `[]`},
		{"visibility=public", `[{"op":"replace","path":"/visibility","value":"public"}]`},
		{"protected=yes|hidden=TRUE", `[{"op":"replace","path":"/protected","value":true},{"op":"replace","path":"/os_hidden","value":true}]`},
		{"os_hidden=no|protected=false", `[]`},
		{"min_disk=10|min_ram=0", `[{"op":"replace","path":"/min_disk","value":10}]`},
		{"prop:os_distro=ubuntu", `[{"op":"replace","path":"/os_distro","value":"ubuntu"}]`},
		{"prop:x=", `[{"op":"add","path":"/x","value":""}]`},
		{`prop:"a=b"=c=d`, `[{"op":"add","path":"/a=b","value":"c=d"}]`},
		{"unset:prop:os_distro|unset:prop:none", `[{"op":"remove","path":"/os_distro"}]`},
		{"location+=http://h/x?a=b", `[{"op":"add","path":"/locations/-","value":{"url":"http://h/x?a=b","metadata":{}}}]`},
		{"locations-=http://mirror.example/noble.qcow2", `[{"op":"remove","path":"/locations/1"}]`},
		{"name=x|name=x", `[{"op":"replace","path":"/name","value":"x"}]`},
	} {
		all, err := ParseChanges(strings.Split(c.changes, "|"))
		if err != nil {
			t.Errorf("%s: %v", c.changes, err)
			continue
		}
		base := active()
		wanted, err := all.Apply(base, rules.Rules{})
		if err != nil {
			t.Errorf("%s: %v", c.changes, err)
			continue
		}
		patch, err := rules.Diff(base, wanted)
		if got := strings.TrimSpace(string(patch.JSON())); err != nil || !sameJSON(t, got, c.patch) {
			t.Errorf("%s: %s, %v", c.changes, got, err)
		}
	}
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	compact := func(s string) string {
		var v any
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		out, _ := json.Marshal(v)
		return string(out)
	}
	return compact(a) == compact(b)
}

func TestChangesThatMakeNoSense(t *testing.T) {
	for changes, says := range map[string]string{
		"protected":                   "write NAME=VALUE, such as protected=yes",
		"whatever":                    "such as name=VALUE",
		"nme=x":                       "did you mean name?",
		"tag+=x":                      "did you mean tags?",
		"os_distro=ubuntu":            "a property is written prop:os_distro=ubuntu",
		"status=active":               "status is set by the server",
		"properties=x":                "a property is written prop:properties=x",
		"name+=x":                     "name has one value",
		"protected=maybe":             "write yes or no",
		"min_ram=1.5":                 "a whole number is needed",
		"min_ram=9999999999999999999": "too large",
		"tags=a,,b":                   "there is no tag between two commas",
		"tags=a,":                     "behind the last comma",
		`tags="a`:                     `a closing " is missing`,
		`tags="a"b`:                   "follows a closing quotation mark",
		"tags+=":                      "names no tag",
		"location=http://x":           "write location+=URL or location-=URL",
		"location+=":                  "names no URL",
		"prop:x":                      "write prop:NAME=VALUE",
		"prop:=x":                     "write prop:NAME=VALUE",
		"unset:prop:":                 "write unset:prop:NAME",
		"unset:tags":                  "always has a value",
		"unset:os_distro":             "unset:prop:os_distro",
		"name=a|name=b":               "name=a and name=b contradict each other",
		"tags+=a,b|tags-=b":           "contradict",
		"tags=a|tags+=b":              "contradict",
		"prop:x=1|unset:prop:x":       "contradict",
		"location+=u|location-=u":     "contradict",
		"unset:name|name=x":           "contradict",
		"hidden=yes|os_hidden=no":     "contradict",
	} {
		_, err := ParseChanges(strings.Split(changes, "|"))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", changes, err, says)
		}
	}
}

func TestWhatIsUnknownIsNotChanged(t *testing.T) {
	hidden := with(active(), func(i *model.Image) { i.Locations, i.LocationsShown = nil, false })
	unread := with(active(), func(i *model.Image) { i.Unread = map[string]json.RawMessage{"tags": []byte(`7`)} })
	for _, c := range []struct {
		base   model.Image
		change string
	}{{hidden, "location-=http://x/y"}, {unread, "tags+=x"}} {
		all, err := ParseChanges([]string{c.change})
		if err != nil {
			t.Fatal(err)
		}
		if wanted, err := all.Apply(c.base, rules.Rules{}); err == nil || len(merge.Changes(c.base, wanted)) > 0 {
			t.Errorf("%s: %v", c.change, err)
		}
	}
}

// FuzzParseChange: what is read can be written, and is read as the same again.
func FuzzParseChange(f *testing.F) {
	for _, s := range []string{"name=x", `tags="a,b",c`, "tags-=x", "prop:a=b", `prop:"a=b""c"=d`, "unset:prop:\"x\"", "location+=http://x", "min_ram=12", "hidden=yes", "unset:name"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		c, err := ParseChange(arg)
		if err != nil {
			return
		}
		again, err := ParseChange(c.String())
		if err != nil || again.String() != c.String() {
			t.Fatalf("%q is written as %q: %v", arg, c.String(), err)
		}
		base := active()
		one, err1 := Changes{c}.Apply(base, rules.Rules{})
		two, err2 := Changes{again}.Apply(base, rules.Rules{})
		if (err1 == nil) != (err2 == nil) || len(merge.Changes(one, two)) > 0 {
			t.Fatalf("%q and %q do not mean the same: %v %v", arg, c.String(), err1, err2)
		}
	})
}

// TestEveryAttributeHasAChange: what a client can set is set from a command line.
func TestEveryAttributeHasAChange(t *testing.T) {
	for _, a := range model.Attributes() {
		if (len(a.Changes) == 0) != a.ByServer {
			t.Errorf("%s: the changes are %v", a.Name, a.Changes)
		}
		for _, u := range a.Changes {
			c, err := ParseChange(u.Form)
			if err != nil || c.String() != u.Form {
				t.Fatalf("%s: %v, %v", u.Form, c, err)
			}
			base := model.Image{Status: model.StatusQueued, Visibility: model.Private, LocationsShown: true}
			modeltest.SetValue(a, &base)
			switch v := a.Field(&base).(type) {
			case *bool:
				*v = false
			case *[]string:
				*v = []string{"beta"}
			case *[]model.Location:
				if c.does == drops {
					(*v)[0].URL = c.key
				}
			case *map[string]model.Opt[string]:
				*v = map[string]model.Opt[string]{"os_distro": model.Some("other")}
			case *model.Opt[string]:
				*v = model.Some("other")
			case *string:
				*v = a.Values[0]
			}
			wanted, err := Changes{c}.Apply(base, rules.Rules{})
			if changes := merge.Changes(base, wanted); err != nil || len(changes) != 1 || changes[0].Field.Attr != a.Name {
				t.Errorf("%s: %+v, %v", u.Form, changes, err)
			}
		}
	}
	for _, f := range ChangeForms() {
		if !strings.HasPrefix(f.Form, f.Begins) || f.Begins == f.Form || f.Means == "" || !strings.ContainsAny(f.Begins, "=:") {
			t.Errorf("%+v", f)
		}
	}
}
