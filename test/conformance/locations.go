package conformance

import (
	"net/http"
	"strings"
)

var locationCases = Group{
	Name:  "locations",
	About: "Locations are added and removed one by one, each operation on what the one before it left.",
	Given: active(nil, "f1", "f2", "f3"),
	Cases: []Case{
		{Name: "the first one makes a queued image active", Given: given(queued(nil)), When: located("f17"),
			Then: shows(J{"status": "active", "size": 17 << 10, "locations": locations("f17")})},
		{Name: "the size is that of the first", Given: given(queued(nil)), When: located("f4", "f9"),
			Then: shows(J{"status": "active", "size": 4 << 10, "locations": locations("f4", "f9")})},
		{Name: "a further one is appended", When: located("f4"), Then: shows(J{"locations": locations("f1", "f2", "f3", "f4")})},
		{Name: "at an index beyond the end it is appended", When: patchCall(add("/locations/99", location("f4"))),
			Then: shows(J{"locations": locations("f1", "f2", "f3", "f4")})},
		{Name: "index 00 of an empty list", Given: given(queued(nil)), When: patchCall(add("/locations/00", location("f4"))),
			Then: shows(J{"status": "active", "size": 4 << 10, "locations": locations("f4")})},
		{Name: "at index 0 the answer shows it there, but it is stored last", When: patchCall(add("/locations/0", location("f4"))),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("f4", "f1", "f2", "f3")},
				Image: J{"locations": locations("f1", "f2", "f3", "f4")}}},
		{Name: "in the middle likewise", When: patchCall(add("/locations/1", location("f4"))),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("f1", "f4", "f2", "f3")},
				Image: J{"locations": locations("f1", "f2", "f3", "f4")}}},
		{Name: "at index -1", When: patchCall(add("/locations/-1", location("f4"))), Then: refused(400, "position|pointer|index")},
		{Name: "at index x", When: patchCall(add("/locations/x", location("f4"))), Then: refused(400, "position|pointer|index")},
		{Name: "add to the list as a whole", When: patchCall(add("/locations", location("f4"))), Then: refused(400, "pointer")},
		{Name: "add of a whole list", When: patchCall(add("/locations", locations("f4"))), Then: refused(400, "pointer")},

		{Name: "the first one removed", When: patchCall(remove("/locations/0")), Then: shows(J{"locations": locations("f2", "f3")})},
		{Name: "the last one removed", When: patchCall(remove("/locations/2")), Then: shows(J{"locations": locations("f1", "f2")})},
		{Name: "- is the last one", When: patchCall(remove("/locations/-")), Then: shows(J{"locations": locations("f1", "f2")})},
		{Name: "0 and 0 are the first two", When: patchCall(remove("/locations/0"), remove("/locations/0")), Then: shows(J{"locations": locations("f3")})},
		{Name: "0 and 1 are the first and the third", When: patchCall(remove("/locations/0"), remove("/locations/1")),
			Then: shows(J{"locations": locations("f2")})},
		{Name: "out of range", When: patchCall(remove("/locations/3")), Then: refused(400, "position")},
		{Name: "index x removed", When: patchCall(remove("/locations/x")), Then: refused(400, "position|pointer|index")},
		{Name: "all of them removed", When: patchCall(remove("/locations")), Then: refused(400, "pointer")},
		{Name: "the only one removed", Given: active(nil), When: patchCall(remove("/locations/0")), Then: refused(403, "last location")},
		{Name: "all removed one by one", When: patchCall(remove("/locations/0"), remove("/locations/0"), remove("/locations/0")),
			Then: refused(403, "last location")},
		{Name: "the only one removed after another was added", Given: active(nil), When: patchCall(located2("f2"), remove("/locations/0")),
			Then: shows(J{"locations": locations("f2")})},
		{Name: "the only one removed before another is added", Given: active(nil), When: patchCall(remove("/locations/0"), located2("f2")),
			Then: refused(403, "last location")},

		{Name: "one of them replaced", When: patchCall(replace("/locations/0", location("f4"))), Then: refused(400, "pointer")},
		{Name: "its metadata addressed", When: patchCall(replace("/locations/0/metadata", J{"a": "b"})), Then: refused(400, "pointer")},
		{Name: "its URL addressed", When: patchCall(replace("/locations/0/url", "x")), Then: refused(400, "pointer")},

		{Name: "the same URL and metadata again", When: located("f1"), Then: refused(400, "already exists")},
		{Name: "the same URL with other metadata", When: patchCall(add("/locations/-", location("f1", J{"zone": "b"}))),
			Then: shows(J{"locations": []J{location("f1"), location("f2"), location("f3"), location("f1", J{"zone": "b"})}})},

		{Name: "10 are the most", Given: active(nil, files(1, 9)...), When: located("f10"), Then: shows(J{"locations": locations(files(1, 10)...)})},
		{Name: "11 are too many", Given: active(nil, files(1, 10)...), When: located("f11"), Then: refused(413, "locations")},
		{Name: "remove, then add at the limit", Given: active(nil, files(1, 10)...), When: patchCall(remove("/locations/0"), located2("f11")),
			Then: shows(J{"locations": locations(files(2, 11)...)})},
		{Name: "add, then remove at the limit", Given: active(nil, files(1, 10)...), When: patchCall(located2("f11"), remove("/locations/0")),
			Then: refused(413, "locations")},
		{Name: "remove nine, add nine, remove one, add one: a full list is exchanged", Given: active(nil, files(1, 10)...),
			When: patchCall(exchange()...), Then: shows(J{"locations": locations(files(11, 20)...)})},
	},
}

