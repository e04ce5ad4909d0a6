package rules_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// exchangeCase is one PATCH in a table: the image before, the body, and what the
// server makes of it.
type exchangeCase struct {
	name   string
	rules  rules.Rules
	before model.Image
	body   string // operations, without the brackets around them
	code   int    // 200 when zero
	// want are attributes of the next GET; null stands for an absent property, too.
	want string
	// says is a part of the refusal.
	says string
}

func runExchanges(t *testing.T, cases []exchangeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			got, err := serve(c.rules, c.before, patch.MediaTypeV21, "["+c.body+"]")
			requireAnswer(t, err, c.code, c.says)
			if err == nil {
				requireMembers(t, got, c.want)
			}
		})
	}
}

// serve does what a server does with a PATCH.
func serve(r rules.Rules, before model.Image, mediaType, body string) (model.Image, error) {
	p, err := r.ParsePatch(mediaType, []byte(body))
	if err != nil {
		return model.Image{}, err
	}
	return r.Apply(before, p)
}

func requireAnswer(t *testing.T, err error, code int, says string) {
	t.Helper()
	if code == 0 {
		code = 200
	}
	got, message := 200, ""
	if err != nil {
		var refused *patch.Rejection
		if !errors.As(err, &refused) {
			t.Fatalf("not a rejection: %#v", err)
		}
		got, message = refused.Code, refused.Message
	}
	if got != code {
		t.Fatalf("answers %d %q, want %d", got, message, code)
	}
	if !strings.Contains(message, says) {
		t.Fatalf("says %q, want %q", message, says)
	}
}

// requireMembers compares the attributes that are named in want.
func requireMembers(t *testing.T, image model.Image, want string) {
	t.Helper()
	if want == "" {
		return
	}
	var wanted, got map[string]any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatalf("the test's own JSON: %v", err)
	}
	if err := json.Unmarshal(jsontext.MustEncode(image), &got); err != nil {
		t.Fatal(err)
	}
	for name, value := range wanted {
		if fmt.Sprint(got[name]) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
}

// The images of the tables.

// QueuedImage is an image without data.

func formatlessImage(t testing.TB) model.Image {
	i := modeltest.QueuedImage(t)
	i.DiskFormat, i.ContainerFormat = model.Null[string](), model.Null[string]()
	return i
}

func withStatus(i model.Image, s model.Status) model.Image {
	i.Status = s
	return i
}

func hiding(i model.Image) model.Image {
	i.Locations, i.LocationsShown = nil, false
	return i
}

// set is an operation with a value, remove one without.
func set(op, path, value string) string {
	return fmt.Sprintf(`{"op": %q, "path": %q, "value": %s}`, op, path, value)
}

func remove(path string) string { return fmt.Sprintf(`{"op": "remove", "path": %q}`, path) }

// At is a location with an empty metadata, as JSON.

// AtWith is a location as JSON.

func listOf(elements ...string) string { return "[" + strings.Join(elements, ", ") + "]" }

// serversOwn are names of members of the server's own objects.
var serversOwn = strings.Fields(`base extra_properties __class__ __dict__ __weakref__
	image_id context member helper repo notifier
	delete deactivate reactivate get_data set_data get_payload get_super_class send_notification
	_abc_impl _format_image_send _format_import_properties _get_chunk_data_iterator
	__delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__
	__hash__ __init__ __init_subclass__ __le__ __lt__ __module__ __ne__ __new__ __reduce__
	__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__`)

func textOf(n int) string { return `"` + strings.Repeat("é", n) + `"` }
