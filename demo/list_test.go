package demo_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
)

// library is a service with images a to f, a the oldest, made a minute apart.
func library(t *testing.T) (admin, member apiClient, ids map[string]string) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, Now: clock.Now})
	admin, member = a.admin(), a.member()
	ids = make(map[string]string)
	for _, i := range []struct {
		by         apiClient
		name, rest string
		data       string
	}{
		{admin, "a", `"tags":["lts","x"],"disk_format":"raw","container_format":"bare","visibility":"public"`, "12345"},
		{admin, "b", `"tags":["lts"],"os_distro":"ubuntu","visibility":"private","min_ram":512`, ""},
		{member, "c", `"visibility":"community","disk_format":"qcow2","container_format":"bare"`, "123"},
		{member, "d", `"visibility":"private","os_distro":"ubuntu","protected":true`, ""},
		{admin, "e, with comma", `"visibility":"shared"`, ""},
		{admin, "hidden", `"os_hidden":true,"visibility":"public"`, ""},
	} {
		id := i.by.create(`{"name":"` + i.name + `",` + i.rest + `}`)
		ids[i.name[:1]] = id
		clock.Advance(time.Minute)
		if i.data != "" {
			i.by.upload(id, i.data).want(204)
		}
	}
	return admin, member, ids
}

func TestListFilters(t *testing.T) {
	admin, member, ids := library(t)
	all := []string{"e, with comma", "d", "b", "a"}
	for query, want := range map[string][]string{
		"":                          all,
		"visibility=all":            {"e, with comma", "d", "c", "b", "a"},
		"visibility=community":      {"c"},
		"visibility=public":         {"a"},
		"visibility=":               {},
		"os_hidden=true":            {"hidden"},
		"os_hidden=TRUE":            {"hidden"},
		"name=a":                    {"a"},
		"name=":                     {},
		"name=in:a,b":               {"b", "a"},
		`name=in:"e, with comma",b`: {"e, with comma", "b"},
		"name=a&name=b":             {"b"},
		"id=" + ids["b"]:            {"b"},
		"status=active":             {"a"},
		"status=bogus":              {},
		"status=in:active,queued":   all,
		"disk_format=raw":           {"a"},
		"tag=lts":                   {"b", "a"},
		"tag=lts&tag=x":             {"a"},
		"tag=LTS":                   {},
		"tags=lts":                  {},
		"os_distro=ubuntu":          {"d", "b"},
		"os_distro=in:ubuntu":       {},
		"page=2":                    {},
		"colour=":                   {},
		"protected=true":            {"d"},
		"min_ram=512":               {"b"},
		"min_ram=x":                 {},
		"size=5":                    {"a"},
		"size_min=1":                {"a"},
		"size_max=100":              {"a"},
		"size_min=6":                {},
		"checksum=827ccb0eea8a706c4c34a16891f84e7b":                             {"a"},
		"created_at=gt:2026-11-23T14:03:07Z":                                    {"e, with comma", "d"},
		"created_at=gte:2026-11-23T14:03:07Z":                                   {"e, with comma", "d", "b"},
		"created_at=lt:2026-11-23T14:03:07Z":                                    {"a"},
		"created_at=2026-11-23T14:03:07Z":                                       {"b"},
		"created_at=neq:2026-11-23T14:03:07Z":                                   {"e, with comma", "d", "a"},
		"created_at=gt:2026-11-23T14:03:07Z&created_at=lt:2026-11-23T14:05:07Z": {"b", "a"}, // only the last counts
		"updated_at=gte:2026-11-23":                                             all,
		"limit=2":                                                               all[:2],
		"limit=0":                                                               {},
		"limit=2&limit=1":                                                       {}, // the second is a property
		"sort=name:asc":                                                         {"a", "b", "d", "e, with comma"},
		"sort_key=name&sort_dir=asc":                                            {"a", "b", "d", "e, with comma"},
		"sort=status:asc,name:desc":                                             {"a", "e, with comma", "d", "b"},
		"sort_dir=asc":                                                          {"a", "b", "d", "e, with comma"},
	} {
		query = strings.ReplaceAll(query, " ", "%20")
		wantStrings(t, "GET ?"+query, admin.list(query).names(), want)
	}
	wantStrings(t, "a member's list", member.list("").names(), []string{"d", "c", "a"})
	wantStrings(t, "a member's communities", member.list("visibility=community").names(), []string{"c"})
	wantStrings(t, "a member's private images", member.list("visibility=private").names(), []string{"d"})
	wantStrings(t, "without a token", apiClient{t: t, url: admin.url, web: admin.web}.list("").names(), all)
}

func TestListRefuses(t *testing.T) {
	admin, member, ids := library(t)
	for query, says := range map[string]string{
		"limit=-1":                "must be positive",
		"limit=x":                 "must be an integer",
		"marker=nosuch":           "No image found with ID nosuch",
		"sort_key=owner":          "Invalid sort key: owner",
		"sort=name:up":            "Invalid sort direction: up",
		"sort=name&sort_key=name": "cannot be combined",
		"sort_key=name&sort_dir=asc&sort_dir=desc": "Number of sort dirs",
		"name=like:a":               "unknown operator 'like'",
		"name=a:b":                  "unknown operator 'a'",
		`name=in:"a`:                "quote is not closed",
		`name=in:a"b"`:              "no comma before opening",
		`name=in:"a"b`:              "no comma after closing",
		"visibility=bogus":          "Invalid visibility value",
		"size_min=x":                "non-numeric value",
		"created_at=yesterday":      `Bad "created_at"`,
		"created_at=foo:2020-01-01": "unknown operator",
		"os_hidden=x":               "'os_hidden' filter",
		"protected=True":            "'protected' filter",
		"member_status=x":           "Invalid status: x",
		"changes-since=x":           "no longer available",
	} {
		admin.get("/v2/images?" + query).want(400).says(says)
	}
	admin.get("/v2/images?foo_min=3").want(500)
	member.get("/v2/images?marker=" + ids["b"]).want(403)
}

