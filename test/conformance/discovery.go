package conformance

import "net/http"

var discoveryCases = Group{
	Name:  "discovery",
	About: "What a server says about itself.",
	Given: []Call{},
	Cases: []Case{
		{Name: "versions need no token", As: Anonymous, When: get("/versions"), Then: answers(http.StatusOK, J{"versions": holding(J{"id": "v2.16", "status": "CURRENT"}, J{"id": "v2.0", "status": "SUPPORTED"})})},
		{Name: "the root offers a choice", As: Anonymous, When: get("/"), Then: answers(http.StatusMultipleChoices, J{"versions": something})},
		{Name: "a path that no one knows", When: get("/v2/nosuch"), Then: refused(404, "")},
		{Name: "the schema of an image", When: get("/v2/schemas/image"), Then: answers(http.StatusOK, J{"name": "image",
			"additionalProperties": J{"type": "string"},
			"properties": J{
				"name":        J{"maxLength": 255},
				"tags":        J{"items": J{"type": "string", "maxLength": 255}},
				"visibility":  J{"enum": holding("private", "shared", "community", "public")},
				"disk_format": J{"enum": holding("raw", "qcow2", "iso", nil)},
				"status":      J{"readOnly": true, "enum": holding("queued", "active", "deactivated")},
				"size":        J{"readOnly": true},
				"stores":      J{"readOnly": true},
				"id":          J{"readOnly": absent},
				"owner":       J{"readOnly": absent},
				"min_disk":    J{"type": "integer"},
				"kernel_id":   J{"is_base": false, "pattern": something},
				"locations":   J{"items": J{"required": holding("url", "metadata")}},
			}})},
		{Name: "the stores", When: get("/v2/info/stores"), Then: answers(http.StatusOK, J{"stores": holding(
			J{"id": "local", "default": "true"}, J{"id": "web", "read-only": "true"})})},
		{Name: "the stores in detail, by an administrator", When: get("/v2/info/stores/detail"), Then: answers(http.StatusOK, J{"stores": holding(J{"id": "local", "type": "file"})})},
		{Name: "the stores in detail, by an ordinary member", As: Demo, When: get("/v2/info/stores/detail"), Then: refused(403, "")},
		{Name: "the import methods", When: get("/v2/info/import"), Then: answers(http.StatusOK, J{"import-methods": J{"value": holding("glance-direct", "web-download")}})},
		{Name: "the newer call for locations", Given: given(queued(nil)),
			When: sent(http.MethodPost, "/v2/images/$image/locations", J{"url": "$mirror/f17.raw"}), Then: refused(404, "")},
		{Name: "the newer list of locations", Given: active(nil), When: get("/v2/images/$image/locations"), Then: refused(404, "")},
	},
}
