package conformance

import "net/http"

// becomes is success without a body that leaves a status.
func becomes(status string) Want {
	return Want{Status: http.StatusNoContent, Image: J{"status": status}}
}

var actionCases = Group{
	Name:  "actions",
	About: "Deactivate, reactivate, delete.",
	Given: active(nil),
	Cases: []Case{
		{Name: "deactivate", When: action("deactivate"), Then: becomes("deactivated")},
		{Name: "deactivate again", Given: deactivated(nil), When: action("deactivate"), Then: becomes("deactivated")},
		{Name: "deactivate a queued one", Given: given(queued(nil)), When: action("deactivate"), Then: refused(403, "")},
		{Name: "reactivate", Given: deactivated(nil), When: action("reactivate"), Then: becomes("active")},
		{Name: "reactivate an active one", When: action("reactivate"), Then: becomes("active")},
		{Name: "reactivate a queued one", Given: given(queued(nil)), When: action("reactivate"), Then: refused(403, "")},
		{Name: "deactivate, by an ordinary owner", As: Demo, When: action("deactivate"), Then: becomes("deactivated")},
		{Name: "deactivate one of someone else", As: Demo, Given: by(Admin, active(J{"visibility": "public"})), When: action("deactivate"), Then: refused(403, "")},
		{Name: "deactivate one that is not there", When: Call{Method: http.MethodPost, Path: "/v2/images/" + someUUID + "/actions/deactivate"}, Then: refused(404, "")},
		{Name: "download of a deactivated one, by its owner", As: Demo, Given: given(uploaded(nil), action("deactivate")), When: get("/v2/images/$image/file"), Then: refused(403, "")},
		{Name: "download of a deactivated one, by an administrator", Given: given(uploaded(nil), action("deactivate")), When: get("/v2/images/$image/file"),
			Then: Want{Status: http.StatusOK, Data: someData}},
		{Name: "delete", When: erase("/v2/images/$image"), Then: Want{Status: http.StatusNoContent, Gone: true}},
		{Name: "delete again", Given: given(active(nil), erase("/v2/images/$image")), When: erase("/v2/images/$image"), Then: Want{Status: http.StatusNotFound, Gone: true}},
		{Name: "delete a deactivated one", Given: deactivated(nil), When: erase("/v2/images/$image"), Then: Want{Status: http.StatusNoContent, Gone: true}},
		{Name: "delete the copy in a store", Given: given(uploaded(nil), located("f1")), When: erase("/v2/stores/local/$image"),
			Then: Want{Status: http.StatusNoContent, Image: J{"locations": locations("f1")}}},
		{Name: "delete the only copy", Given: uploaded(nil), When: erase("/v2/stores/local/$image"), Then: Want{Status: http.StatusForbidden, Data: someData}},
		{Name: "delete the copy in a store that has none, of an image with one", Given: uploaded(nil), When: erase("/v2/stores/web/$image"),
			Then: Want{Status: http.StatusForbidden, Says: "only store", Data: someData}},
		{Name: "delete the copy in a store that no one knows", Given: uploaded(nil), When: erase("/v2/stores/nosuch/$image"),
			Then: Want{Status: http.StatusConflict, Says: "not available", Data: someData}},
	},
}

