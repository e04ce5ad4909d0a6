package conformance

import (
	"net/http"

	"github.com/glance-tui/glance-tui/model/patch"
)

var requestCases = Group{
	Name:  "requests",
	About: "How a PATCH is read before it is applied.",
	Given: given(queued(J{"p": "x"})),
	Cases: []Case{
		{Name: "no operations", When: patchCall(), Then: shows(J{"updated_at": unmoved})},
		{Name: "the media type with a charset", When: patchAs(patch.MediaTypeV21+"; charset=utf-8", `[{"op":"replace","path":"/name","value":"other"}]`),
			Then: shows(J{"name": "other"})},
		{Name: "another media type: JSON", When: patchAs("application/json", "[]"), Then: unsupported},
		{Name: "another media type: the one of RFC 6902", When: patchAs("application/json-patch+json", "[]"), Then: unsupported},
		{Name: "no media type", When: patchAs("", "[]"), Then: unsupported},

		{Name: "test", When: patchRaw(`[{"op":"test","path":"/name","value":"conformance"}]`), Then: refused(400, "invalid operation")},
		{Name: "move", When: patchRaw(`[{"op":"move","from":"/p","path":"/q"}]`), Then: refused(400, "invalid operation")},
		{Name: "copy", When: patchRaw(`[{"op":"copy","from":"/p","path":"/q"}]`), Then: refused(400, "invalid operation")},
		{Name: "an operation in capitals", When: patchRaw(`[{"op":"Replace","path":"/name","value":"x"}]`), Then: refused(400, "invalid operation")},
		{Name: "no operation", When: patchRaw(`[{"path":"/name","value":"x"}]`), Then: refused(400, "op")},
		{Name: "no path", When: patchRaw(`[{"op":"replace","value":"x"}]`), Then: refused(400, "path")},
		{Name: "no value", When: patchRaw(`[{"op":"replace","path":"/name"}]`), Then: refused(400, "value")},
		{Name: "a path that is no text breaks the server", When: patchRaw(`[{"op":"replace","path":5,"value":"x"}]`), Then: refused(500, "")},
		{Name: "half a surrogate breaks the server", When: patchRaw(`[{"op":"replace","path":"/name","value":"\ud800"}]`), Then: refused(500, "")},
		{Name: "a whole pair of surrogates is an emoji", When: patchRaw(`[{"op":"replace","path":"/name","value":"\ud83d\udc27"}]`), Then: refused(400, "4 byte")},
		{Name: "further members are ignored", When: patchRaw(`[{"op":"replace","path":"/name","value":"other","from":"/p","why":1}]`), Then: shows(J{"name": "other"})},
		{Name: "a value for a removal is ignored", When: patchRaw(`[{"op":"remove","path":"/p","value":5}]`), Then: shows(J{"p": absent})},
		{Name: "of keys that come twice the last counts", When: patchRaw(`[{"op":"remove","op":"replace","path":"/name","value":"a","value":"b"}]`),
			Then: shows(J{"name": "b"})},
		{Name: "escapes in JSON", When: patchRaw(`[{"op":"replace","path":"\/name","value":"\u00e9\n"}]`), Then: shows(J{"name": "é\n"})},

		{Name: "an empty body", When: patchRaw(""), Then: refused(400, "")},
		{Name: "malformed JSON", When: patchRaw(`[{"op":`), Then: refused(400, "JSON")},
		{Name: "something behind the JSON", When: patchRaw(`[] []`), Then: refused(400, "JSON")},
		{Name: "not UTF-8", When: patchRaw("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"\xff\"}]"), Then: refused(400, "")},
		{Name: "an object", When: patchRaw(`{"op":"replace","path":"/name","value":"x"}`), Then: refused(400, "array|list")},
		{Name: "a text", When: patchRaw(`"x"`), Then: refused(400, "")},
		{Name: "null", When: patchRaw(`null`), Then: refused(400, "")},
		{Name: "a list of texts", When: patchRaw(`["replace"]`), Then: refused(400, "object")},
		{Name: "NaN", When: patchRaw(`[{"op":"replace","path":"/min_disk","value":NaN}]`), Then: refused(400, "")},

		{Name: "of an image that is not there", When: patchOf(someUUID, replace("/name", "x")), Then: refused(404, "")},
		{Name: "no operations for an image that is not there", When: patchOf(someUUID), Then: refused(404, "")},
		{Name: "another method", When: Call{Method: http.MethodPost, Path: "/v2/images/$image"}, Then: refused(405, "")},
		{Name: "If-Match is ignored", When: patchCall(replace("/name", "other")).with("If-Match", `"nosuch"`), Then: shows(J{"name": "other"})},
		{Name: "If-Unmodified-Since is ignored", When: patchCall(replace("/name", "other")).with("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"),
			Then: shows(J{"name": "other"})},
		{Name: "the client's own request id comes back", When: patchCall(replace("/name", "other")).with("X-Openstack-Request-Id", "req-"+someUUID),
			Then: Want{Status: http.StatusOK, Image: J{"name": "other"}, Header: map[string]string{"X-Openstack-Request-Id": "^req-" + someUUID + "$"}}},
		{Name: "no entity tag", When: patchCall(replace("/name", "other")),
			Then: Want{Status: http.StatusOK, Image: J{"name": "other"}, Header: map[string]string{"ETag": "^$", "Last-Modified": "^$"}}},
		{Name: "no token", As: Anonymous, Given: by(Admin, queued(nil)), When: patchCall(replace("/name", "x")), Then: refused(401, "")},
		{Name: "a bad token", As: Impostor, Given: by(Admin, queued(nil)), When: patchCall(replace("/name", "x")), Then: refused(401, "")},
	},
}

// unsupported names the media types that are known.
var unsupported = Want{Status: http.StatusUnsupportedMediaType,
	Header: map[string]string{"Accept-Patch": `openstack-images-v2\.0-json-patch.*openstack-images-v2\.1-json-patch`}}

var olderFormCases = Group{
	Name:  "older-form",
	About: "The media type of version 2.0 has another form of operation, and an add that refuses what exists.",
	Given: given(queued(J{"p": "x"})),
	Cases: []Case{
		{Name: "replace", When: older(`{"replace":"/name","value":"other"}`), Then: shows(J{"name": "other"})},
		{Name: "add a property", When: older(`{"add":"/q","value":"y"}`), Then: shows(J{"q": "y"})},
		{Name: "add a property that exists", When: older(`{"add":"/p","value":"y"}`), Then: refused(409, "already")},
		{Name: "add a base attribute", When: older(`{"add":"/name","value":"y"}`), Then: refused(409, "already")},
		{Name: "remove", When: older(`{"remove":"/p"}`), Then: shows(J{"p": absent})},
		{Name: "remove what is not there", When: older(`{"remove":"/q"}`), Then: refused(409, "does not exist")},
		{Name: "a location", When: older(`{"add":"/locations/-","value":{"url":"$mirror/f1.raw","metadata":{}}}`),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f1")})},
		{Name: "the newer form", When: older(`{"op":"replace","path":"/name","value":"x"}`), Then: refused(400, "exactly one|only one|member")},
		{Name: "two at once", When: older(`{"add":"/q","remove":"/p","value":"y"}`), Then: refused(400, "only one")},
		{Name: "the older form with the newer media type", When: patchRaw(`[{"replace":"/name","value":"x"}]`), Then: refused(400, "op")},
	},
}

func older(operation string) Call { return patchAs(patch.MediaTypeV20, "["+operation+"]") }
