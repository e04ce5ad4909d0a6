package rules_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

func TestApplyLocationPaths(t *testing.T) {
	active := modeltest.ActiveImage(t, "http://a", "http://b")
	var cases []exchangeCase
	for _, body := range []string{
		set("add", "/locations", modeltest.At("http://c")), set("replace", "/locations/0", modeltest.At("http://a")),
		set("replace", "/locations/0/metadata", `{}`), set("add", "/locations/0/metadata", `{}`),
		remove("/locations"), remove("/locations/0/url"), set("add", "/locations/", modeltest.At("http://c")),
	} {
		cases = append(cases, exchangeCase{name: body, before: active, body: body, code: 400})
	}
	for _, index := range []string{"-", "0", "2", "00", "99"} {
		cases = append(cases, exchangeCase{name: "add at " + index, before: active, body: set("add", "/locations/"+index, modeltest.At("http://c"))})
	}
	for _, index := range []string{"-1", "x", "1.0", "+1"} {
		cases = append(cases,
			exchangeCase{name: "add at " + index, before: active, body: set("add", "/locations/"+index, modeltest.At("http://c")), code: 400, says: "Invalid position"},
			exchangeCase{name: "remove at " + index, before: active, body: remove("/locations/" + index), code: 400, says: "Invalid position"})
	}
	huge := strings.Repeat("9", 30)
	cases = append(cases,
		exchangeCase{name: "add far beyond", before: active, body: set("add", "/locations/"+huge, modeltest.At("http://c")), code: 500},
		exchangeCase{name: "remove far beyond", before: active, body: remove("/locations/" + huge), code: 400},
		exchangeCase{name: "remove behind the end", before: active, body: remove("/locations/2"), code: 400, says: "Invalid position"})
	runExchanges(t, cases)
}

func TestApplyLocationElements(t *testing.T) {
	var cases []exchangeCase
	for value, says := range map[string]string{
		`"http://c"`:                                               "is not of type 'object'",
		`{"url": "http://c"}`:                                      "'metadata' is a required property",
		`{"metadata": {}}`:                                         "'url' is a required property",
		`{"url": 5, "metadata": {}}`:                               "is not of type 'string'",
		`{"url": "http://c", "metadata": "x"}`:                     "is not of type 'object'",
		`{"url": "http://c", "metadata": null}`:                    "is not of type 'object'",
		modeltest.AtWith("http://"+strings.Repeat("x", 249), "{}"): "is too long",
		modeltest.At(""):                                           "Invalid location",
		modeltest.At("nowhere"):                                    "Invalid location",
		modeltest.At("file:///etc/passwd"):                         "Invalid location",
		modeltest.At("filesystem:///etc"):                          "Invalid location",
		modeltest.At("swift+config://a/b"):                         "Invalid location",
		modeltest.At("HTTP://c"):                                   "Invalid location",
		modeltest.AtWith("http://a", `{}`):                         "already exists",
		modeltest.AtWith("http://😀", `{}`):                         "4 byte",
		modeltest.AtWith("http://c", `{"k": "😀"}`):                 "4 byte",
	} {
		cases = append(cases, exchangeCase{name: "add " + value, before: modeltest.ActiveImage(t, "http://a"),
			body: set("add", "/locations/-", value), code: 400, says: says})
	}
	for _, metadata := range []string{`{"n": 1}`, `{"n": true}`, `{"n": null}`, `{"n": ["a", 1]}`, `{"n": {"m": [null]}}`} {
		cases = append(cases,
			exchangeCase{name: "add " + metadata, before: modeltest.ActiveImage(t, "http://a"), body: set("add", "/locations/-", modeltest.AtWith("http://c", metadata)), code: 500},
			exchangeCase{name: "first list " + metadata, before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(modeltest.AtWith("http://c", metadata))), code: 500},
			exchangeCase{name: "replace " + metadata, before: modeltest.ActiveImage(t, "http://a"), body: set("replace", "/locations", listOf(modeltest.AtWith("http://a", metadata)))})
	}
	cases = append(cases,
		exchangeCase{name: "texts within", before: modeltest.QueuedImage(t), body: set("add", "/locations/-", modeltest.AtWith("http://c", `{"a": ["x", {"b": "y"}]}`))},
		exchangeCase{name: "unknown members", before: modeltest.QueuedImage(t), body: set("add", "/locations/-", `{"url": "http://c", "metadata": {}, "foo": 5}`)},
		exchangeCase{name: "the server's own store", before: modeltest.QueuedImage(t), body: set("add", "/locations/-", modeltest.AtWith("http://c", `{"store": 5}`))},
		exchangeCase{name: "the same URL with other metadata", before: modeltest.ActiveImage(t, "http://a"), body: set("add", "/locations/-", modeltest.AtWith("http://a", `{"k": "v"}`))},
		exchangeCase{name: "the same but for the store", before: modeltest.ActiveImage(t, "http://a"), body: set("add", "/locations/-", modeltest.AtWith("http://a", `{"store": "x"}`)), code: 400})
	runExchanges(t, cases)
}

