package conformance

import "net/http"

var permissionCases = Group{
	Name:  "permissions",
	About: "An ordinary member changes own images; of others' some can be seen.",
	As:    Demo,
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "own image", When: patch(replace("/name", "other"), replace("/tags", []string{"a"}), add("/p", "x")),
			Then: shows(J{"name": "other", "tags": []string{"a"}, "p": "x"})},
		{Name: "own image: first location", When: located("f1"), Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f1")})},
		{Name: "own image: another order of locations", Given: active(nil, "f1", "f2"), When: patch(replace("/locations", locations("f2", "f1"))),
			Then: shows(J{"locations": locations("f2", "f1")})},
		{Name: "own image: a location removed", Given: active(nil, "f1", "f2"), When: patch(remove("/locations/0")),
			Then: shows(J{"locations": locations("f2")})},
		{Name: "own image: made public", When: patch(replace("/visibility", "public")), Then: refused(403, "publicize")},
		{Name: "own image: made public in the last place", When: patch(replace("/name", "other"), replace("/visibility", "public")), Then: refused(403, "publicize")},
		{Name: "own image: made community", When: patch(replace("/visibility", "community")), Then: shows(J{"visibility": "community"})},
		{Name: "own image: given away", When: patch(replace("/owner", "$admin")), Then: refused(403, "owner")},
		{Name: "own image: owner unchanged", When: patch(replace("/owner", "$demo")), Then: refused(403, "owner")},
		{Name: "own public image: another name", Given: given(queued(nil), by(Admin, patch(replace("/visibility", "public")))),
			When: patch(replace("/name", "other")), Then: shows(J{"name": "other"})},
		{Name: "somebody else's private image", Given: by(Admin, queued(J{"visibility": "private"})), When: patch(replace("/name", "x")), Then: refused(404, "")},
		{Name: "somebody else's shared image", Given: by(Admin, queued(nil)), When: patch(replace("/name", "x")), Then: refused(404, "")},
		{Name: "somebody else's shared image, as a member", Given: by(Admin, queued(nil), share("$demo")), When: patch(replace("/name", "x")),
			Then: refused(403, "own|authorized")},
		{Name: "somebody else's community image", Given: by(Admin, queued(J{"visibility": "community"})), When: patch(replace("/name", "x")),
			Then: refused(403, "own|authorized")},
		{Name: "somebody else's public image", Given: by(Admin, queued(J{"visibility": "public"})), When: patch(replace("/name", "x")),
			Then: refused(403, "own|authorized")},
		{Name: "somebody else's public image: a location", Given: by(Admin, queued(J{"visibility": "public"})), When: located("f1"), Then: refused(403, "own|authorized")},
		{Name: "somebody else's public image: delete", Given: by(Admin, queued(J{"visibility": "public"})), When: erase("/v2/images/$image"),
			Then: refused(403, "own|authorized")},
		{Name: "somebody else's private image: delete", Given: by(Admin, queued(J{"visibility": "private"})), When: erase("/v2/images/$image"), Then: refused(404, "")},
		{Name: "somebody else's image, by an administrator", As: Admin, Given: by(Demo, active(nil, "f1", "f2")),
			When: patch(replace("/name", "other"), remove("/locations/0")), Then: shows(J{"name": "other", "locations": locations("f2")})},
		{Name: "an image of nobody", Given: by(Admin, queued(nil), patch(replace("/owner", nil))), When: patch(replace("/name", "x")), Then: refused(403, "own|authorized")},
	},
}

var hiddenCases = Group{
	Name:  "hidden-locations",
	About: "Where locations are not shown they cannot be changed either, by nobody.",
	On:    Hidden,
	Given: uploaded(nil),
	Cases: []Case{
		{Name: "a GET has no locations", When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{"locations": absent, "direct_url": absent, "status": "active"})},
		{Name: "add", When: located("f1"), Then: refused(403, "invisible")},
		{Name: "add to a queued image", Given: given(queued(nil)), When: located("f1"), Then: refused(403, "invisible")},
		{Name: "replace", When: patch(replace("/locations", locations("f1"))), Then: refused(403, "invisible")},
		{Name: "remove", When: patch(remove("/locations/0")), Then: Want{Status: http.StatusForbidden, Says: "invisible", Data: someData}},
		{Name: "the empty list", When: patch(replace("/locations", []J{})), Then: refused(403, "empty list|invisible")},
		{Name: "all else", When: patch(replace("/name", "other"), add("/p", "x")), Then: shows(J{"name": "other", "p": "x"})},
		{Name: "the newer call for locations", Given: given(queued(nil)),
			When: sent(http.MethodPost, "/v2/images/$image/locations", J{"url": "$mirror/f17.raw"}), Then: refused(404, "")},
		{Name: "the schema lists locations all the same", When: get("/v2/schemas/image"), Then: answers(http.StatusOK, J{"properties": J{"locations": something}})},
	},
}