var dataCases = Group{
	Name:  "data",
	About: "Create, upload and download.",
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "create with nothing", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{}),
			Then: answers(http.StatusCreated, J{"name": nil, "status": "queued", "visibility": "shared", "disk_format": nil, "owner": "$admin", "locations": []J{}})},
		{Name: "create with an id", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"id": "$uuid"}),
			Then: answers(http.StatusCreated, J{"id": "$uuid"})},
		{Name: "create with an id that is no UUID", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"id": "mine"}), Then: refused(400, "does not match|id")},
		{Name: "create with an id that is taken", When: sent(http.MethodPost, "/v2/images", J{"id": "$image"}), Then: refused(409, "exists")},
		{Name: "create with a status", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"status": "active"}), Then: refused(403, "read-only")},
		{Name: "create a public one, by an ordinary member", As: Demo, Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"visibility": "public"}), Then: refused(403, "publicize")},
		{Name: "create for someone else, by an ordinary member", As: Demo, Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"owner": "$admin"}), Then: refused(403, "")},
		{Name: "create with a property of 256 characters", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{x(256): "x"}), Then: refused(400, "255|long")},
		{Name: "create tells what an import may do", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"name": "conformance"}),
			Then: Want{Status: http.StatusCreated, Header: map[string]string{"OpenStack-image-import-methods": "web-download", "OpenStack-image-store-ids": "local.*web"}}},
		{Name: "upload", When: upload(someData), Then: Want{Status: http.StatusNoContent, Data: someData, Image: J{"status": "active", "size": len(someData),
			"checksum": something, "os_hash_algo": "sha512", "os_hash_value": something, "virtual_size": len(someData), "locations": []J{{"url": like("^file://"), "metadata": J{}}}}}},
		{Name: "upload of something else than disk_format says", Given: given(queued(J{"disk_format": "qcow2"})), When: upload(someData),
			Then: Want{Status: http.StatusNoContent, Data: someData, Image: J{"status": "active", "size": len(someData),
				"checksum": something, "os_hash_algo": "sha512", "os_hash_value": something, "locations": []J{{"url": like("^file://"), "metadata": J{}}}}}},
		{Name: "upload again", Given: uploaded(nil), When: upload("x"), Then: Want{Status: http.StatusConflict, Data: someData}},
		{Name: "upload of another media type", When: Call{Method: http.MethodPut, Path: "/v2/images/$image/file", Type: "application/json", Body: "{}"}, Then: refused(415, "")},
		{Name: "upload without formats", Given: given(image(nil)), When: upload("x"), Then: refused(400, "must be set|format")},
		{Name: "download", Given: uploaded(nil), When: get("/v2/images/$image/file"), Then: Want{Status: http.StatusOK, Data: someData,
			Header: map[string]string{"Content-Type": "^application/octet-stream"}}},
		{Name: "download of a queued one", When: get("/v2/images/$image/file"), Then: Want{Status: http.StatusNoContent}},
		{Name: "download through an http location", Given: active(nil, "f1"), When: get("/v2/images/$image/file"), Then: Want{Status: http.StatusOK, Data: zeros(1 << 10)}},
		{Name: "an upload that goes on is saving", Given: saving(), When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{"status": "saving"})},
	},
}

var importCases = Group{
	Name:  "imports",
	About: "Stage and import, as far as statuses.",
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "staged data is uploading", When: stage("x"), Then: Want{Status: http.StatusNoContent, Image: J{"status": "uploading", "size": something}}},
		{Name: "staged data, imported", Given: given(queued(nil), stage(someData)), When: importFrom(J{"name": "glance-direct"}),
			Then: Want{Status: http.StatusAccepted, Becomes: J{"status": "active", "size": len(someData)}, Image: J{"status": like("uploading|importing|active")}}},
		{Name: "downloaded by the server", When: importFrom(J{"name": "web-download", "uri": "$mirror/f17.raw"}),
			Then: Want{Status: http.StatusAccepted, Becomes: J{"status": "active", "size": 17 << 10}, Image: J{"status": like("queued|importing|active")}}},
		{Name: "downloaded slowly: importing, with os_glance_ properties", When: importFrom(J{"name": "web-download", "uri": "$mirror/wait/2/f17.raw"}),
			Then: Want{Status: http.StatusAccepted, Image: J{"status": like("queued|importing")}, Becomes: J{"status": "importing", "os_glance_import_task": something}}},
		{Name: "from where nothing is: queued again", When: importFrom(J{"name": "web-download", "uri": "$mirror/nosuch"}),
			Then: Want{Status: http.StatusAccepted, Image: J{"status": something}, Becomes: J{"status": "queued", "os_glance_failed_import": "local"}}},
		{Name: "from a host that the filter blocks", When: importFrom(J{"name": "web-download", "uri": "http://169.254.169.254/latest"}), Then: refused(400, "uri|filter")},
		{Name: "by a method that no one knows", When: importFrom(J{"name": "nosuch"}), Then: refused(400, "method|import")},
		{Name: "glance-direct without staged data", When: importFrom(J{"name": "glance-direct"}), Then: refused(409, "staged")},
		{Name: "of an active image", Given: active(nil), When: importFrom(J{"name": "web-download", "uri": "$mirror/f1.raw"}), Then: refused(409, "status|active")},
		{Name: "without formats", Given: given(image(nil)), When: importFrom(J{"name": "web-download", "uri": "$mirror/f1.raw"}), Then: refused(409, "format")},
		{Name: "its task", Given: importing(), When: get("/v2/images/$image/tasks"),
			Then: answers(http.StatusOK, J{"tasks": []J{{"image_id": "$image", "type": "api_image_import", "status": like("processing|pending")}}})},
		{Name: "staged twice", Given: given(queued(nil), stage("x")), When: stage("y"), Then: refused(409, "status|uploading")},
	},
}
