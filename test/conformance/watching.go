package conformance

// changed are an image, another one made a second or two later, and a hidden
// one.
var changed = given(queued(J{"name": "a"}), next, next, queued(J{"name": "b"}), queued(J{"name": "c", "os_hidden": true}))

// byTime asks for changes as a client does that watches.
const byTime = "sort_key=updated_at&sort_dir=asc&limit=100&"

var watchingCases = Group{
	Name:  "watching",
	About: "What a client can ask that keeps a list fresh: what changed since a second, and which of some images are still there.",
	Given: changed,
	Cases: []Case{
		{Name: "changes since a second, with those of that second", When: list(byTime + "updated_at=gte:$updated"), Then: names("a", "b")},
		{Name: "changes since the next second", When: list(byTime + "updated_at=gte:$after"), Then: names("b")},
		{Name: "changes since the beginning of time", When: list(byTime + "updated_at=gte:0001-01-01T00:00:00Z"), Then: names("a", "b")},
		{Name: "the earliest change comes first", Given: given(changed, next, next, patchCall(replace("/name", "a later"))),
			When: list(byTime + "updated_at=gte:2020-01-01T00:00:00Z"), Then: names("b", "a later")},
		{Name: "the latest change alone", Given: given(changed, next, next, patchCall(replace("/name", "a later"))),
			When: list("sort_key=updated_at&sort_dir=desc&limit=1"), Then: names("a later")},
		{Name: "after a later change an image is not among those before it", Given: given(changed, next, next, patchCall(replace("/name", "a later"))),
			When: list(byTime + "updated_at=gte:$updated"), Then: names("a later")},
		{Name: "a tag by a call of its own is a change", Given: given(changed, next, next, put("/v2/images/$image/tags/x")),
			When: list(byTime + "updated_at=gte:$updated"), Then: names("a")},
		{Name: "an image that becomes hidden is in the other list alone", Given: given(changed, next, next, patchCall(replace("/os_hidden", true))),
			When: list(byTime + "updated_at=gte:$updated"), Then: names()},
		{Name: "changes of hidden images", Given: given(changed, next, next, patchCall(replace("/os_hidden", true))),
			When: list(byTime + "updated_at=gte:$updated&os_hidden=true"), Then: names("a")},
		{Name: "a deletion is told by nothing", Given: given(changed, next, next, erase("/v2/images/$image2")),
			When: list(byTime + "updated_at=gte:$updated"), Then: names("a")},
		{Name: "nor by asking for what is deleted", Given: given(changed, erase("/v2/images/$image2")),
			When: list("deleted=true"), Then: names("a")},
		{Name: "several ids, one of them hidden", When: list("sort=name:asc&id=in:$image,$image2,$image3"), Then: names("a", "b")},
		{Name: "several ids, among hidden ones", When: list("sort=name:asc&os_hidden=true&id=in:$image,$image2,$image3"), Then: names("c")},
		{Name: "several ids, one of them deleted", Given: given(changed, erase("/v2/images/$image2")),
			When: list("sort=name:asc&id=in:$image,$image2"), Then: names("a")},
		{Name: "several ids, one that never was", When: list("sort=name:asc&id=in:$uuid,$image"), Then: names("a")},
		{Name: "several ids, escaped as a form does", When: list("sort=name%3Aasc&id=in%3A$image%2C$image2&limit=2"), Then: names("a", "b")},
		{Name: "ids, of an image that waits to be accepted", As: Demo, Given: by(Admin, queued(J{"name": "theirs"}), share("$demo")),
			When: list("visibility=all&id=in:$image,$uuid"), Then: names()},
		{Name: "ids, of one that waits, with all of them wanted", As: Demo, Given: by(Admin, queued(J{"name": "theirs"}), share("$demo")),
			When: list("visibility=all&member_status=all&id=in:$image,$uuid"), Then: names("theirs")},
		{Name: "ids, of a community image of others", As: Demo, Given: by(Admin, queued(J{"name": "theirs", "visibility": "community"})),
			When: list("visibility=all&id=in:$image,$uuid"), Then: names("theirs")},
		{Name: "ids, of a private image of others", As: Demo, Given: by(Admin, queued(J{"name": "theirs", "visibility": "private"})),
			When: list("visibility=all&member_status=all&id=in:$image,$uuid"), Then: names()},
	},
}
