package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// calledLocation sends a location by the call of its own.
func calledLocation(body J) Call { return sent(http.MethodPost, "/v2/images/$image/locations", body) }

func locationOf(file string) Call { return calledLocation(J{"url": fileURL(file)}) }

// locatedByCall is an image that got its location by the call.
func locatedByCall() []Call {
	c := locationOf("f17")
	c.Until, c.Settled = "active", true
	return given(queued(nil), c)
}

// eventually is an answer before the work was done, and what comes of that.
func eventually(becomes J) Want {
	return Want{Status: http.StatusAccepted, Image: J{}, Becomes: J{"os_glance_import_task": absent, "locations": absent}.and(becomes)}
}

// noLocation is what is left of a call that came to nothing.
var noLocation = eventually(J{"status": "queued", "size": nil, "os_hash_value": nil})

// calledWithHash is a call with what the data must be.
func calledWithHash(data J) Call {
	return calledLocation(J{"url": "$mirror/f3.raw", "validation_data": data})
}

var locationCallCases = Group{
	Name: "location-calls",
	About: "Since version 2.17 there are calls for locations, which work where they are hidden. The server answers before it looks " +
		"at the URL; the image's status tells what came of it.",
	On:    Newer,
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "another change meanwhile is lost", Given: given(queued(nil), locationOf("wait/3/f5"), Call{}), When: patchCall(replace("/name", "meanwhile")),
			Then: Want{Status: http.StatusOK, Image: J{"name": "meanwhile"}, Becomes: J{"status": "active", "name": "conformance"}}},
		{Name: "a location", When: locationOf("f17"), Then: eventually(J{"status": "active", "size": 17 << 10, "os_hash_algo": "sha512", "os_hash_value": something})},
		{Name: "to an own image, by a member", As: Demo, When: locationOf("f17"), Then: eventually(J{"status": "active", "size": 17 << 10})},
		{Name: "to a member's image, by an administrator", Given: by(Demo, queued(nil)), When: locationOf("f17"), Then: eventually(J{"status": "active", "size": 17 << 10})},
		{Name: "other members are ignored, metadata too", When: calledLocation(J{"url": "$mirror/f17.raw", "metadata": J{"a": "b"}, "x": 1}),
			Then: eventually(J{"status": "active", "size": 17 << 10})},
		{Name: "a long URL", When: calledLocation(J{"url": "$mirror/f17.raw?" + x(300)}), Then: eventually(J{"status": "active", "size": 17 << 10})},
		{Name: "a file that is not there", When: calledLocation(J{"url": "$mirror/nosuch"}), Then: noLocation},
		{Name: "an empty file", When: locationOf("f0"), Then: noLocation},
		{Name: "without a format the image stays queued, and keeps the location", Given: given(queued(J{"disk_format": nil})), When: locationOf("f17"),
			Then: eventually(J{"status": "queued", "size": 17 << 10})},

		{Name: "another one while the first is looked at", Given: given(queued(nil), locationOf("wait/4/f5")), When: locationOf("f17"), Then: refused(409, "active task")},
		{Name: "of an active image", Given: locatedByCall(), When: locationOf("f18"), Then: refused(409, "status is active")},
		{Name: "of an image that is uploading", Given: given(queued(nil), stage(someData)), When: locationOf("f18"), Then: refused(409, "status is uploading")},
		{Name: "a host that does not exist", When: locationOf("http://nosuch.invalid/f1.raw"), Then: refused(400, "filtering")},
		{Name: "a host that the filter blocks", When: locationOf("http://169.254.169.254/latest"), Then: refused(400, "filtering")},
		{Name: "a port that the filter blocks", When: locationOf("http://127.0.0.1:1/f1.raw"), Then: refused(400, "filtering")},
		{Name: "a file of the server's own", When: locationOf("file:///etc/passwd"), Then: refused(403, "http store")},
		{Name: "a scheme of another store", When: locationOf("rbd://pool/image/snap"), Then: refused(403, "http store")},
		{Name: "a scheme in capitals", When: locationOf("HTTP://mirror.example/f1.raw"), Then: refused(403, "http store")},
		{Name: "no scheme", When: calledLocation(J{"url": "f1"}), Then: refused(403, "http store")},
		{Name: "an empty URL", When: calledLocation(J{"url": ""}), Then: refused(403, "http store")},
		{Name: "no URL", When: calledLocation(J{}), Then: refused(400, "required")},
		{Name: "a URL that is no text", When: calledLocation(J{"url": 5}), Then: refused(400, "type")},
		{Name: "a list of locations", When: Call{Method: http.MethodPost, Path: "/v2/images/$image/locations", Type: "application/json", Body: "[]"}, Then: refused(400, "type")},
		{Name: "no body", When: Call{Method: http.MethodPost, Path: "/v2/images/$image/locations"}, Then: refused(400, "body")},
		{Name: "another method", When: put("/v2/images/$image/locations"), Then: refused(405, "")},

		{Name: "with the data's hash", When: calledWithHash(J{"os_hash_algo": "sha256", "os_hash_value": hashOfF3()}),
			Then: eventually(J{"status": "active", "size": 3 << 10, "os_hash_algo": "sha256", "os_hash_value": hashOfF3()})},
		{Name: "with another hash the image stays queued, and keeps the location", When: calledWithHash(J{"os_hash_algo": "sha256", "os_hash_value": strings.Repeat("0", 64)}),
			Then: eventually(J{"status": "queued", "os_hash_value": nil})},
		{Name: "an algorithm without a hash", When: calledWithHash(J{"os_hash_algo": "sha256"}), Then: refused(400, "depende")},
		{Name: "a hash without an algorithm", When: calledWithHash(J{"os_hash_value": hashOfF3()}), Then: refused(400, "depende")},
		{Name: "an algorithm that no one knows", When: calledWithHash(J{"os_hash_algo": "crc32", "os_hash_value": "00000000"}), Then: refused(400, "not one of")},
		{Name: "a hash that is not hexadecimal", When: calledWithHash(J{"os_hash_algo": "sha256", "os_hash_value": "zz"}), Then: refused(400, "hexadecimal")},
		{Name: "a hash of another length", When: calledWithHash(J{"os_hash_algo": "sha256", "os_hash_value": "00"}), Then: refused(400, "size")},
		{Name: "a checksum, which a PATCH takes", When: calledWithHash(J{"checksum": strings.Repeat("0", 32)}), Then: refused(400, "unexpected")},

		{Name: "to someone else's private image", As: Demo, Given: by(Admin, queued(J{"visibility": "private"})), When: locationOf("f17"), Then: refused(404, "")},
		{Name: "to someone else's public image", As: Demo, Given: by(Admin, queued(J{"visibility": "public"})), When: locationOf("f17"), Then: refused(403, "add_image_location")},
		{Name: "to an image that is not there", When: sent(http.MethodPost, "/v2/images/"+someUUID+"/locations", J{"url": "$mirror/f1.raw"}), Then: refused(404, "")},
		{Name: "without a token", As: Anonymous, Given: by(Admin, queued(nil)), When: locationOf("f17"), Then: refused(401, "")},

		{Name: "the list, by an administrator", Given: locatedByCall(), When: get("/v2/images/$image/locations"), Then: Want{Status: http.StatusOK, List: locations("f17")}},
		{Name: "the list of an image without data", When: get("/v2/images/$image/locations"), Then: Want{Status: http.StatusOK, List: []J{}}},
		{Name: "the list, by the owner", As: Demo, When: get("/v2/images/$image/locations"), Then: refused(403, "fetch_image_location")},
		{Name: "the list of someone else's private image", As: Demo, Given: by(Admin, queued(J{"visibility": "private"})), When: get("/v2/images/$image/locations"), Then: refused(404, "")},
		{Name: "the list of an image that is not there", When: get("/v2/images/" + someUUID + "/locations"), Then: refused(404, "")},
		{Name: "a PATCH takes no location all the same", When: located("f17"), Then: refused(403, "invisible")},
		{Name: "the version tells", As: Anonymous, Given: []Call{}, When: get("/versions"), Then: answers(http.StatusOK, J{"versions": holding(J{"id": "v2.17"})})},
	},
}

// hashOfF3 is the hash of what is at f3.raw on every mirror: zeros.
func hashOfF3() string {
	sum := sha256.Sum256(make([]byte, 3<<10))
	return hex.EncodeToString(sum[:])
}
