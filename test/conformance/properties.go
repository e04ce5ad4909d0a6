package conformance

import "fmt"

var propertyCases = Group{
	Name:  "properties",
	About: "Custom properties are texts, each an attribute of its own.",
	Given: given(queued(J{"os_distro": "debian"})),
	Cases: []Case{
		{Name: "add a new one", When: patchCall(add("/os_version", "13")), Then: shows(J{"os_version": "13"})},
		{Name: "add overwrites", When: patchCall(add("/os_distro", "fedora")), Then: shows(J{"os_distro": "fedora"})},
		{Name: "replace", When: patchCall(replace("/os_distro", "fedora")), Then: shows(J{"os_distro": "fedora"})},
		{Name: "replace one that is not there", When: patchCall(replace("/nosuch", "x")), Then: refused(409, "does not exist")},
		{Name: "remove", When: patchCall(remove("/os_distro")), Then: shows(J{"os_distro": absent})},
		{Name: "remove one that is not there", When: patchCall(remove("/nosuch")), Then: refused(409, "does not exist")},
		{Name: "rename is remove and add", When: patchCall(remove("/os_distro"), add("/distro", "debian")),
			Then: shows(J{"os_distro": absent, "distro": "debian"})},
		{Name: "add, then remove, in one patch", When: patchCall(add("/p", "x"), remove("/p")), Then: same},
		{Name: "twice on one path: the last wins", When: patchCall(add("/p", "1"), replace("/p", "2")), Then: shows(J{"p": "2"})},

		// Values.
		{Name: "an empty value is kept", When: patchCall(add("/p", "")), Then: shows(J{"p": ""})},
		{Name: "a value of 70 kB", When: patchCall(add("/p", x(70_000))), Then: shows(J{"p": x(70_000)})},
		{Name: "newlines, tabs and markup in a value", When: patchCall(add("/p", "a\n\t<b>&amp;\u2028")), Then: shows(J{"p": "a\n\t<b>&amp;\u2028"})},
		{Name: "a number", When: patchCall(add("/p", 5)), Then: refused(400, "not of type")},
		{Name: "true", When: patchCall(add("/p", true)), Then: refused(400, "not of type")},
		{Name: "null", When: patchCall(add("/p", nil)), Then: refused(400, "not of type")},
		{Name: "a list", When: patchCall(add("/p", []string{"a"})), Then: refused(400, "not of type")},
		{Name: "an object", When: patchCall(add("/p", J{"a": "b"})), Then: refused(400, "not of type")},
		{Name: "an emoji", When: patchCall(add("/p", "🐧")), Then: refused(400, "4 byte")},

		// The schema's own.
		{Name: "kernel_id takes a UUID", When: patchCall(add("/kernel_id", someUUID)), Then: shows(J{"kernel_id": someUUID})},
		{Name: "kernel_id takes null, and shows it", When: patchCall(add("/kernel_id", nil)), Then: shows(J{"kernel_id": nil})},
		{Name: "kernel_id takes no other text", When: patchCall(add("/kernel_id", "vmlinuz")), Then: refused(400, "does not match")},
		{Name: "kernel_id is not empty", When: patchCall(add("/kernel_id", "")), Then: refused(400, "does not match")},
		{Name: "ramdisk_id takes null", When: patchCall(add("/ramdisk_id", nil)), Then: shows(J{"ramdisk_id": nil})},
		{Name: "a null one can be removed", Given: given(queued(nil), patchCall(add("/kernel_id", nil))),
			When: patchCall(remove("/kernel_id")), Then: shows(J{"kernel_id": absent})},

		// Quota: 128, and the images of these cases have one of their own.
		{Name: "128 are the most", Given: given(queued(properties(126))), When: patchCall(add("/last", "x")), Then: shows(J{"last": "x"})},
		{Name: "129 are too many", Given: given(queued(properties(127))), When: patchCall(add("/more", "x")), Then: refused(413, "properties")},
		{Name: "remove and add at the limit", Given: given(queued(properties(127))), When: patchCall(remove("/p0"), add("/more", "x")),
			Then: shows(J{"p0": absent, "more": "x"})},
		{Name: "add and remove at the limit: counted at the end", Given: given(queued(properties(127))),
			When: patchCall(add("/more", "x"), remove("/p0")), Then: shows(J{"p0": absent, "more": "x"})},
		{Name: "replace at the limit", Given: given(queued(properties(127))), When: patchCall(replace("/p0", "y")), Then: shows(J{"p0": "y"})},
	},
}

