package conformance

import (
	"strings"
	"testing"
)

// TestDiffer makes sure that a case can fail: each line is a wanted value, what
// came, and a part of the complaint; "" where there must be none.
func TestDiffer(t *testing.T) {
	for _, c := range []struct {
		name      string
		want      any
		got       string // JSON
		complaint string
	}{
		{"a text", J{"a": "x"}, `{"a":"x","b":1}`, ""},
		{"another text", J{"a": "x"}, `{"a":"y"}`, `a: "y", want "x"`},
		{"null is not a text", J{"a": "x"}, `{"a":null}`, "want"},
		{"null", J{"a": nil}, `{"a":null}`, ""},
		{"null is not absent", J{"a": nil}, `{}`, "not there"},
		{"absent", J{"a": absent}, `{}`, ""},
		{"absent, but there", J{"a": absent}, `{"a":null}`, "absent"},
		{"a number", J{"a": 2}, `{"a":2}`, ""},
		{"a number as it is written", J{"a": 2}, `{"a":2.0}`, "2.0"},
		{"tags in another order", J{"tags": []string{"b", "a"}}, `{"tags":["a","b"]}`, ""},
		{"a tag too many", J{"tags": []string{"a"}}, `{"tags":["a","b"]}`, "tags"},
		{"a tag twice", J{"tags": []string{"a"}}, `{"tags":["a","a"]}`, "tags"},
		{"locations in order", J{"locations": locations("a:1", "a:2")}, `{"locations":[{"url":"a:1","metadata":{"store":"s"}},{"url":"a:2","metadata":{}}]}`, ""},
		{"locations in another order", J{"locations": locations("a:2", "a:1")}, `{"locations":[{"url":"a:1","metadata":{}},{"url":"a:2","metadata":{}}]}`, "url"},
		{"a location too many", J{"locations": locations("a:1")}, `{"locations":[{"url":"a:1","metadata":{}},{"url":"a:2","metadata":{}}]}`, "want 1"},
		{"metadata to the last member", J{"locations": locations("a:1")}, `{"locations":[{"url":"a:1","metadata":{"x":"y"}}]}`, "unexpected"},
		{"a store that is wanted", J{"locations": []J{location("a:1", J{"store": "s"})}}, `{"locations":[{"url":"a:1","metadata":{"store":"t"}}]}`, "store"},
		{"the list holds it", J{"l": holding(J{"id": "b"})}, `{"l":[{"id":"a"},{"id":"b","x":1}]}`, ""},
		{"the list does not hold it", J{"l": holding(J{"id": "c"})}, `{"l":[{"id":"a"}]}`, "l"},
		{"like", J{"a": like("^x")}, `{"a":"yx"}`, "like"},
		{"no object", J{"a": J{"b": "c"}}, `{"a":"b"}`, "no object"},
	} {
		got, err := decode([]byte(c.got))
		if err != nil {
			t.Fatal(err)
		}
		faults := strings.Join(differ("", c.want, nil, got, true), "; ")
		if (c.complaint == "") != (faults == "") || !strings.Contains(faults, c.complaint) {
			t.Errorf("%s: %q, want %q", c.name, faults, c.complaint)
		}
	}
}

func TestTimeStampsAreComparedWithThoseBefore(t *testing.T) {
	before := map[string]any{"updated_at": "2026-01-01T00:00:00Z"}
	moved := map[string]any{"updated_at": "2026-01-01T00:00:01Z"}
	for _, c := range []struct {
		want Matcher
		now  map[string]any
		fine bool
	}{{later, moved, true}, {later, before, false}, {unmoved, before, true}, {unmoved, moved, false}} {
		if faults := differ("", J{"updated_at": c.want}, before, c.now, true); (len(faults) == 0) != c.fine {
			t.Errorf("%s, %v: %v", c.want, c.now, faults)
		}
	}
}

// What a case does not mention must stay.
func TestOthersChanged(t *testing.T) {
	before := map[string]any{"name": "a", "tags": []any{"x", "y"}, "updated_at": "1", "p": "q"}
	for _, c := range []struct {
		name    string
		now     map[string]any
		refused bool
		faults  int
	}{
		{"nothing", map[string]any{"name": "a", "tags": []any{"y", "x"}, "updated_at": "1", "p": "q"}, true, 0},
		{"what was asked for", map[string]any{"name": "b", "tags": []any{"x", "y"}, "updated_at": "2", "p": "q"}, false, 0},
		{"a time stamp, though refused", map[string]any{"name": "b", "tags": []any{"x", "y"}, "updated_at": "2", "p": "q"}, true, 1},
		{"a property gone", map[string]any{"name": "b", "tags": []any{"x", "y"}, "updated_at": "2"}, false, 1},
		{"a property more, a tag less", map[string]any{"name": "b", "tags": []any{"x"}, "updated_at": "2", "p": "q", "r": "s"}, false, 2},
	} {
		if faults := othersChanged(J{"name": "b"}, before, c.now, c.refused); len(faults) != c.faults {
			t.Errorf("%s: %v, want %d", c.name, faults, c.faults)
		}
	}
}

func TestPlaces(t *testing.T) {
	p := places{"$image": "one", "$image2": "two", "$mirror": "http://m"}
	for in, want := range map[string]string{
		"/v2/images/$image2/file": "/v2/images/two/file",
		"$image,$image2":          "one,two",
		"$mirror/f1.raw":          "http://m/f1.raw",
		"no place":                "no place",
	} {
		if got := p.fill(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
