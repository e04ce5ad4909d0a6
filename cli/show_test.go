package cli

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
)

// A name is a name, whatever a server would read in it: it is found where an
// image has it, and nothing else is.
func TestShowTakesNoOperators(t *testing.T) {
	flags := service(t, demo.Options{Empty: true})
	names := []string{
		"plain", "Debian 8 2016-04-17T22:00", "2016-04-17T22:00", "eq:plain", "in:plain", "gt:plain", "in:", ":", "a:b:c", `in:"plain"`, `say "a": b`,
		`back\slash: "x"`, "in:plain,other", "neq:a", "like:%", "other", "a,b", `"quoted"`, "é: ü",
	}
	endpoint := flags[slices.IndexFunc(flags, func(f string) bool { return strings.HasPrefix(f, "http") })]
	create := func(name string) {
		body, _ := json.Marshal(map[string]string{"name": name})
		res, err := http.Post(endpoint+"/v2/images", "application/json", bytes.NewReader(body))
		if err != nil || res.StatusCode != http.StatusCreated {
			t.Fatal(res, err)
		}
		_ = res.Body.Close()
	}
	shown := func(name string) (found string, r result) {
		r = run("", append(slices.Clone(flags), "show", "--", name)...)
		var img struct{ Name string }
		_ = json.Unmarshal([]byte(r.out), &img)
		return img.Name, r
	}
	create("plain")
	create("other")
	for _, name := range names {
		if name == "plain" || name == "other" {
			continue
		}
		if found, r := shown(name); found != "" || r.status != 1 || !strings.Contains(r.err, "No image with the name or ID") {
			t.Errorf("%q, which no image has: shown %q; %d %s", name, found, r.status, r.err)
		}
		create(name)
	}
	for _, name := range names {
		if found, r := shown(name); found != name || r.status != 0 {
			t.Errorf("%q: shown %q; %d %s", name, found, r.status, r.err)
		}
	}
}
