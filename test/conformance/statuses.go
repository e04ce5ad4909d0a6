package conformance

import "net/http"

var statusCases = Group{
	Name:  "statuses",
	About: "Which status lets what be changed. (An image that is killed, deleted or pending_delete is not to be had by any request.)",
	Cases: []Case{
		{Name: "queued: nothing to remove", Given: given(queued(nil)), When: patchCall(remove("/locations/0")), Then: refused(409, "status|remove")},
		{Name: "queued: remove after an add", Given: given(queued(nil)),
			When: patchCall(located2("f1"), located2("f2"), remove("/locations/0")),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f2")})},

		{Name: "deactivated: add", Given: deactivated(nil), When: located("f1"), Then: refused(409, "status is deactivated")},
		{Name: "deactivated: replace the list", Given: deactivated(nil), When: patchCall(replace("/locations", locations("f17"))),
			Then: refused(409, "status is deactivated")},
		{Name: "deactivated: remove", Given: deactivated(nil), When: patchCall(remove("/locations/0")), Then: refused(409, "status is deactivated")},
		{Name: "deactivated: all else", Given: deactivated(J{"p": "x"}),
			When: patchCall(replace("/name", "other"), replace("/tags", []string{"a"}), replace("/visibility", "private"), replace("/p", "y")),
			Then: shows(J{"name": "other", "tags": []string{"a"}, "visibility": "private", "p": "y"})},

		{Name: "uploading: add", Given: given(queued(nil), stage("x")), When: located("f1"), Then: refused(409, "status is uploading")},
		{Name: "uploading: replace the list", Given: given(queued(nil), stage("x")), When: patchCall(replace("/locations", locations("f1"))),
			Then: refused(409, "status is uploading")},
		{Name: "uploading: remove", Given: given(queued(nil), stage("x")), When: patchCall(remove("/locations/0")), Then: refused(409, "status is uploading")},
		{Name: "uploading: formats", Given: given(queued(nil), stage("x")), When: patchCall(replace("/disk_format", "iso")), Then: refused(403, "queued")},
		{Name: "uploading: all else", Given: given(queued(nil), stage("x")), When: patchCall(replace("/name", "other"), add("/p", "x")),
			Then: shows(J{"name": "other", "p": "x"})},

		{Name: "saving: add", Given: saving(), When: located("f1"), Then: refused(409, "status is saving")},
		{Name: "saving: replace the list", Given: saving(), When: patchCall(replace("/locations", locations("f1"))), Then: refused(409, "status is saving")},
		{Name: "saving: formats", Given: saving(), When: patchCall(replace("/disk_format", "iso")), Then: refused(403, "queued")},
		{Name: "saving: remove", Given: saving(), When: patchCall(remove("/locations/0")), Then: refused(409, "status is saving")},
		{Name: "saving: all else", Given: saving(), When: patchCall(replace("/name", "other"), replace("/protected", true)),
			Then: shows(J{"name": "other", "protected": true})},

		{Name: "importing: add", Given: importing(), When: located("f1"), Then: refused(409, "status is importing")},
		{Name: "importing: replace the list", Given: importing(), When: patchCall(replace("/locations", locations("f1"))),
			Then: refused(409, "status is importing")},
		{Name: "importing: remove", Given: importing(), When: patchCall(remove("/locations/0")), Then: refused(409, "status is importing")},
		{Name: "importing: all else", Given: importing(), When: patchCall(replace("/name", "other"), replace("/min_disk", 7)),
			Then: shows(J{"name": "other", "min_disk": 7})},
	},
}

var atomicCases = Group{
	Name:  "atomic",
	About: "A patch that fails changes nothing, but for data that a removal has deleted already.",
	Given: active(J{"p": "x"}, "f1", "f2"),
	Cases: []Case{
		{Name: "a fault in the last operation undoes the first", When: patchCall(replace("/name", "other"), remove("/nosuch")), Then: refused(409, "does not exist")},
		{Name: "a bad pointer in the last place", When: patchCall(replace("/name", "other"), add("/a/b", "x")), Then: refused(400, "pointer")},
		{Name: "an http location that was removed is back", When: patchCall(remove("/locations/0"), remove("/nosuch")), Then: refused(409, "does not exist")},
		{Name: "a location that was added is gone", When: patchCall(located2("f3"), remove("/nosuch")), Then: refused(409, "does not exist")},
		{Name: "a queued image stays queued", Given: given(queued(nil)), When: patchCall(located2("f3"), remove("/nosuch")), Then: refused(409, "does not exist")},
		{Name: "removing a file location deletes the data", Given: given(uploaded(nil), located("f1")), When: patchCall(remove("/locations/0")),
			Then: Want{Status: http.StatusOK, Image: J{"locations": locations("f1")}, Data: zeros(len(someData))}},
		{Name: "a removed file location is gone though the patch fails", Given: given(uploaded(J{"p": "x"}), located("f1")),
			When: patchCall(replace("/name", "other"), remove("/locations/0"), remove("/nosuch")),
			Then: Want{Status: http.StatusConflict, Says: "does not exist", Image: J{"locations": locations("f1"), "updated_at": something,
				"direct_url": something, "stores": something}, Data: zeros(len(someData))}},
		{Name: "it is gone too when the quota of properties fails at the end", Given: given(uploaded(properties(127)), located("f1")),
			When: patchCall(remove("/locations/0"), add("/more", "x")),
			Then: Want{Status: http.StatusRequestEntityTooLarge, Says: "properties", Image: J{"locations": locations("f1"), "updated_at": something,
				"direct_url": something, "stores": something}, Data: zeros(len(someData))}},
		{Name: "it stays when a fault is found before anything is applied", Given: given(uploaded(nil), located("f1")),
			When: patchCall(remove("/locations/0"), replace("/name", 5)),
			Then: Want{Status: http.StatusBadRequest, Says: "not of type", Data: someData}},
		{Name: "it stays when what can fail comes first", Given: given(uploaded(nil), located("f1")),
			When: patchCall(remove("/nosuch"), remove("/locations/0")),
			Then: Want{Status: http.StatusConflict, Says: "does not exist", Data: someData}},
		{Name: "size, checksum and hash stay those of the upload", Given: given(uploaded(nil), located("f9")), When: patchCall(remove("/locations/0")),
			Then: shows(J{"locations": locations("f9"), "size": len(someData), "checksum": something, "os_hash_algo": "sha512", "os_hash_value": something})},
	},
}

var lostCases = Group{
	Name: "lost-updates",
	About: "A PATCH reads the image, changes its copy and writes everything back. What others did while " +
		"one was held up by a slow location is undone.",
	Given: given(active(J{"p": "x", "tags": []string{"a"}}, "f1"), held()),
	Cases: []Case{
		{Name: "other attributes", When: patchCall(replace("/name", "other"), replace("/protected", true)),
			Then: Want{Status: http.StatusOK, Image: J{"name": "other", "protected": true},
				Becomes: J{"locations": locations("f1", "wait/4/f5"), "name": "conformance", "protected": false}}},
		{Name: "properties", When: patchCall(replace("/p", "y"), add("/q", "z")),
			Then: Want{Status: http.StatusOK, Image: J{"p": "y", "q": "z"},
				Becomes: J{"locations": locations("f1", "wait/4/f5"), "p": "x", "q": absent}}},
		{Name: "tags", When: put("/v2/images/$image/tags/b"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"a", "b"}},
				Becomes: J{"locations": locations("f1", "wait/4/f5"), "tags": []string{"a"}}}},
		{Name: "a location that was added", When: located("f2"),
			Then: Want{Status: http.StatusOK, Image: J{"locations": locations("f1", "f2")}, Becomes: J{"locations": locations("f1", "wait/4/f5")}}},
		{Name: "deactivation", When: action("deactivate"),
			Then: Want{Status: http.StatusNoContent, Image: J{"status": "deactivated"}, Becomes: J{"locations": locations("f1", "wait/4/f5"), "status": "active"}}},
	},
}

// zeros is what a file on the mirror holds, as far as it is sent: a download is
// as long as the image's size says.
func zeros(bytes int) string { return string(make([]byte, bytes)) }
