package conformance

import "net/http"

// inBothStores is an image with data in the file store and on the web.
func inBothStores() []Call { return given(uploaded(nil), located("f1", "f2")) }

var weightedCases = Group{
	Name: "weighted-stores",
	About: "Where stores have weights (since 2023.2) every GET shows the locations of the heaviest first. The places in a PATCH " +
		"are those that a GET shows; its own answer is not sorted.",
	On:    Weighted,
	Given: inBothStores(),
	Cases: []Case{
		{Name: "the heaviest first", When: get("/v2/images/$image"),
			Then: answers(http.StatusOK, J{"locations": locations("f1", "f2", "$file"), "direct_url": "$mirror/f1.raw", "stores": "web,web,local"})},
		{Name: "in a list, too", When: list(""), Then: answers(http.StatusOK, J{"images": []J{{"locations": locations("f1", "f2", "$file")}}})},
		{Name: "a new one", When: located("f3"),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("f1", "f2", "$file", "f3")}, Image: J{"locations": locations("f1", "f2", "f3", "$file")}}},
		{Name: "a new one in front", When: patchCall(add("/locations/0", location("f3"))),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("f3", "f1", "f2", "$file")}, Image: J{"locations": locations("f1", "f2", "f3", "$file")}}},
		{Name: "another order within a store", When: patchCall(replace("/locations", locations("f2", "f1", "$file"))),
			Then: shows(J{"locations": locations("f2", "f1", "$file")})},
		{Name: "an order against the weights", When: patchCall(replace("/locations", locations("$file", "f2", "f1"))),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("$file", "f2", "f1")}, Image: J{"locations": locations("f2", "f1", "$file")}}},
		{Name: "metadata", When: patchCall(replace("/locations", []J{location("f1", J{"a": "b"}), location("f2"), location("$file")})),
			Then: shows(J{"locations": []J{location("f1", J{"a": "b"}), location("f2"), location("$file")}})},
		{Name: "the first one removed", When: patchCall(remove("/locations/0")), Then: Want{Status: http.StatusOK, Image: J{"locations": locations("f2", "$file")}}},
		{Name: "the second one removed", When: patchCall(remove("/locations/1")), Then: shows(J{"locations": locations("f1", "$file")})},
		{Name: "the last one removed is the lightest, uploaded first", When: patchCall(remove("/locations/2")), Then: shows(J{"locations": locations("f1", "f2")})},
		{Name: "- is the last one shown", When: patchCall(remove("/locations/-")), Then: shows(J{"locations": locations("f1", "f2")})},
		{Name: "- is the new one in the same patch", When: patchCall(located2("f3"), remove("/locations/-")), Then: shows(J{"locations": locations("f1", "f2", "$file")})},
		{Name: "a new one, the list in order, one removed", When: patchCall(located2("f3"), replace("/locations", locations("f3", "$file", "f2", "f1")), remove("/locations/3")),
			Then: Want{Status: http.StatusOK, Answer: J{"locations": locations("f3", "$file", "f2")}, Image: J{"locations": locations("f3", "f2", "$file")}}},
		{Name: "an administrator is told the weights", When: get("/v2/info/stores/detail"),
			Then: answers(http.StatusOK, J{"stores": holding(J{"id": "local", "type": "file", "weight": 0}, J{"id": "web", "type": "http", "weight": 100})})},
		{Name: "others are not", As: Demo, Given: []Call{}, When: get("/v2/info/stores"), Then: answers(http.StatusOK, J{"stores": holding(J{"id": "web", "weight": absent})})},
	},
}