func TestApplyLocationLists(t *testing.T) {
	a, b, c := modeltest.At("http://a"), modeltest.At("http://b"), modeltest.At("http://c")
	two := modeltest.ActiveImage(t, "http://a", "http://b")
	runExchanges(t, []exchangeCase{
		{name: "empty", before: two, body: set("replace", "/locations", `[]`), code: 403, says: "Cannot set locations to empty list"},
		{name: "empty, of a queued image", before: modeltest.QueuedImage(t), body: set("replace", "/locations", `[]`), code: 403},
		{name: "empty, of a hidden one", before: hiding(two), body: set("replace", "/locations", `[]`), code: 403, says: "empty list"},
		{name: "null", before: two, body: set("replace", "/locations", `null`), code: 400},
		{name: "another order", before: two, body: set("replace", "/locations", listOf(b, a)), want: `{"locations": [` + b + `, ` + a + `]}`},
		{name: "other metadata", before: two, body: set("replace", "/locations", listOf(a, modeltest.AtWith("http://b", `{"n": 1}`))),
			want: `{"locations": [` + a + `, {"url": "http://b", "metadata": {"n": 1}}]}`},
		{name: "another URL", before: two, body: set("replace", "/locations", listOf(a, c)), code: 400, says: "Original locations is not empty"},
		{name: "fewer", before: two, body: set("replace", "/locations", listOf(a)), code: 400, says: "Original locations is not empty"},
		{name: "more", before: two, body: set("replace", "/locations", listOf(a, b, c)), code: 400, says: "Original locations is not empty"},
		{name: "one URL twice", before: two, body: set("replace", "/locations", listOf(a, a)), code: 400, says: "Original locations is not empty"},
		{name: "a first list", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(b, a)), want: `{"status": "active", "locations": [` + b + `, ` + a + `]}`},
		{name: "a first list with doubles", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(a, a)), code: 400, says: "already exists"},
		{name: "a first list of an active image", before: modeltest.ActiveImage(t), body: set("replace", "/locations", listOf(a))},
		{name: "in files", before: modeltest.ActiveImage(t, "file:///images/1"), body: set("replace", "/locations", listOf(modeltest.AtWith("file:///images/1", `{"k": "v"}`)))},
		{name: "add, then order", before: two, body: set("add", "/locations/-", c) + "," + set("replace", "/locations", listOf(c, a, b)),
			want: `{"locations": [` + c + `, ` + a + `, ` + b + `]}`},
	})
}

func TestApplyRemovesLocations(t *testing.T) {
	three := modeltest.ActiveImage(t, "http://a", "http://b", "http://c")
	a, b, c := modeltest.At("http://a"), modeltest.At("http://b"), modeltest.At("http://c")
	runExchanges(t, []exchangeCase{
		{name: "the first", before: three, body: remove("/locations/0"), want: `{"locations": [` + b + `, ` + c + `]}`},
		{name: "the last", before: three, body: remove("/locations/-"), want: `{"locations": [` + a + `, ` + b + `]}`},
		{name: "0 twice drops the first two", before: three, body: remove("/locations/0") + "," + remove("/locations/0"), want: `{"locations": [` + c + `]}`},
		{name: "0 and 1 drop the first and the third", before: three, body: remove("/locations/0") + "," + remove("/locations/1"), want: `{"locations": [` + b + `]}`},
		{name: "the only one", before: modeltest.ActiveImage(t, "http://a"), body: remove("/locations/0"), code: 403, says: "Cannot remove last location"},
		{name: "the only one left", before: three, body: remove("/locations/0") + "," + remove("/locations/0") + "," + remove("/locations/0"), code: 403},
		{name: "none", before: modeltest.ActiveImage(t), body: remove("/locations/0"), code: 400},
		{name: "none, the last", before: modeltest.ActiveImage(t), body: remove("/locations/-"), code: 400},
		{name: "after an add to a queued image", before: modeltest.QueuedImage(t), body: set("add", "/locations/-", a) + "," + set("add", "/locations/-", b) + "," + remove("/locations/0"),
			want: `{"status": "active", "locations": [` + b + `]}`},
	})
}