var strictCases = Group{
	Name:  "strict",
	About: "With the policy that is the default since 2023.1, an administrator alone removes locations. One store: no store ids.",
	On:    Strict,
	As:    Demo,
	Given: active(nil, "f1", "f2"),
	Cases: []Case{
		{Name: "add, own image", When: located("f3"), Then: shows(J{"locations": locations("f1", "f2", "f3")})},
		{Name: "replace, own image", When: patch(replace("/locations", locations("f2", "f1"))), Then: shows(J{"locations": locations("f2", "f1")})},
		{Name: "remove, own image", When: patch(remove("/locations/0")), Then: refused(403, "delete_image_location")},
		{Name: "remove in the last place, own image", When: patch(replace("/name", "other"), located2("f3"), remove("/locations/0")), Then: refused(403, "delete_image_location")},
		{Name: "remove, by an administrator", As: Admin, When: patch(remove("/locations/0")), Then: shows(J{"locations": locations("f2")})},
		{Name: "all else, own image", When: patch(replace("/name", "other"), replace("/tags", []string{"a"}), add("/p", "x")),
			Then: shows(J{"name": "other", "tags": []string{"a"}, "p": "x"})},
		{Name: "made public", When: patch(replace("/visibility", "public")), Then: refused(403, "publicize")},
		{Name: "somebody else's public image", Given: by(Admin, queued(J{"visibility": "public"})), When: patch(replace("/name", "x")), Then: refused(403, "own|authorized")},
		{Name: "a location has no store of itself", When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"stores": absent, "locations": []J{
				{"url": "$mirror/f1.raw", "metadata": J{"store": absent}}, {"url": "$mirror/f2.raw", "metadata": J{"store": absent}}}})},
		{Name: "metadata store is kept as it was sent", Given: given(queued(nil)), When: patch(add("/locations/-", location("f1", J{"store": "mine"}))),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": []J{location("f1", J{"store": "mine"})}})},
		{Name: "no list of stores", When: get("/v2/info/stores"), Then: refused(404, "")},
	},
}

var noAuthCases = Group{
	Name:  "no-keystone",
	About: "Without Keystone whoever asks is the administrator, without a project.",
	On:    NoAuth,
	As:    Nobody,
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "an image has no owner", When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{"owner": nil})},
		{Name: "first location", When: located("f1"), Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f1")})},
		{Name: "public, which asks for the role itself", When: patch(replace("/visibility", "public")), Then: refused(403, "publicize")},
		{Name: "community", When: patch(replace("/visibility", "community")), Then: shows(J{"visibility": "community"})},
		{Name: "all else", When: patch(replace("/name", "other"), replace("/tags", []string{"a"}), add("/p", "x")), Then: shows(J{"name": "other", "tags": []string{"a"}, "p": "x"})},
		{Name: "deactivate", Given: active(nil), When: action("deactivate"), Then: becomes("deactivated")},
		{Name: "a list", When: list(""), Then: names("conformance")},
		{Name: "owner", When: patch(replace("/owner", "anybody")), Then: shows(J{"owner": "anybody"})},
		{Name: "a location removed", Given: active(nil, "f1", "f2"), When: patch(remove("/locations/0")), Then: shows(J{"locations": locations("f2")})},
	},
}

var oldCases = Group{
	Name: "before-2016",
	About: "Before the fix of CVE-2016-0757 the list of locations could be emptied, as the API reference says; " +
		"the image is queued then.",
	On:    Old,
	Given: active(J{"p": "x"}, "f1", "f2"),
	Cases: []Case{
		{Name: "the empty list", When: patch(replace("/locations", []J{})),
			Then: shows(J{"status": "queued", "locations": []J{}, "size": nil, "virtual_size": nil})},
		{Name: "the last location removed", Given: active(nil, "f1"), When: patch(remove("/locations/0")),
			Then: shows(J{"status": "queued", "locations": []J{}, "size": nil, "virtual_size": nil})},
		{Name: "other locations after the empty list", When: patch(replace("/locations", []J{}), replace("/locations", locations("f3"))),
			Then: shows(J{"status": "active", "size": 3 << 10, "locations": locations("f3")})},
		{Name: "formats are open again afterwards", Given: given(active(nil, "f1"), patch(replace("/locations", []J{}))),
			When: patch(replace("/disk_format", "iso")), Then: shows(J{"disk_format": "iso"})},
		{Name: "other URLs for a list that is not empty", When: patch(replace("/locations", locations("f3"))), Then: refused(400, "not empty")},
		{Name: "the version is of that time", As: Nobody, Given: []Call{}, When: get("/versions"),
			Then: answers(http.StatusOK, J{"versions": holding(J{"id": "v2.3", "status": "CURRENT"})})},
	},
}