const someUUID = "5f1c0b7d-4f0e-4d5a-9d3c-e1a0c2b7a911"

var propertyNameCases = Group{
	Name:  "property-names",
	About: "A name is a JSON pointer of one token, as Glance reads it.",
	Given: given(queued(nil)),
	Cases: append(namesThatWork,
		Case{Name: "a slash that is not escaped", When: patchCall(add("/a/b", "x")), Then: refused(400, "pointer")},
		Case{Name: "a lone tilde", When: patchCall(add("/a~b", "x")), Then: refused(400, "pointer")},
		Case{Name: "a tilde at the end", When: patchCall(add("/a~", "x")), Then: refused(400, "pointer")},
		Case{Name: "a slash at the end", When: patchCall(add("/p/", "x")), Then: refused(400, "pointer")},
		Case{Name: "no slash at the beginning", When: patchCall(add("p", "x")), Then: refused(400, "pointer")},
		Case{Name: "an empty path", When: patchCall(add("", "x")), Then: refused(400, "pointer")},
		Case{Name: "two slashes at the beginning are one", When: patchCall(add("//p", "x")), Then: shows(J{"p": "x"})},
		Case{Name: "the path / makes an empty name", When: patchCall(add("/", "x")), Then: shows(J{"": "x"})},
		Case{Name: "outer spaces are stripped", When: patchCall(add("/ sp ", "x")), Then: shows(J{"sp": "x"})},
		Case{Name: "more than 255 characters", When: patchCall(add("/"+x(256), "x")), Then: shows(J{x(256): "x"})},
		Case{Name: "an emoji", When: patchCall(add("/🐧", "x")), Then: refused(400, "4 byte")},
		Case{Name: "context is taken and not stored", When: patchCall(add("/context", "x")), Then: same},
		Case{Name: "member is taken and not stored", When: patchCall(add("/member", "x")), Then: same},
		Case{Name: "delete is taken and not stored", When: patchCall(add("/delete", "x")), Then: same},
		Case{Name: "get_data is taken and not stored", When: patchCall(replace("/get_data", "x")), Then: same},
		Case{Name: "context cannot be removed", When: patchCall(remove("/context")), Then: refused(403, "may not be removed")},
		Case{Name: "base breaks the server", When: patchCall(add("/base", "x")), Then: refused(500, "")},
		Case{Name: "extra_properties breaks the server", When: patchCall(add("/extra_properties", "x")), Then: refused(500, "")},
		Case{Name: "image_id is an image that is not there", When: patchCall(add("/image_id", "x")), Then: refused(404, "")},
	),
}

// namesThatWork are awkward but fine: each is added, replaced and removed.
var namesThatWork = func() (cases []Case) {
	for _, n := range []struct{ what, path, name string }{
		{"a slash, escaped", "/a~1b", "a/b"},
		{"a tilde, escaped", "/a~0b", "a~b"},
		{"tilde and one, escaped", "/a~01", "a~1"},
		{"an inner space", "/a b", "a b"},
		{"dots and colons", "/hw:mem.page_size", "hw:mem.page_size"},
		{"per cent", "/a%2Fb", "a%2Fb"},
		{"quotes and backslash", `/"a'\`, `"a'\`},
		{"digits only", "/0", "0"},
		{"a dash only", "/-", "-"},
		{"capitals", "/OS_Distro", "OS_Distro"},
		{"other letters", "/ключ-鍵", "ключ-鍵"},
		{"a name of a method in Python that Glance has not", "/items", "items"},
	} {
		cases = append(cases,
			Case{Name: n.what + ": added", When: patchCall(add(n.path, "x")), Then: shows(J{n.name: "x"})},
			Case{Name: n.what + ": replaced and removed", Given: given(queued(J{n.name: "x", "other": "y"})),
				When: patchCall(replace(n.path, "y"), remove(n.path), add("/other", fmt.Sprint(n.name))),
				Then: shows(J{n.name: absent, "other": n.name})})
	}
	return cases
}()