// TestApplyStoresAnInsertedLocationLast: the answer shows it where it was put,
// the next GET at the end.
func TestApplyStoresAnInsertedLocationLast(t *testing.T) {
	before := modeltest.ActiveImage(t, "http://a", "http://b")
	insert := patch.Patch{{Op: patch.OpAdd, Path: "/locations/0", Value: model.Location{URL: "http://c"}}}
	order := patch.Operation{Op: patch.OpReplace, Path: "/locations", Value: []model.Location{{URL: "http://c"}, {URL: "http://b"}, {URL: "http://a"}}}
	again := patch.Operation{Op: patch.OpAdd, Path: "/locations/0", Value: model.Location{URL: "http://d"}}
	for _, c := range []struct {
		name         string
		patch        patch.Patch
		answer, next []string
	}{
		{"inserted", insert, []string{"http://c", "http://a", "http://b"}, []string{"http://a", "http://b", "http://c"}},
		{"inserted, then ordered", append(insert[:1:1], order), []string{"http://c", "http://b", "http://a"}, []string{"http://c", "http://b", "http://a"}},
		{"ordered, then inserted", append(insert[:1:1], order, again), []string{"http://d", "http://c", "http://b", "http://a"}, []string{"http://d", "http://c", "http://b", "http://a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, err := rules.Rules{}.ApplyResponse(before, c.patch)
			if err != nil || !reflect.DeepEqual(modeltest.UrlsIn(answer.Locations), c.answer) {
				t.Errorf("answers %q (%v), want %q", modeltest.UrlsIn(answer.Locations), err, c.answer)
			}
			next, err := rules.Rules{}.Apply(before, c.patch)
			if err != nil || !reflect.DeepEqual(modeltest.UrlsIn(next.Locations), c.next) {
				t.Errorf("then shows %q (%v), want %q", modeltest.UrlsIn(next.Locations), err, c.next)
			}
		})
	}
}

func TestApplyLocationsInEachStatus(t *testing.T) {
	add, order := set("add", "/locations/-", modeltest.At("http://c")), set("replace", "/locations", listOf(modeltest.At("http://b"), modeltest.At("http://a")))
	var cases []exchangeCase
	for _, status := range model.Statuses {
		two := withStatus(modeltest.ActiveImage(t, "http://a", "http://b"), status)
		closed, unremovable := 409, 409
		switch status {
		case model.StatusActive:
			closed, unremovable = 200, 200
		case model.StatusQueued:
			closed = 200
		}
		cases = append(cases,
			exchangeCase{name: string(status) + ": add", before: two, body: add, code: closed},
			exchangeCase{name: string(status) + ": replace", before: two, body: order, code: closed},
			exchangeCase{name: string(status) + ": remove", before: two, body: remove("/locations/0"), code: unremovable})
	}
	runExchanges(t, cases)
}

func TestApplyHiddenLocations(t *testing.T) {
	hidden := hiding(modeltest.ActiveImage(t))
	for _, rules := range []rules.Rules{{}, {RolesKnown: true, Admin: true}} {
		runExchanges(t, []exchangeCase{
			{name: "add", rules: rules, before: hidden, body: set("add", "/locations/-", modeltest.At("http://c")), code: 403, says: "add locations if locations are invisible"},
			{name: "replace", rules: rules, before: hidden, body: set("replace", "/locations", listOf(modeltest.At("http://c"))), code: 403, says: "update locations if locations are invisible"},
			{name: "remove", rules: rules, before: hidden, body: remove("/locations/0"), code: 403, says: "remove locations if locations are invisible"},
		})
	}
}

func TestApplyActivates(t *testing.T) {
	add := set("add", "/locations/-", modeltest.At("http://c"))
	disk, container := set("replace", "/disk_format", `"raw"`), set("replace", "/container_format", `"bare"`)
	runExchanges(t, []exchangeCase{
		{name: "formats there", before: modeltest.QueuedImage(t), body: add, want: `{"status": "active"}`},
		{name: "formats in the same patch", before: formatlessImage(t), body: disk + "," + container + "," + add, want: `{"status": "active", "disk_format": "raw"}`},
		{name: "no formats", before: formatlessImage(t), body: add, code: 400, says: "Properties disk_format, container_format must be set prior"},
		{name: "one format", before: formatlessImage(t), body: disk + "," + add, code: 400, says: "Property container_format must be set prior"},
		{name: "formats too late", before: formatlessImage(t), body: add + "," + disk + "," + container, code: 400},
		{name: "formats changed too late", before: modeltest.QueuedImage(t), body: add + "," + disk, code: 403},
	})
}

