package conformance

import "net/http"

// shown is what a GET has of the image's data, unseen what it has where Glance
// keeps the locations from the caller: it is not told from an image without any.
var (
	shown  = J{"locations": locations("f17"), "direct_url": "$mirror/f17.raw", "stores": "web"}
	unseen = J{"locations": []J{}, "direct_url": absent, "stores": absent}
)

var deactivatedCases = Group{
	Name: "deactivated-by-a-member",
	About: "While an image is deactivated only an administrator is shown its locations. To anyone else it looks as if " +
		"it had none, to its owner, too; nothing is gone.",
	As:    Demo,
	Given: deactivated(nil),
	Cases: []Case{
		{Name: "read by its owner", When: get("/v2/images/$image"), Then: answers(http.StatusOK, unseen.and(J{"status": "deactivated", "size": 17 << 10}))},
		{Name: "read by an administrator", As: Admin, Given: by(Demo, deactivated(nil)), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, shown.and(J{"status": "deactivated", "owner": "$demo"}))},
		{Name: "read while it is active", Given: active(nil), When: get("/v2/images/$image"), Then: answers(http.StatusOK, shown.and(J{"status": "active"}))},
		{Name: "listed by its owner", When: list(""), Then: answers(http.StatusOK, J{"images": []J{unseen.and(J{"id": "$image"})}})},
		{Name: "listed by an administrator", As: Admin, Given: by(Demo, deactivated(J{"visibility": "community"})), When: list("visibility=all"),
			Then: answers(http.StatusOK, J{"images": []J{shown.and(J{"id": "$image"})}})},
		{Name: "read by someone else", Given: by(Admin, deactivated(J{"visibility": "public"})), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, unseen.and(J{"status": "deactivated", "owner": "$admin"}))},
		{Name: "read by someone else while it is active", Given: by(Admin, active(J{"visibility": "public"})), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, shown.and(J{"owner": "$admin"}))},
		{Name: "an edit by its owner keeps them", When: patchCall(replace("/name", "other"), add("/p", "x")),
			Then: Want{Status: http.StatusOK, Image: J{"name": "other", "p": "x", "locations": locations("f17"), "direct_url": "$mirror/f17.raw", "stores": "web"},
				Answer: unseen.and(J{"name": "other", "p": "x"})}},
		{Name: "an edit of nothing by its owner", When: patchCall(), Then: Want{Status: http.StatusOK, Answer: unseen, Image: shown}},
		{Name: "an edit by its owner keeps data in a deletable store", Given: given(uploaded(nil), action("deactivate")), When: patchCall(replace("/name", "other")),
			Then: Want{Status: http.StatusOK, Image: J{"name": "other"}, Answer: unseen.and(J{"name": "other"}), Data: someData}},
		{Name: "add a location", When: located("f1"), Then: refused(409, "status is deactivated")},
		{Name: "add the location that it has", When: located("f17"), Then: refused(409, "status is deactivated")},
		{Name: "remove a location", When: patchCall(remove("/locations/0")), Then: refused(409, "status is deactivated")},
		{Name: "replace the list", When: patchCall(replace("/locations", locations("f17"))), Then: refused(409, "status is deactivated")},
		{Name: "replace the list by none", When: patchCall(replace("/locations", []J{})), Then: refused(403, "empty list|invisible")},
		{Name: "reactivated by its owner", When: action("reactivate"), Then: Want{Status: http.StatusNoContent, Image: shown.and(J{"status": "active"})}},
		{Name: "read after it was reactivated", Given: given(deactivated(nil), patchCall(replace("/name", "other")), action("reactivate")), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, shown.and(J{"status": "active", "name": "other"}))},
		{Name: "read without a token where there is no Keystone", On: NoAuth, As: Anonymous, When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, shown.and(J{"status": "deactivated"}))},
		{Name: "read by its owner where locations are hidden", On: Hidden, Given: given(uploaded(nil), action("deactivate")), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"locations": absent, "direct_url": absent, "stores": absent})},
		{Name: "read by an administrator where locations are hidden", On: Hidden, As: Admin, Given: given(uploaded(nil), action("deactivate")), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"locations": absent, "direct_url": absent, "stores": "local"})},
	},
}
