package model

import (
	"errors"
	"testing"
)

// What a server did not give in a readable form must not be written over: a
// tag more would be the whole list with one tag.
func TestWhatWasNotReadIsNotWrittenOver(t *testing.T) {
	for _, c := range []struct{ name, tags string }{
		{"missing", ``},
		{"null", `,"tags":null`},
		{"a text", `,"tags":"one, two"`},
		{"a number among them", `,"tags":["one",2]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var shown Image
			if err := shown.UnmarshalShown([]byte(`{"id":"x","status":"active","visibility":"private"` + c.tags + `}`)); err != nil {
				t.Fatal(err)
			}
			if ok, why := (Rules{}).Editable(shown, "tags"); ok || why == "" {
				t.Error("it can be edited")
			}
			wanted := shown.Clone()
			wanted.Tags = append(wanted.Tags, "more")
			var refused *Refusal
			if p, err := (Rules{}).Diff(shown, wanted); !errors.As(err, &refused) || refused.Faults[0].Field.Attr != "tags" {
				t.Errorf("the patch is %s, %v", p.JSON(), err)
			}
			wanted = shown.Clone()
			wanted.Name = Some("a name is another matter")
			if _, err := (Rules{}).Diff(shown, wanted); err != nil {
				t.Error(err)
			}
		})
	}
	var none Image
	if err := none.UnmarshalShown([]byte(`{"id":"x","status":"active","tags":[]}`)); err != nil || none.Extra["tags"] != nil {
		t.Errorf("no tags are no unread ones: %s, %v", none.Extra["tags"], err)
	}
}