func TestApplyAsksForTheSize(t *testing.T) {
	rules := rules.Rules{CheckLocation: func(url string) (int64, *patch.Rejection) {
		switch url {
		case "http://small":
			return 10, nil
		case "http://big":
			return 99, nil
		}
		return 0, &patch.Rejection{Code: 400, Message: "Invalid location: " + url}
	}}
	small, big, bad := modeltest.At("http://small"), modeltest.At("http://big"), modeltest.At("http://bad")
	sized := modeltest.ActiveImage(t, "http://a")
	sized.Size = model.Some[int64](5)
	runExchanges(t, []exchangeCase{
		{name: "from the first", rules: rules, before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(big, small)), want: `{"size": 99}`},
		{name: "not from the second", rules: rules, before: modeltest.QueuedImage(t), body: set("add", "/locations/-", small) + "," + set("add", "/locations/-", big), want: `{"size": 10}`},
		{name: "not where there is one", rules: rules, before: sized, body: set("add", "/locations/-", big), want: `{"size": 5}`},
		{name: "refused", rules: rules, before: sized, body: set("add", "/locations/-", bad), code: 400, says: "Invalid location: http://bad"},
		{name: "refused in a list", rules: rules, before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(small, bad)), code: 400},
		{name: "not asked when only ordered", rules: rules, before: modeltest.ActiveImage(t, "http://a", "http://b"),
			body: set("replace", "/locations", listOf(modeltest.At("http://b"), modeltest.At("http://a")))},
	})
}

func TestApplyLocationQuota(t *testing.T) {
	urls := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("http://%d", i))
		}
		return list
	}
	full := modeltest.ActiveImage(t, urls(10)...)
	var eleven []string
	for _, url := range urls(11) {
		eleven = append(eleven, modeltest.At(url))
	}
	add := set("add", "/locations/-", modeltest.At("http://new"))
	runExchanges(t, []exchangeCase{
		{name: "one too many", before: full, body: add, code: 413, says: "Attempted: 11, Maximum: 10"},
		{name: "remove, then add", before: full, body: remove("/locations/0") + "," + add},
		{name: "add, then remove", before: full, body: add + "," + remove("/locations/0"), code: 413},
		{name: "eleven at once", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(eleven...)), code: 413},
		{name: "ten at once", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(eleven[:10]...))},
		{name: "removal is always possible", before: modeltest.ActiveImage(t, urls(12)...), body: remove("/locations/0")},
		{name: "no quota", rules: rules.Rules{Limits: rules.Limits{Locations: -1}}, before: full, body: add},
	})
}

func TestApplyOfAnOldServer(t *testing.T) {
	old := rules.For(api.Release2015)
	before := modeltest.ActiveImage(t, "http://a", "http://b")
	before.Size, before.VirtualSize = model.Some[int64](5), model.Some[int64](6)
	runExchanges(t, []exchangeCase{
		{name: "all at once", rules: old, before: before, body: set("replace", "/locations", `[]`), want: `{"status": "queued", "locations": [], "size": null, "virtual_size": null}`},
		{name: "one by one", rules: old, before: before, body: remove("/locations/0") + "," + remove("/locations/0"), want: `{"status": "queued"}`},
		{name: "and a new one", rules: old, before: before, body: set("replace", "/locations", `[]`) + "," + set("add", "/locations/-", modeltest.At("http://c")), want: `{"status": "active"}`},
		{name: "none of a queued one", rules: old, before: modeltest.QueuedImage(t), body: set("replace", "/locations", `[]`), want: `{"status": "queued"}`},
		{name: "hidden", rules: old, before: hiding(before), body: set("replace", "/locations", `[]`), code: 403},
		{name: "deactivated", rules: old, before: withStatus(before, model.StatusDeactivated), body: set("replace", "/locations", `[]`), code: 409},
	})
	files := modeltest.ActiveImage(t, "file:///1", "http://a")
	_, err := serve(old, files, patch.MediaTypeV21, "["+set("replace", "/locations", `[]`)+","+remove("/missing")+"]")
	requireAnswer(t, err, 409, "")
	if kept := err.(*patch.Rejection).Kept; len(kept) != 1 || kept[0].URL != "file:///1" {
		t.Errorf("gone: %v", kept)
	}
}