func TestPagesFollowEachOther(t *testing.T) {
	a := open(t, demo.Options{Empty: true, Images: 1003})
	if got := len(a.list("").Images); got != 25 {
		t.Errorf("a page holds %d by default", got)
	}
	if got := len(a.list("visibility=all&limit=100000").Images); got != 1000 {
		t.Errorf("a page holds %d at most", got)
	}
	for _, order := range []string{"", "&sort=name:asc", "&sort=updated_at:desc", "&sort=created_at:asc", "&sort=disk_format:desc,name:asc"} {
		seen := make(map[string]bool)
		pages := 0
		for next := "/v2/images?visibility=all&limit=100" + order; next != ""; pages++ {
			var p page
			a.get(next).want(200).decode(&p)
			for _, i := range p.Images {
				if seen[i.ID] {
					t.Fatalf("order %q: %s comes twice", order, i.ID)
				}
				seen[i.ID] = true
			}
			next = p.Next
		}
		if len(seen) != 1003 || pages != 11 {
			t.Errorf("order %q: %d images on %d pages", order, len(seen), pages)
		}
	}
}

func TestNextIsThereWheneverAPageIsFull(t *testing.T) {
	admin, _, ids := library(t)
	p := admin.list("limit=4&tag=&name=x&name=in:a,b")
	if p.Next != "" || p.First != "/v2/images?limit=4&tag=&name=in%3Aa%2Cb" || p.Schema != "/v2/schemas/images" {
		t.Errorf("%+v", p)
	}
	p = admin.list("limit=4&tag=lts&tag=x")
	if p.First != "/v2/images?limit=4&tag=x" {
		t.Errorf("of a repeated parameter %q is kept", p.First)
	}
	p = admin.list("limit=4")
	if p.Next != "/v2/images?limit=4&marker="+ids["a"] {
		t.Errorf("the last full page's next is %q", p.Next)
	}
	var empty page
	admin.get(p.Next).want(200).decode(&empty)
	if len(empty.Images) != 0 || empty.Next != "" {
		t.Errorf("after the end: %+v", empty)
	}
}

func TestListGoesOnAfterADeletedImage(t *testing.T) {
	admin, member, ids := library(t)
	admin.delete("/v2/images/" + ids["b"]).want(204)
	wantStrings(t, "after b", admin.list("marker="+ids["b"]).names(), []string{"a"})
	wantStrings(t, "after b, ascending", admin.list("sort_dir=asc&marker="+ids["b"]).names(), []string{"d", "e, with comma"})
	member.get("/v2/images?marker=" + ids["b"]).want(400)
}

func TestPagingBySizeIsBroken(t *testing.T) {
	admin, _, ids := library(t)
	// b has no size: ascending the list ends there, descending it starts again.
	if got := admin.list("limit=2&sort_key=size&sort_dir=asc&marker=" + ids["b"]).names(); len(got) != 0 {
		t.Errorf("ascending after an image without size: %q", got)
	}
	if got := admin.list("limit=2&sort_key=size&sort_dir=desc&marker=" + ids["b"]).names(); len(got) != 2 || got[0] != "a" {
		t.Errorf("descending after an image without size: %q", got)
	}
}

func TestMemberStatusFilter(t *testing.T) {
	admin, member, ids := library(t)
	project := member.create(`{"name":"mine"}`)
	owner := member.show(project).Owner.Value
	admin.post("/v2/images/"+ids["e"]+"/members", `{"member":"`+owner+`"}`).want(200)
	sees := func(query string) bool {
		return slices.Contains(member.list(query).names(), "e, with comma")
	}
	for query, want := range map[string]bool{"": false, "member_status=pending": true, "member_status=all": true, "member_status=rejected": false} {
		if sees(query) != want {
			t.Errorf("%q: %v", query, !want)
		}
	}
	member.put("/v2/images/"+ids["e"]+"/members/"+owner, `{"status":"accepted"}`).want(200)
	if !sees("") {
		t.Error("an accepted image is not listed")
	}
}

func TestElementsAreWhatGetShows(t *testing.T) {
	a := open(t, demo.Options{Still: true, Images: 80})
	for _, query := range []string{"visibility=all&limit=1000", "os_hidden=true"} {
		for _, i := range a.list(query).Images {
			one := a.show(i.ID)
			if changes := fmt.Sprintf("%+v", i); changes != fmt.Sprintf("%+v", one) {
				t.Errorf("listed\n%s\nshown\n%+v", changes, one)
			}
			again, err := i.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			var back model.Image
			if err := back.UnmarshalJSON(again); err != nil || fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", one) {
				t.Errorf("%s does not survive the model: %v", i.ID, err)
			}
		}
	}
}

func TestEscapesInAQuery(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	name := "100% \"ünï\" & more=less+plus"
	a.post("/v2/images", `{"name":"100% \"ünï\" & more=less+plus"}`).want(201)
	if got := a.list("name=" + url.QueryEscape(name)).names(); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	if got := a.list("name=100%").names(); len(got) != 0 {
		t.Errorf("a broken escape found %q", got)
	}
}