// exchange replaces ten locations without ever having none or eleven.
func exchange() (ops []op) {
	for range 9 {
		ops = append(ops, remove("/locations/1"))
	}
	for _, file := range files(11, 19) {
		ops = append(ops, located2(file))
	}
	return append(ops, remove("/locations/0"), located2("f20"))
}

var locationURLCases = Group{
	Name:  "location-urls",
	About: "A new location is checked by asking for its size; its metadata are texts.",
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "a file that is not there", When: located("$mirror/nosuch"), Then: refused(400, "invalid location")},
		{Name: "an empty file", When: located("f0"), Then: refused(400, "invalid location")},
		{Name: "a host that does not exist", When: located("http://nosuch.invalid/f1.raw"), Then: refused(400, "invalid location|malformed")},
		{Name: "a host that the filter blocks", When: located("http://169.254.169.254/latest"), Then: refused(400, "invalid location|malformed")},
		{Name: "a port that the filter blocks", When: located("http://127.0.0.1:1/f1.raw"), Then: refused(400, "invalid location|malformed")},
		{Name: "a file of the server's own", When: located("file:///etc/passwd"), Then: refused(400, "invalid location")},
		{Name: "filesystem:", When: located("filesystem:///etc/passwd"), Then: refused(400, "invalid location")},
		{Name: "swift+config:", When: located("swift+config://ref1/container/object"), Then: refused(400, "invalid location")},
		{Name: "a scheme in capitals", When: located("HTTP://mirror.example/f1.raw"), Then: refused(400, "invalid location")},
		{Name: "a scheme of no store", When: located("rbd://pool/image/snap"), Then: refused(400, "invalid location")},
		{Name: "no scheme", When: patchCall(add("/locations/-", J{"url": "f1", "metadata": J{}})), Then: refused(400, "invalid location|malformed")},
		{Name: "an empty URL", When: patchCall(add("/locations/-", J{"url": "", "metadata": J{}})), Then: refused(400, "")},
		{Name: "256 characters", When: located("$mirror/f1.raw?" + x(256)), Then: refused(400, "too long")},
		{Name: "a query in the URL is kept", When: located("$mirror/f1.raw?a=b&c"),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": []J{location("$mirror/f1.raw?a=b&c")}})},
		{Name: "an emoji in the URL", When: located("$mirror/f1.raw?🐧"), Then: refused(400, "4 byte")},

		{Name: "no metadata", When: patchCall(add("/locations/-", J{"url": "$mirror/f1.raw"})), Then: refused(400, "metadata")},
		{Name: "no URL", When: patchCall(add("/locations/-", J{"metadata": J{}})), Then: refused(400, "url")},
		{Name: "a text instead of an object", When: patchCall(add("/locations/-", "$mirror/f1.raw")), Then: refused(400, "not of type")},
		{Name: "metadata that is no object", When: patchCall(add("/locations/-", J{"url": "$mirror/f1.raw", "metadata": "x"})), Then: refused(400, "not of type")},
		{Name: "a URL that is no text", When: patchCall(add("/locations/-", J{"url": 5, "metadata": J{}})), Then: refused(400, "not of type")},
		{Name: "further members are ignored", When: patchCall(add("/locations/-", J{"url": "$mirror/f1.raw", "metadata": J{}, "status": "deleted", "why": 5})),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f1")})},
		{Name: "but for id, which is searched for", When: patchCall(add("/locations/-", J{"url": "$mirror/f1.raw", "metadata": J{}, "id": 5})),
			Then: refused(404, "no location found")},
		{Name: "id null is ignored too", When: patchCall(add("/locations/-", J{"url": "$mirror/f1.raw", "metadata": J{}, "id": nil})),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": locations("f1")})},

		{Name: "texts as metadata", When: patchCall(add("/locations/-", location("f1", J{"zone": "a", "": "é"}))),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": []J{location("f1", J{"zone": "a", "": "é"})}})},
		{Name: "lists and objects of texts as metadata", When: patchCall(add("/locations/-", location("f1", J{"l": []any{"a"}, "o": J{"k": "v"}}))),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": []J{location("f1", J{"l": []any{"a"}, "o": J{"k": "v"}})}})},
		{Name: "a number in metadata breaks the server", When: patchCall(add("/locations/-", location("f1", J{"n": 5}))), Then: refused(500, "")},
		{Name: "true in metadata breaks the server", When: patchCall(add("/locations/-", location("f1", J{"l": []any{true}}))), Then: refused(500, "")},
		{Name: "null in metadata breaks the server", When: patchCall(add("/locations/-", location("f1", J{"o": J{"n": nil}}))), Then: refused(500, "")},
		{Name: "an emoji in metadata", When: patchCall(add("/locations/-", location("f1", J{"e": "🐧"}))), Then: refused(400, "4 byte")},
		{Name: "the server names the store itself", When: patchCall(add("/locations/-", location("f1", J{"store": "nosuch"}))),
			Then: shows(J{"status": "active", "size": 1 << 10, "stores": "web", "locations": []J{location("f1", J{"store": "web"})}})},
		{Name: "and names it where nothing was said", When: located("f1"),
			Then: shows(J{"status": "active", "size": 1 << 10, "stores": "web", "direct_url": "$mirror/f1.raw",
				"locations": []J{location("f1", J{"store": "web"})}})},

		{Name: "the hash of the data can be given", When: patchCall(add("/locations/-", validated("sha512", strings.Repeat("ab", 64), "")), replace("/name", "other")),
			Then: shows(J{"status": "active", "size": 1 << 10, "name": "other", "os_hash_algo": "sha512", "os_hash_value": strings.Repeat("ab", 64),
				"locations": locations("f1")})},
		{Name: "the checksum too", When: patchCall(add("/locations/-", validated("sha512", strings.Repeat("ab", 64), strings.Repeat("cd", 16)))),
			Then: shows(J{"status": "active", "size": 1 << 10, "os_hash_algo": "sha512", "os_hash_value": strings.Repeat("ab", 64), "checksum": strings.Repeat("cd", 16),
				"locations": locations("f1")})},
		{Name: "a hash by another algorithm than the server's", When: patchCall(add("/locations/-", validated("sha256", strings.Repeat("ab", 32), ""))),
			Then: refused(409, "sha512|os_hash_algo")},
		{Name: "a hash of the wrong length", When: patchCall(add("/locations/-", validated("sha512", "abcd", ""))), Then: refused(409, "os_hash_value|length|size")},
		{Name: "two with the same hash", When: patchCall(add("/locations/-", validated("sha512", strings.Repeat("ab", 64), "")),
			add("/locations/-", validated("sha512", strings.Repeat("ab", 64), "").and(J{"url": "$mirror/f2.raw"}))),
			Then: shows(J{"status": "active", "size": 1 << 10, "os_hash_algo": "sha512", "os_hash_value": strings.Repeat("ab", 64),
				"locations": locations("f1", "f2")})},
		{Name: "a hash for an active image", Given: active(nil, "f2"), When: patchCall(add("/locations/-", validated("sha512", strings.Repeat("ab", 64), ""))),
			Then: refused(409, "")},
	},
}

// validated is a location of f1 with what is known of its data.
func validated(algorithm, hash, checksum string) J {
	data := J{"os_hash_algo": algorithm, "os_hash_value": hash}
	if checksum != "" {
		data["checksum"] = checksum
	}
	return location("f1").and(J{"validation_data": data})
}

var locationListCases = Group{
	Name:  "location-lists",
	About: "The list as a whole is replaced by one with the same URLs; from nothing, by any.",
	Given: active(nil, "f1", "f2", "f3"),
	Cases: []Case{
		{Name: "a list for a queued image makes it active", Given: given(queued(nil)), When: patchCall(replace("/locations", locations("f2", "f1"))),
			Then: shows(J{"status": "active", "size": 2 << 10, "locations": locations("f2", "f1")})},
		{Name: "another order", When: patchCall(replace("/locations", locations("f3", "f1", "f2"))),
			Then: shows(J{"locations": locations("f3", "f1", "f2")})},
		{Name: "other metadata", When: patchCall(replace("/locations", []J{location("f1", J{"zone": "a"}), location("f2"), location("f3")})),
			Then: shows(J{"locations": []J{location("f1", J{"zone": "a"}), location("f2"), location("f3")}})},
		{Name: "metadata taken away", Given: given(queued(nil), patchCall(add("/locations/-", location("f1", J{"zone": "a"})))),
			When: patchCall(replace("/locations", locations("f1"))), Then: shows(J{"locations": locations("f1")})},
		{Name: "metadata of any JSON are stored", When: patchCall(replace("/locations", []J{location("f1", anyMetadata), location("f2"), location("f3")})),
			Then: shows(J{"locations": []J{location("f1", anyMetadata), location("f2"), location("f3")}})},
		{Name: "metadata of any JSON for a queued image break the server", Given: given(queued(nil)),
			When: patchCall(replace("/locations", []J{location("f1", anyMetadata)})), Then: refused(500, "")},
		{Name: "but not in a second list of the same patch", Given: given(queued(nil)),
			When: patchCall(replace("/locations", locations("f1", "f2")), replace("/locations", []J{location("f1", J{"k": "v"}), location("f2", anyMetadata)})),
			Then: shows(J{"status": "active", "size": 1 << 10, "locations": []J{location("f1", J{"k": "v"}), location("f2", anyMetadata)}})},
		{Name: "nor with one URL twice", Given: given(queued(nil)),
			When: patchCall(replace("/locations", []J{location("f2"), location("f1"), location("f1", J{"stand-in": "1"})}),
				replace("/locations", []J{location("f2"), location("f1", J{"n": 1}), location("f1", J{"m": []any{nil}})})),
			Then: shows(J{"status": "active", "size": 2 << 10, "locations": []J{location("f2"), location("f1", J{"n": 1}), location("f1", J{"m": []any{nil}})}})},
		{Name: "the same list", When: patchCall(replace("/locations", locations("f1", "f2", "f3"))), Then: same},
		{Name: "fewer", When: patchCall(replace("/locations", locations("f1", "f2"))), Then: refused(400, "not empty")},
		{Name: "more", When: patchCall(replace("/locations", locations("f1", "f2", "f3", "f4"))), Then: refused(400, "not empty")},
		{Name: "another URL", When: patchCall(replace("/locations", locations("f1", "f2", "f4"))), Then: refused(400, "not empty")},
		{Name: "one twice instead of another", When: patchCall(replace("/locations", locations("f1", "f2", "f2"))), Then: refused(400, "not empty|already")},
		{Name: "none", When: patchCall(replace("/locations", []J{})), Then: refused(403, "empty list")},
		{Name: "none for a queued image", Given: given(queued(nil)), When: patchCall(replace("/locations", []J{})), Then: refused(403, "empty list")},
		{Name: "null", When: patchCall(replace("/locations", nil)), Then: refused(400, "not of type")},
		{Name: "one location instead of a list", When: patchCall(replace("/locations", location("f1"))), Then: refused(400, "not of type")},
		{Name: "twice the same for a queued image", Given: given(queued(nil)), When: patchCall(replace("/locations", locations("f1", "f1"))),
			Then: refused(400, "already exists|duplicate")},
		{Name: "one bad URL among them, for a queued image", Given: given(queued(nil)), When: patchCall(replace("/locations", locations("f1", "f0"))),
			Then: refused(400, "invalid location")},
		{Name: "11 for a queued image", Given: given(queued(nil)), When: patchCall(replace("/locations", locations(files(1, 11)...))),
			Then: refused(413, "locations")},
		{Name: "a location in the file store may be among them, and its data stays", Given: given(uploaded(nil), located("f1")),
			When: patchCall(replace("/locations", []J{location("$file", J{"zone": "a"}), location("f1")})),
			Then: Want{Status: http.StatusOK, Image: J{"locations": []J{location("$file", J{"zone": "a"}), location("f1")}}, Data: someData}},
		{Name: "it may come later in the list", Given: given(uploaded(nil), located("f1")),
			When: patchCall(replace("/locations", []J{location("f1"), location("$file")})),
			Then: shows(J{"locations": []J{location("f1"), location("$file")}})},
	},
}

var anyMetadata = J{"number": 5, "yes": true, "nothing": nil, "list": []any{1, "a", nil}}

var locationOrderCases = Group{
	Name:  "location-order",
	About: "Add, replace the list, remove: the way to any list in one patch.",
	Given: active(nil, "f1", "f2", "f3"),
	Cases: []Case{
		{Name: "a new one in front", When: patchCall(located2("f4"), replace("/locations", locations("f4", "f1", "f2", "f3"))),
			Then: shows(J{"locations": locations("f4", "f1", "f2", "f3")})},
		{Name: "wanted ones in order with the doomed at the end, then these removed from the highest index",
			When: patchCall(located2("f4"), replace("/locations", locations("f4", "f3", "f1", "f2")), remove("/locations/3"), remove("/locations/2")),
			Then: shows(J{"locations": locations("f4", "f3")})},
		{Name: "one moved into another's place, which goes", Given: active(nil, "f1"), When: patchCall(located2("f2"), remove("/locations/0")),
			Then: shows(J{"locations": locations("f2")})},
		{Name: "formats, then location: active in one patch", Given: given(image(nil)),
			When: patchCall(replace("/disk_format", "raw"), replace("/container_format", "bare"), located2("f5")),
			Then: shows(J{"disk_format": "raw", "container_format": "bare", "status": "active", "size": 5 << 10, "locations": locations("f5")})},
		{Name: "location without formats", Given: given(image(nil)), When: located("f5"), Then: refused(400, "disk_format.*container_format|must be set")},
		{Name: "location without one format", Given: given(image(J{"disk_format": "raw"})), When: located("f5"), Then: refused(400, "container_format")},
		{Name: "location, then formats", Given: given(image(nil)),
			When: patchCall(located2("f5"), replace("/disk_format", "raw"), replace("/container_format", "bare")), Then: refused(400, "must be set")},
		{Name: "everything at once", Given: given(queued(J{"os_distro": "debian"})),
			When: patchCall(replace("/disk_format", "iso"), replace("/name", "all"), replace("/tags", []string{"a"}), replace("/min_disk", 3),
				remove("/os_distro"), add("/os_type", "linux"), replace("/locations", []J{location("f2", J{"a": "b"}), location("f1")})),
			Then: shows(J{"disk_format": "iso", "name": "all", "tags": []string{"a"}, "min_disk": 3, "os_distro": absent, "os_type": "linux",
				"status": "active", "size": 2 << 10, "locations": []J{location("f2", J{"a": "b"}), location("f1")}})},
	},
}
