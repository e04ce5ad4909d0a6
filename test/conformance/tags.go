package conformance

import (
	"fmt"
	"net/http"
)

var tagCases = Group{
	Name:  "tags",
	About: "Tags are a set that is sent whole.",
	Given: given(queued(J{"tags": []string{"lts", "web"}})),
	Cases: []Case{
		{Name: "replaced by another list", When: patchCall(replace("/tags", []string{"b", "a"})), Then: shows(J{"tags": []string{"a", "b"}})},
		{Name: "add does the same as replace", When: patchCall(add("/tags", []string{"b", "a"})), Then: shows(J{"tags": []string{"a", "b"}})},
		{Name: "duplicates are dropped", When: patchCall(replace("/tags", []string{"a", "b", "a"})), Then: shows(J{"tags": []string{"a", "b"}})},
		{Name: "the empty list clears them", When: patchCall(replace("/tags", []string{})), Then: shows(J{"tags": []string{}})},
		{Name: "the empty text is a tag", When: patchCall(replace("/tags", []string{""})), Then: shows(J{"tags": []string{""}})},
		{Name: "case counts", When: patchCall(replace("/tags", []string{"a", "A"})), Then: shows(J{"tags": []string{"A", "a"}})},
		{Name: "a space at the end counts", When: patchCall(replace("/tags", []string{"s", "s "})), Then: shows(J{"tags": []string{"s", "s "}})},
		{Name: "commas, slashes and quotes are fine", When: patchCall(replace("/tags", []string{"a,b", "a/b", `"q"`})),
			Then: shows(J{"tags": []string{"a,b", "a/b", `"q"`}})},
		{Name: "letters of three bytes are fine", When: patchCall(replace("/tags", []string{"дом", "水"})), Then: shows(J{"tags": []string{"дом", "水"}})},
		{Name: "255 characters", When: patchCall(replace("/tags", []string{x(255)})), Then: shows(J{"tags": []string{x(255)}})},
		{Name: "256 characters", When: patchCall(replace("/tags", []string{x(256)})), Then: refused(400, "too long")},
		{Name: "an emoji is refused, yet all else in the patch is stored",
			When: patchCall(replace("/name", "other"), replace("/tags", []string{"🐧"}), add("/p", "x")),
			Then: Want{Status: http.StatusBadRequest, Says: "4 byte", Image: J{"name": "other", "p": "x", "updated_at": something}}},
		{Name: "a number among them", When: patchCall(replace("/tags", []any{"a", 5})), Then: refused(400, "not of type")},
		{Name: "null", When: patchCall(replace("/tags", nil)), Then: refused(400, "not of type|null")},
		{Name: "a text instead of a list", When: patchCall(replace("/tags", "lts")), Then: refused(400, "not of type")},
		{Name: "one tag cannot be added", When: patchCall(add("/tags/-", "x")), Then: refused(400, "pointer")},
		{Name: "one tag cannot be replaced", When: patchCall(replace("/tags/0", "x")), Then: refused(400, "pointer")},
		{Name: "one tag cannot be removed", When: patchCall(remove("/tags/0")), Then: refused(400, "pointer")},
		{Name: "they cannot be removed", When: patchCall(remove("/tags")), Then: refused(403, "may not be removed")},
		{Name: "128 are the most", When: patchCall(replace("/tags", manyTags(128))), Then: shows(J{"tags": manyTags(128)})},
		{Name: "129 are too many", When: patchCall(replace("/tags", manyTags(129))), Then: refused(413, "tags")},
	},
}

func manyTags(count int) []string {
	return many(count, func(n int) string { return fmt.Sprintf("tag%03d", n) })
}

var tagCallCases = Group{
	Name:  "tag-calls",
	About: "A single tag has calls of its own.",
	Given: given(queued(J{"tags": []string{"lts"}})),
	Cases: []Case{
		{Name: "PUT adds one", When: put("/v2/images/$image/tags/web"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"lts", "web"}}}},
		{Name: "PUT of one that is there", When: put("/v2/images/$image/tags/lts"), Then: Want{Status: http.StatusNoContent}},
		{Name: "PUT moves updated_at", When: put("/v2/images/$image/tags/web"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"lts", "web"}, "updated_at": later}}},
		{Name: "PUT of an escaped one", When: put("/v2/images/$image/tags/long%20term%2C%3F"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"lts", "long term,?"}}}},
		{Name: "PUT of other letters stores their bytes as letters", When: put("/v2/images/$image/tags/%C3%A9"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"lts", "Ã©"}}}},
		{Name: "a slash cannot be in one", When: put("/v2/images/$image/tags/a%2Fb"), Then: refused(404, "")},
		{Name: "256 characters", When: put("/v2/images/$image/tags/" + x(256)), Then: refused(400, "long|length|exceed")},
		{Name: "DELETE removes one", When: erase("/v2/images/$image/tags/lts"),
			Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{}}}},
		{Name: "DELETE of one that is not there", When: erase("/v2/images/$image/tags/nosuch"), Then: refused(404, "")},
		{Name: "not on an image of someone else", As: Demo, Given: by(Admin, queued(J{"visibility": "public", "tags": []string{"lts"}})),
			When: put("/v2/images/$image/tags/web"), Then: refused(403, "own|authorized|not allowed")},
	},
}
