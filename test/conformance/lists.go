package conformance

import (
	"net/http"
	"strings"
)

var readingCases = Group{
	Name:  "reading",
	About: "One image, as GET shows it.",
	Given: active(J{"tags": []string{"b", "a"}, "p": "x", "kernel_id": nil}),
	Cases: []Case{
		{Name: "all attributes, nulls too", When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{
			"id": "$image", "name": "conformance", "status": "active", "visibility": "shared", "owner": "$admin",
			"protected": false, "os_hidden": false, "min_disk": 0, "min_ram": 0, "size": 17 << 10, "virtual_size": nil, "checksum": nil,
			"os_hash_algo": nil, "os_hash_value": nil, "disk_format": "raw", "container_format": "bare", "kernel_id": nil,
			"tags": []string{"a", "b"}, "p": "x", "locations": locations("f17"), "direct_url": "$mirror/f17.raw", "stores": "web",
			"created_at": like(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`), "updated_at": like(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
			"self": "/v2/images/$image", "file": "/v2/images/$image/file", "schema": "/v2/schemas/image"})},
		{Name: "a queued image has empty locations and no direct_url", Given: given(queued(nil)), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"status": "queued", "size": nil, "locations": []J{}, "direct_url": absent})},
		{Name: "of an upload", Given: uploaded(nil), When: get("/v2/images/$image"), Then: answers(http.StatusOK, J{
			"size": len(someData), "checksum": like("^[0-9a-f]{32}$"), "os_hash_algo": "sha512", "os_hash_value": like("^[0-9a-f]{128}$"),
			"stores": "local", "direct_url": like("^file://"), "locations": []J{{"url": like("^file://"), "metadata": J{"store": "local"}}}})},
		{Name: "one that is not there", When: get("/v2/images/" + someUUID), Then: refused(404, "")},
		{Name: "one that may not be seen", As: Demo, Given: by(Admin, queued(J{"visibility": "private"})), When: get("/v2/images/$image"), Then: refused(404, "")},
		{Name: "one of the community may be seen", As: Demo, Given: by(Admin, queued(J{"visibility": "community"})), When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"id": "$image", "owner": "$admin"})},
		{Name: "by version 2.0 as well", When: get("/v2.0/images/$image"), Then: answers(http.StatusOK, J{"id": "$image"})},
		{Name: "HEAD", When: Call{Method: http.MethodHead, Path: "/v2/images/$image"}, Then: Want{Status: http.StatusMethodNotAllowed}},
		{Name: "errors are HTML unless JSON is asked for", When: get("/v2/images/"+someUUID).with("Accept", "*/*"),
			Then: Want{Status: http.StatusNotFound, Header: map[string]string{"Content-Type": "^text/html"}}},
		{Name: "errors are JSON when asked for", When: get("/v2/images/" + someUUID),
			Then: Want{Status: http.StatusNotFound, Header: map[string]string{"Content-Type": "^application/json"},
				Answer: J{"code": "404 Not Found", "title": "Not Found", "message": something}}},
		{Name: "no token", As: Anonymous, Given: by(Admin, queued(nil)), When: get("/v2/images/$image"), Then: refused(401, "")},
	},
}

// four images that differ in what lists ask for.
var four = given(
	queued(J{"name": "a", "tags": []string{"lts", "web"}, "os_distro": "debian", "min_disk": 5}),
	queued(J{"name": "b,c", "tags": []string{"lts"}, "os_distro": "fedora", "protected": true}),
	queued(J{"name": "c", "visibility": "private", "disk_format": "iso", "os_distro": "debian"}),
	queued(J{"name": "d", "os_hidden": true}),
)

var listCases = Group{
	Name:  "lists",
	About: "The list comes in pages, each with a link to the next.",
	Given: four,
	Cases: []Case{
		{Name: "elements are as a GET of one", When: list("sort=name:asc&limit=1"), Then: answers(http.StatusOK, J{
			"images": []J{{"id": "$image", "name": "a", "os_distro": "debian", "tags": []string{"lts", "web"}, "locations": []J{}, "size": nil}},
			"schema": "/v2/schemas/images", "first": like("^/v2/images\\?")})},
		{Name: "next, when the page is full", When: list("sort=name:asc&limit=2"), Then: answers(http.StatusOK, J{
			"images": []J{{"name": "a"}, {"name": "b,c"}}, "next": like("^/v2/images\\?.*marker=")})},
		{Name: "next also when nothing follows", When: list("sort=name:asc&limit=3"), Then: answers(http.StatusOK, J{
			"images": []J{{"name": "a"}, {"name": "b,c"}, {"name": "c"}}, "next": something})},
		{Name: "no next, when the page is not full", When: list("sort=name:asc&limit=4"), Then: answers(http.StatusOK, J{
			"images": []J{{"name": "a"}, {"name": "b,c"}, {"name": "c"}}, "next": absent})},
		{Name: "from a marker", When: list("sort=name:asc&marker=$image2"), Then: names("c")},
		{Name: "from the last one", When: list("sort=name:asc&marker=$image3"), Then: answers(http.StatusOK, J{"images": []J{}, "next": absent})},
		{Name: "from a marker that never was", When: list("marker=" + someUUID), Then: refused(400, "marker|no image found")},
		{Name: "from one that was deleted", Given: given(four, erase("/v2/images/$image")), When: list("sort=name:asc&marker=$image"), Then: names("b,c", "c")},
		{Name: "limit 0", When: list("limit=0"), Then: answers(http.StatusOK, J{"images": []J{}})},
		{Name: "limit beyond the most", When: list("sort=name:asc&limit=100000"), Then: names("a", "b,c", "c")},
		{Name: "a negative limit", When: list("limit=-1"), Then: refused(400, "limit")},
		{Name: "a limit in words", When: list("limit=ten"), Then: refused(400, "limit")},
		{Name: "next keeps only the last of a repeated parameter", When: list("tag=lts&tag=web&limit=1"), Then: answers(http.StatusOK, J{
			"images": []J{{"name": "a"}}, "next": without("tag=lts")})},
		{Name: "no token", As: Anonymous, Given: by(Admin, queued(nil)), When: get("/v2/images"), Then: refused(401, "")},
		{Name: "with a body", When: Call{Method: http.MethodGet, Path: "/v2/images?conformance=$run&sort=name:asc", Body: "{}"}, Then: names("a", "b,c", "c")},
	},
}

var listFilterCases = Group{
	Name:  "list-filters",
	About: "A filter is exact; what is no parameter is the name of a property.",
	Given: four,
	Cases: []Case{
		{Name: "name", When: list("name=c"), Then: names("c")},
		{Name: "name is no part of a name", When: list("name=b"), Then: names()},
		{Name: "name in a list", When: list("sort=name:asc&name=in:a,c"), Then: names("a", "c")},
		{Name: "name in a list, quoted", When: list("sort=name:asc&name=" + escaped(`in:"b,c",a`)), Then: names("a", "b,c")},
		{Name: "name of other letters", Given: given(queued(J{"name": "дом é"})), When: list("name=" + escaped("дом é")), Then: names("дом é")},
		{Name: "a tag of other letters", Given: given(queued(J{"name": "a", "tags": []string{"é"}})), When: list("tag=%C3%A9"), Then: names("a")},
		{Name: "a property of other letters", Given: given(queued(J{"name": "a", "ключ": "é"})), When: list(escaped("ключ") + "=%C3%A9"), Then: names("a")},
		{Name: "name like", When: list("name=like:a"), Then: refused(400, "operator|filter")},
		{Name: "id in a list", When: list("sort=name:asc&id=in:$image,$image3"), Then: names("a", "c")},
		{Name: "status", When: list("status=active"), Then: names()},
		{Name: "status in a list", When: list("sort=name:asc&status=in:active,queued"), Then: names("a", "b,c", "c")},
		{Name: "an unknown status", When: list("status=nosuch"), Then: names()},
		{Name: "disk_format", When: list("disk_format=iso"), Then: names("c")},
		{Name: "container_format in a list", When: list("sort=name:asc&container_format=in:bare,ovf"), Then: names("a", "b,c", "c")},
		{Name: "a property", When: list("sort=name:asc&os_distro=debian"), Then: names("a", "c")},
		{Name: "a property in a list is taken for a value", When: list("os_distro=in:debian,fedora"), Then: names()},
		{Name: "a parameter that no one knows is a property", When: list("page=2"), Then: names()},
		{Name: "a tag", When: list("sort=name:asc&tag=lts"), Then: names("a", "b,c")},
		{Name: "two tags are both", When: list("tag=lts&tag=web"), Then: names("a")},
		{Name: "visibility", When: list("visibility=private"), Then: names("c")},
		{Name: "visibility all", When: list("sort=name:asc&visibility=all"), Then: names("a", "b,c", "c")},
		{Name: "an unknown visibility", When: list("visibility=secret"), Then: refused(400, "visibility")},
		{Name: "protected", When: list("protected=true"), Then: names("b,c")},
		{Name: "protected in other words", When: list("protected=yes"), Then: refused(400, "protected|true|boolean")},
		{Name: "hidden images appear only when asked for", When: list("os_hidden=true"), Then: names("d")},
		{Name: "hidden in other words", When: list("os_hidden=1"), Then: refused(400, "os_hidden|true|boolean")},
		{Name: "owner", When: list("sort=name:asc&owner=$admin"), Then: names("a", "b,c", "c")},
		{Name: "min_disk", When: list("min_disk=5"), Then: names("a")},
		{Name: "min_disk in words is no disk at all", When: list("min_disk=five"), Then: names()},
		{Name: "size_min, where sizes are null", When: list("size_min=0"), Then: names()},
		{Name: "size_min and size_max", Given: given(sized...), When: list("sort=name:asc&size_min=2048&size_max=3072"), Then: names("k2", "k3")},
		{Name: "size_max in words", When: list("size_max=big"), Then: refused(400, "numeric|integer|number")},
		{Name: "size", Given: given(sized...), When: list("size=2048"), Then: names("k2")},
		{Name: "created_at from a time on", When: list("sort=name:asc&created_at=gte:2020-01-01T00:00:00Z"), Then: names("a", "b,c", "c")},
		{Name: "created_at before a time", When: list("created_at=lt:2020-01-01T00:00:00Z"), Then: names()},
		{Name: "updated_at with a bad date", When: list("updated_at=gt:yesterday"), Then: refused(400, "date|format")},
		{Name: "updated_at with a bad operator", When: list("updated_at=near:2020-01-01T00:00:00Z"), Then: refused(400, "operator|filter")},
		{Name: "updated_at twice: the last counts", When: list("sort=name:asc&updated_at=lt:2020-01-01T00:00:00Z&updated_at=gt:2020-01-01T00:00:00Z"),
			Then: names("a", "b,c", "c")},
		{Name: "name twice: the last counts", When: list("name=a&name=c"), Then: names("c")},
		{Name: "images of the community do not appear by themselves", As: Demo,
			Given: by(Admin, queued(J{"name": "mine", "visibility": "community"})), When: list(""), Then: names()},
		{Name: "images of the community appear when asked for", As: Demo,
			Given: by(Admin, queued(J{"name": "mine", "visibility": "community"})), When: list("visibility=community"), Then: names("mine")},
		{Name: "public images appear", As: Demo, Given: by(Admin, queued(J{"name": "mine", "visibility": "public"})), When: list(""), Then: names("mine")},
		{Name: "private images of others do not", As: Demo, Given: by(Admin, queued(J{"name": "mine", "visibility": "private"})), When: list("visibility=all"), Then: names()},
		{Name: "an administrator sees the private images of others", Given: by(Demo, queued(J{"name": "theirs", "visibility": "private"})), When: list(""), Then: names("theirs")},
		{Name: "shared images appear once accepted", As: Demo, Given: by(Admin, queued(J{"name": "mine"}), share("$demo")), When: list(""), Then: names()},
		{Name: "shared images that wait", As: Demo, Given: by(Admin, queued(J{"name": "mine"}), share("$demo")), When: list("member_status=pending"), Then: names("mine")},
		{Name: "shared images, accepted", As: Demo, Given: given(by(Admin, queued(J{"name": "mine"}), share("$demo")), accept("accepted")), When: list(""), Then: names("mine")},
		{Name: "an unknown member_status", As: Demo, Given: by(Admin, queued(nil)), When: list("member_status=nosuch"), Then: refused(400, "status")},
	},
}

// sized are images of 1, 2, 3 KiB, named k1, k2, k3.
var sized = func() (calls []any) {
	for n, id := range []string{"$image", "$image2", "$image3"} {
		names := []string{"k1", "k2", "k3"}
		activate := patchOf(id, located2(strings.Replace(names[n], "k", "f", 1)))
		calls = append(calls, queued(J{"name": names[n]}), activate)
	}
	return calls
}()

// oneSized are four images in the order of their names' digits, of which one has
// a size.
var oneSized = given(
	queued(J{"name": "n1"}), next, queued(J{"name": "k2"}), patchOf("$image2", located2("f2")), next,
	queued(J{"name": "n3"}), next, queued(J{"name": "n4"}),
)

// next waits for another second: times of creation are whole ones.
var next = Call{}

var listSortCases = Group{
	Name:  "list-sort",
	About: "The server sorts by a few keys.",
	Given: four,
	Cases: []Case{
		{Name: "name, ascending", When: list("sort=name:asc"), Then: names("a", "b,c", "c")},
		{Name: "name, descending", When: list("sort=name:desc"), Then: names("c", "b,c", "a")},
		{Name: "descending where nothing is said", When: list("sort=name"), Then: names("c", "b,c", "a")},
		{Name: "two keys", When: list("sort=disk_format:asc,name:desc"), Then: names("c", "b,c", "a")},
		{Name: "the older parameters", When: list("sort_key=name&sort_dir=asc"), Then: names("a", "b,c", "c")},
		{Name: "both ways at once", When: list("sort=name&sort_key=name"), Then: refused(400, "sort")},
		{Name: "another key: owner", When: list("sort=owner:asc"), Then: refused(400, "sort")},
		{Name: "another key: a property", When: list("sort=os_distro:asc"), Then: refused(400, "sort")},
		{Name: "another direction", When: list("sort=name:up"), Then: refused(400, "sort")},
		{Name: "size", Given: given(sized...), When: list("sort=size:desc"), Then: names("k3", "k2", "k1")},
		{Name: "size, where some are null: these come first", Given: oneSized, When: list("sort=size:asc"), Then: names("n1", "n3", "n4", "k2")},
		{Name: "size, where some are null, descending", Given: oneSized, When: list("sort=size:desc"), Then: names("k2", "n4", "n3", "n1")},
		{Name: "size, from a marker without one: the list ends", Given: oneSized, When: list("sort=size:asc&marker=$image"), Then: names()},
		{Name: "size, from a marker without one, descending: the list begins again", Given: oneSized, When: list("sort=size:desc&marker=$image4"),
			Then: names("k2", "n4", "n3", "n1")},
		{Name: "size, from a marker with one, descending", Given: oneSized, When: list("sort=size:desc&marker=$image2"), Then: names("n4", "n3", "n1")},
		{Name: "time of creation, the newest first, where nothing is said", Given: oneSized, When: list(""), Then: names("n4", "n3", "k2", "n1")},
		{Name: "time of creation, ascending", Given: oneSized, When: list("sort=created_at:asc"), Then: names("n1", "k2", "n3", "n4")},
		{Name: "status, then name", Given: oneSized, When: list("sort=status:asc,name:desc"), Then: names("k2", "n4", "n3", "n1")},
		{Name: "more directions than keys", When: list("sort_key=name&sort_dir=asc&sort_dir=desc"), Then: refused(400, "sort")},
	},
}
