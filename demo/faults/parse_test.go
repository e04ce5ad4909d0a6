package faults_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo/faults"
)

func TestParse(t *testing.T) {
	plain := faults.Fault{Place: "any", First: 1, RetryAfter: -1}
	with := func(change func(*faults.Fault)) faults.Fault {
		f := plain
		change(&f)
		return f
	}
	for text, want := range map[string]faults.Fault{
		"drop-before":      with(func(f *faults.Fault) { f.Kind = "drop-before" }),
		"patch:drop-after": with(func(f *faults.Fault) { f.Kind, f.Place = "drop-after", "patch" }),
		"list:503,retry-after=2": with(func(f *faults.Fault) {
			f.Kind, f.Place, f.RetryAfter = "503", "list", 2*time.Second
		}),
		"429,retry-at=0": with(func(f *faults.Fault) { f.Kind, f.RetryAfter, f.At = "429", 0, true }),
		"get:401@3":      with(func(f *faults.Fault) { f.Kind, f.Place, f.First, f.Last = "401", "get", 3, 3 }),
		"get:401@3-":     with(func(f *faults.Fault) { f.Kind, f.Place, f.First = "401", "get", 3 }),
		"get:401@2-4":    with(func(f *faults.Fault) { f.Kind, f.Place, f.First, f.Last = "401", "get", 2, 4 }),
		"delay":          with(func(f *faults.Fault) { f.Kind, f.Time = "delay", 2*time.Second }),
		"delay=500ms":    with(func(f *faults.Fault) { f.Kind, f.Time = "delay", 500*time.Millisecond }),
		"huge=3MiB":      with(func(f *faults.Fault) { f.Kind, f.Size = "huge", 3<<20 }),
		"502,html,after": with(func(f *faults.Fault) { f.Kind, f.HTML, f.After = "502", true, true }),
		"redirect=http://other:80/x@2": with(func(f *faults.Fault) {
			f.Kind, f.Text, f.First, f.Last = "redirect", "http://other:80/x", 2, 2
		}),
		"get:type=-":                     with(func(f *faults.Fault) { f.Kind, f.Place, f.Text = "type", "get", "-" }),
		"fields-null=tags+x_y:z":         with(func(f *faults.Fault) { f.Kind, f.Names = "fields-null", []string{"tags", "x_y:z"} }),
		"fields-wrong":                   with(func(f *faults.Fault) { f.Kind = "fields-wrong" }),
		"type=text/html; charset=latin1": with(func(f *faults.Fault) { f.Kind, f.Text = "type", "text/html; charset=latin1" }),
	} {
		got, err := faults.Parse(text)
		if err != nil || got.String() != want.String() || !slices.Equal(got.Names, want.Names) || got.First != want.First || got.Last != want.Last {
			t.Errorf("%q: %+v %v, want %+v", text, got, err, want)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for text, says := range map[string]string{
		"":                          `"" is no fault; there are delay, hang, drop-before`,
		"drop":                      `"drop" is no fault`,
		"put:delay":                 `"put" is no kind of request; there are list, watch, get, patch`,
		"delay=soon":                `delay: it takes a time, such as 500ms or 2s, not "soon"`,
		"delay=-1s":                 "it takes a time",
		"huge=0":                    "it takes a size, such as 500KiB or 100MiB",
		"huge=9999999GiB":           "it takes a size",
		"huge=1TiB":                 "it takes a size",
		"hang=2s":                   `hang takes no value, and "2s" is given`,
		"type=nothing at all":       "it takes a media type",
		"redirect=/elsewhere":       "it takes a URL, such as http://other.example/",
		"fields-null=a++b":          "it takes names of attributes, such as tags+visibility",
		"503,after=2":               "after takes no value",
		"503,retry-after=soon":      "retry-after takes whole seconds, such as retry-after=2",
		"500,retry-after=2":         `"retry-after" is no setting of it; there are after, html`,
		"drop-after,after":          `it takes no settings, and "after" is given`,
		"get:401@0":                 `"@0" does not say which requests: @3 is the third`,
		"get:401@":                  `"@" does not say which requests`,
		"get:401@4-2":               `"@4-2" does not say which requests`,
		"get:401@x":                 `"@x" does not say which requests`,
		"get:401@99999999999999999": "does not say which requests",
	} {
		_, err := faults.Parse(text)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v\nwant %s", text, err, says)
		}
	}
}

// Whatever is written, Parse ends with a fault that it reads again as the
// same, or with an error in one line.
func FuzzParse(f *testing.F) {
	for _, k := range faults.Kinds() {
		f.Add(k.Name)
		for _, s := range k.Settings {
			f.Add("patch:" + k.Name + "," + s + "=2@2-")
		}
	}
	f.Add("huge=100MiB")
	f.Add("redirect=http://x:1/@3")
	f.Add("type=a/b; c=\"d@e\"")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := faults.Parse(text)
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: error %q", text, err)
			}
			return
		}
		again, err := faults.Parse(got.String())
		if err != nil || again.String() != got.String() {
			t.Errorf("%q is %q, and that is %q, %v", text, got, again, err)
		}
	})
}

// The tables say everything in words, and once.
func TestTables(t *testing.T) {
	known := map[string]bool{}
	for _, k := range faults.Kinds() {
		if known[k.Name] || k.Does == "" || strings.HasSuffix(k.Does, ".") || strings.ContainsAny(k.Name, ":=,@ ") {
			t.Errorf("%+v", k.Name)
		}
		known[k.Name] = true
		f, err := faults.Parse(k.Name)
		if err != nil || f.Is() != k.Does {
			t.Errorf("%s: %v", k.Name, err)
		}
		for _, s := range k.Settings {
			if !slices.ContainsFunc(faults.Settings(), func(x faults.Setting) bool { return x.Name == s && x.Does != "" }) {
				t.Errorf("%s: nobody knows the setting %s", k.Name, s)
			}
		}
	}
	for _, p := range faults.Places() {
		if known[p.Name] || p.Is == "" {
			t.Errorf("%+v", p.Name)
		}
		known[p.Name] = true
	}
}
