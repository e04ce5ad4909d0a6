package conformance

import "net/http"

// accept is a member's answer to a share.
func accept(status string) Call {
	return sent(http.MethodPut, "/v2/images/$image/members/$demo", J{"status": status})
}

var memberCases = Group{
	Name:  "members",
	About: "A shared image has members; each answers for itself.",
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "shared with a project", When: share("$demo"), Then: answers(http.StatusOK, J{"member_id": "$demo", "image_id": "$image", "status": "pending"})},
		{Name: "any text is taken for a project", When: share("no one in particular"), Then: answers(http.StatusOK, J{"member_id": "no one in particular"})},
		{Name: "shared again", Given: given(queued(nil), share("$demo")), When: share("$demo"), Then: refused(409, "already|duplicate")},
		{Name: "shared with no one", When: share(""), Then: refused(400, "")},
		{Name: "the list", Given: given(queued(nil), share("$demo")), When: get("/v2/images/$image/members"),
			Then: answers(http.StatusOK, J{"members": []J{{"member_id": "$demo", "status": "pending", "created_at": something, "updated_at": something}}})},
		{Name: "one of them", Given: given(queued(nil), share("$demo")), When: get("/v2/images/$image/members/$demo"), Then: answers(http.StatusOK, J{"status": "pending"})},
		{Name: "one that is none", When: get("/v2/images/$image/members/$demo"), Then: refused(404, "")},
		{Name: "accepted by the member", As: Demo, Given: by(Admin, queued(nil), share("$demo")), When: accept("accepted"), Then: answers(http.StatusOK, J{"status": "accepted"})},
		{Name: "rejected by the member", As: Demo, Given: by(Admin, queued(nil), share("$demo")), When: accept("rejected"), Then: answers(http.StatusOK, J{"status": "rejected"})},
		{Name: "accepted by an administrator", Given: given(queued(nil), share("$demo")), When: accept("accepted"), Then: answers(http.StatusOK, J{"status": "accepted"})},
		{Name: "another status", Given: given(queued(nil), share("$demo")), When: accept("maybe"), Then: refused(400, "")},
		{Name: "a member sees the image", As: Demo, Given: by(Admin, queued(nil), share("$demo")), When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{"id": "$image"})},
		{Name: "a member sees itself alone", As: Demo, Given: by(Admin, queued(nil), share("$demo"), share("other")), When: get("/v2/images/$image/members"),
			Then: answers(http.StatusOK, J{"members": []J{{"member_id": "$demo"}}})},
		{Name: "removed", Given: given(queued(nil), share("$demo")), When: erase("/v2/images/$image/members/$demo"), Then: Want{Status: http.StatusNoContent}},
		{Name: "removed again", When: erase("/v2/images/$image/members/$demo"), Then: refused(404, "")},
		{Name: "of a private image", Given: given(queued(J{"visibility": "private"})), When: share("$demo"), Then: refused(403, "not allowed|shared")},
		{Name: "the list of a private image", Given: given(queued(J{"visibility": "private"})), When: get("/v2/images/$image/members"), Then: refused(403, "shared")},
		{Name: "leaving shared hides them", Given: given(queued(nil), share("$demo"), patchCall(replace("/visibility", "private"))), When: get("/v2/images/$image/members"),
			Then: refused(403, "shared")},
		{Name: "coming back to shared brings them back", Given: given(queued(nil), share("$demo"), patchCall(replace("/visibility", "private")), patchCall(replace("/visibility", "shared"))),
			When: get("/v2/images/$image/members"), Then: answers(http.StatusOK, J{"members": []J{{"member_id": "$demo"}}})},
		{Name: "by someone else", As: Demo, Given: by(Admin, queued(J{"visibility": "community"})), When: share("$demo"), Then: refused(403, "")},
		{Name: "they do not move updated_at", When: share("$demo"), Then: Want{Status: http.StatusOK, Image: J{"updated_at": unmoved}}},
	},
}
