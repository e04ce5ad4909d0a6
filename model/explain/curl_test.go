package explain_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestCurlSendsTheVeryRequest(t *testing.T) {
	p := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17's $(touch x) `y` !! & <b>"}}
	for _, shell := range shells {
		calls := runInShell(t, shell, curlOf("http://glance:9292", "da3b75d9", p), "curl")
		want := []ran{{"curl", []string{"-gsS", "-X", "PATCH", "-H", "X-Auth-Token: a token",
			"-H", "Content-Type: application/openstack-images-v2.1-json-patch",
			"-H", "Accept: application/json",
			"--data-binary", string(p.JSON()),
			"--url", "http://glance:9292/v2/images/da3b75d9"}}}
		if fmt.Sprint(calls) != fmt.Sprint(want) {
			t.Errorf("%s ran\n%q, want\n%q", shell, calls, want)
		}
	}
}

// curlOf is the command for patches of an image.
func curlOf(endpoint, id string, patches ...patch.Patch) string {
	var requests []rules.Request
	for _, p := range patches {
		requests = append(requests, rules.Rules{}.Request(model.Image{ID: id}, p))
	}
	return explain.Curl(endpoint, requests...)
}

func TestCurlOfNothing(t *testing.T) {
	if got := explain.Curl("http://glance:9292"); got != "" {
		t.Errorf("got %s", got)
	}
}

// Of two requests both are sent, in order, and --fail makes a refusal of the
// first the end.
func TestCurlSendsTheSecondOnlyAfterTheFirst(t *testing.T) {
	first, second := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "it's"}}, patch.Patch{{Op: patch.OpRemove, Path: "/locations/0"}}
	script := curlOf("http://glance:9292", "da3b75d9", first, second)
	for _, shell := range shells {
		calls := runInShell(t, shell, script, "curl")
		if len(calls) != 2 {
			t.Fatalf("%s ran %q", shell, calls)
		}
		for n, p := range []patch.Patch{first, second} {
			if got := calls[n].arguments; !slices.Contains(got, "--fail") || !slices.Contains(got, string(p.JSON())) {
				t.Errorf("%s ran %q as request %d", shell, got, n+1)
			}
		}
		refused := exec.Command(shell, "-c", "curl() { echo called; return 22; }\n"+script)
		out, err := refused.Output()
		if err == nil || string(out) != "called\n" {
			t.Errorf("%s: after a refusal: %q, %v", shell, out, err)
		}
	}
}

func TestCurlNeverHoldsWhatDoesNotShow(t *testing.T) {
	for _, s := range modeltest.Hostile {
		text := curlOf("http://x/", "id", patch.Patch{{Op: patch.OpAdd, Path: "/p", Value: s}})
		if at := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && quote.Hidden(r) }); at >= 0 {
			t.Errorf("%q: %q is left in %q", s, text[at:], text)
		}
	}
}

func TestCurlFindsTheImage(t *testing.T) {
	for _, c := range []struct{ endpoint, id, want string }{
		{"http://glance:9292", "a", "http://glance:9292/v2/images/a"},
		{"http://glance:9292/", "a", "http://glance:9292/v2/images/a"},
		{"http://glance:9292/v2", "a", "http://glance:9292/v2/images/a"},
		{"http://glance:9292/v2/", "a", "http://glance:9292/v2/images/a"},
		{"https://cloud/image/v2.16//", "a", "https://cloud/image/v2/images/a"},
		{"https://cloud/v2/12345", "a", "https://cloud/v2/12345/images/a"},
		{"https://cloud/image", "a", "https://cloud/image/v2/images/a"},
		{"http://[::1]:9292", "a b/../?#%", "http://[::1]:9292/v2/images/a%20b%2F..%2F%3F%23%25"},
	} {
		if got := explain.CurlURL((rules.Rules{}).Request(model.Image{ID: c.id}, nil), c.endpoint); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.endpoint, c.id, got, c.want)
		}
	}
}

// The body may be escaped otherwise than it is sent by the program, but it
// must mean the same.
func TestCurlBodyMeansThePatch(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var p patch.Patch
		for n, s := range rapid.SliceOfN(anyText(), 1, 5).Draw(r, "values") {
			p = append(p, patch.Operation{Op: patch.OpAdd, Path: fmt.Sprint("/p", n), Value: s})
		}
		shell := rapid.SampledFrom(shells).Draw(r, "shell")
		calls := runInShell(r, shell, curlOf("http://x", "id", p), "curl")
		at := slices.Index(calls[0].arguments, "--data-binary")
		var got, want any
		if err := json.Unmarshal([]byte(calls[0].arguments[at+1]), &got); err != nil {
			r.Fatalf("the body is no JSON: %v", err)
		}
		if err := json.Unmarshal(p.JSON(), &want); err != nil {
			r.Fatalf("the patch is no JSON: %v", err)
		}
		if !bytes.Equal(jsontext.MustEncode(got), jsontext.MustEncode(want)) {
			r.Errorf("%s sends %s, want %s", shell, jsontext.MustEncode(got), jsontext.MustEncode(want))
		}
	})
}

func ExampleCurl() {
	image := model.Image{ID: "da3b75d9"}
	rename := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "it's"}}
	fmt.Println(explain.Curl("https://glance.example.org", rules.Rules{}.Request(image, rename)))
	// Output:
	// # OS_TOKEN is a token: openstack token issue -f value -c id
	// curl -gsS -X PATCH -H "X-Auth-Token: $OS_TOKEN" \
	//   -H 'Content-Type: application/openstack-images-v2.1-json-patch' \
	//   -H 'Accept: application/json' \
	//   --data-binary '[{"op":"replace","path":"/name","value":"it'\''s"}]' \
	//   --url https://glance.example.org/v2/images/da3b75d9
}
