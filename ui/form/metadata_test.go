package form

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
)

func TestMetadataAsLines(t *testing.T) {
	for _, c := range []struct {
		name     string
		metadata map[string]any
		want     []string
	}{
		{"nothing", map[string]any{}, nil},
		{"texts, by name", map[string]any{"zone": "eu-1", "rack": "4"}, []string{"rack=4", "zone=eu-1"}},
		{"a value may hold an equals sign", map[string]any{"a": "b=c"}, []string{"a=b=c"}},
		{"a name may not", map[string]any{"a=b": "c"}, []string{`{"a=b":"c"}`}},
		{"a number makes it JSON", map[string]any{"n": json.Number("1"), "a": "<b>"}, []string{`{"a":"<b>","n":1}`}},
		{"outer spaces make it JSON", map[string]any{"a": " b"}, []string{`{"a":" b"}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := metadataLines(c.metadata); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMetadataThatIsNone(t *testing.T) {
	for _, c := range []struct {
		lines []string
		at    int
		want  string
	}{
		{[]string{"a=1", "b"}, 1, "write it as key=value"},
		{[]string{"=1"}, 0, "missing key before “=”"},
		{[]string{"a=1", "", "a=2"}, 2, "duplicate key a"},
		{[]string{`{"a":`}, 0, `invalid JSON; expected {"key": "value"}`},
		{[]string{`{"a":"b"} x`}, 0, `invalid JSON; expected {"key": "value"}`},
		{[]string{"a=1", `{"a":"b"}`}, 1, "use either JSON or key=value lines, not both"},
	} {
		_, at, err := parseMetadata(c.lines)
		if err == nil || err.Error() != c.want || at != c.at {
			t.Errorf("%q: line %d, %v", c.lines, at, err)
		}
	}
}

// What is written as lines and read again is the same metadata.
func TestMetadataSurvivesItsLines(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		value := rapid.OneOf(rapid.String().AsAny(), rapid.Bool().AsAny(),
			rapid.SliceOfN(rapid.StringMatching(`[a-z]*`).AsAny(), 0, 2).AsAny())
		metadata := rapid.MapOfN(rapid.OneOf(rapid.StringMatching(`[a-z =]{0,4}`), rapid.String()), value, 0, 4).Draw(r, "metadata")
		got, line, err := parseMetadata(metadataLines(metadata))
		if err != nil || !model.EqualMetadata(got, metadata) {
			r.Fatalf("%q became %q (line %d, %v)", metadata, got, line, err)
		}
	})
}
