package model_test

import (
	"encoding/json"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
)

func TestEscapedTextsComeBack(t *testing.T) {
	const mark = "\U0010FFFF"
	texts := rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"", "plain", "\xff", "\xed\xa0\x80", "a\xf0\x9f\x98b", mark, mark + "ff", mark + mark, "\ufffd"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		value := map[string]string{texts.Draw(t, "key"): texts.Draw(t, "text"), "k": texts.Draw(t, "other")}
		escaped, changed := model.Escaped(value)
		if !changed && !maps.Equal(escaped, value) {
			t.Fatalf("%q became %q without a word", value, escaped)
		}
		text, err := json.Marshal(escaped)
		if err != nil {
			t.Fatal(err)
		}
		var again map[string]string
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		if changed {
			again = model.Unescaped(again)
		}
		if !maps.Equal(again, value) {
			t.Fatalf("%q became %s and then %q", value, text, again)
		}
	})
}
