package conformance

import (
	"net/http"
	"slices"
	"strings"
)

var attributeCases = Group{
	Name:  "attributes",
	About: "Base attributes take replace and add alike, check their values and cannot be removed.",
	Given: given(queued(J{"min_disk": 5, "min_ram": 512})),
	Cases: []Case{
		// Name.
		{Name: "name is replaced", When: patchCall(replace("/name", "other")), Then: shows(J{"name": "other"})},
		{Name: "name is replaced by add too", When: patchCall(add("/name", "other")), Then: shows(J{"name": "other"})},
		{Name: "name may be of 255 characters", When: patchCall(replace("/name", x(255))), Then: shows(J{"name": x(255)})},
		{Name: "name may be empty", When: patchCall(replace("/name", "")), Then: shows(J{"name": ""})},
		{Name: "name may be null", When: patchCall(replace("/name", nil)), Then: shows(J{"name": nil})},
		{Name: "name keeps outer spaces and newlines", When: patchCall(replace("/name", " a\nb\t ")), Then: shows(J{"name": " a\nb\t "})},
		{Name: "name keeps NUL", When: patchCall(replace("/name", "a\x00b")), Then: shows(J{"name": "a\x00b"})},
		{Name: "name takes letters of three bytes", When: patchCall(replace("/name", "дом 水 é")), Then: shows(J{"name": "дом 水 é"})},
		{Name: "name takes no emoji", When: patchCall(replace("/name", "🐧")), Then: refused(400, "4 byte")},
		{Name: "name takes no 256 characters", When: patchCall(replace("/name", x(256))), Then: refused(400, "too long")},
		{Name: "name takes no number", When: patchCall(replace("/name", 5)), Then: refused(400, "not of type|not valid")},
		{Name: "name cannot be removed", When: patchCall(remove("/name")), Then: refused(403, "may not be removed")},
		{Name: "name takes no list", When: patchCall(replace("/name", []string{"a"})), Then: refused(400, "not of type|not valid")},
		{Name: "an unchanged value is taken, and moves updated_at", When: patchCall(replace("/name", "conformance")),
			Then: shows(J{"updated_at": later})},

		// Visibility.
		{Name: "visibility private", When: patchCall(replace("/visibility", "private")), Then: shows(J{"visibility": "private"})},
		{Name: "visibility community", When: patchCall(replace("/visibility", "community")), Then: shows(J{"visibility": "community"})},
		{Name: "visibility public, by an administrator", When: patchCall(replace("/visibility", "public")), Then: shows(J{"visibility": "public"})},
		{Name: "visibility shared", Given: given(queued(J{"visibility": "private"})), When: patchCall(replace("/visibility", "shared")), Then: shows(J{"visibility": "shared"})},
		{Name: "visibility is replaced by add too", When: patchCall(add("/visibility", "private")), Then: shows(J{"visibility": "private"})},
		{Name: "visibility as a number", When: patchCall(replace("/visibility", 1)), Then: refused(400, "not one of|not of type")},
		{Name: "visibility of another name", When: patchCall(replace("/visibility", "secret")), Then: refused(400, "not one of")},
		{Name: "visibility in capitals", When: patchCall(replace("/visibility", "Private")), Then: refused(400, "not one of")},
		{Name: "visibility null", When: patchCall(replace("/visibility", nil)), Then: refused(400, "not one of|not of type")},
		{Name: "visibility cannot be removed", When: patchCall(remove("/visibility")), Then: refused(403, "may not be removed")},

		// Switches.
		{Name: "protected on", When: patchCall(replace("/protected", true)), Then: shows(J{"protected": true})},
		{Name: "protected as text", When: patchCall(replace("/protected", "true")), Then: refused(400, "not of type")},
		{Name: "protected as a number", When: patchCall(replace("/protected", 1)), Then: refused(400, "not of type")},
		{Name: "protected null", When: patchCall(replace("/protected", nil)), Then: refused(400, "not of type")},
		{Name: "protected off", Given: given(queued(J{"protected": true})), When: patchCall(replace("/protected", false)), Then: shows(J{"protected": false})},
		{Name: "protected is replaced by add too", When: patchCall(add("/protected", true)), Then: shows(J{"protected": true})},
		{Name: "protected cannot be removed", When: patchCall(remove("/protected")), Then: refused(403, "may not be removed")},
		{Name: "os_hidden on", When: patchCall(replace("/os_hidden", true)), Then: shows(J{"os_hidden": true})},
		{Name: "os_hidden as text", When: patchCall(replace("/os_hidden", "false")), Then: refused(400, "not of type")},
		{Name: "os_hidden off", Given: given(queued(J{"os_hidden": true})), When: patchCall(replace("/os_hidden", false)), Then: shows(J{"os_hidden": false})},
		{Name: "os_hidden is replaced by add too", When: patchCall(add("/os_hidden", true)), Then: shows(J{"os_hidden": true})},
		{Name: "os_hidden as a number", When: patchCall(replace("/os_hidden", 0)), Then: refused(400, "not of type")},
		{Name: "os_hidden null", When: patchCall(replace("/os_hidden", nil)), Then: refused(400, "not of type")},
		{Name: "os_hidden cannot be removed", When: patchCall(remove("/os_hidden")), Then: refused(403, "may not be removed")},
		{Name: "a protected image can be changed", Given: given(queued(J{"protected": true})),
			When: patchCall(replace("/name", "other"), located2("f3")), Then: shows(J{"name": "other",
				"status": "active", "size": 3 << 10, "locations": locations("f3")})},
		{Name: "a protected image cannot be deleted", Given: given(queued(J{"protected": true})),
			When: erase("/v2/images/$image"), Then: refused(403, "protected")},

		// Integers.
		{Name: "min_disk to a whole number", When: patchCall(replace("/min_disk", 0)), Then: shows(J{"min_disk": 0})},
		{Name: "min_disk to the largest", When: patchCall(replace("/min_disk", 2147483647)), Then: shows(J{"min_disk": 2147483647})},
		{Name: "min_disk beyond the largest", When: patchCall(replace("/min_disk", 2147483648)), Then: refused(400, "out of range|exceed")},
		{Name: "min_disk negative", When: patchCall(replace("/min_disk", -1)), Then: refused(400, "negative|minimum")},
		{Name: "min_disk as text", When: patchCall(replace("/min_disk", "5")), Then: refused(400, "not of type")},
		{Name: "min_disk null", When: patchCall(replace("/min_disk", nil)), Then: refused(400, "not of type")},
		{Name: "min_disk with a fraction", When: patchRaw(`[{"op":"replace","path":"/min_disk","value":1.5}]`), Then: refused(400, "not of type")},
		{Name: "min_disk 2.0 counts as 2", When: patchRaw(`[{"op":"replace","path":"/min_disk","value":2.0}]`),
			Then: Want{Status: http.StatusOK, Answer: J{"min_disk": something}, Image: J{"min_disk": 2}}},
		{Name: "min_disk is replaced by add too", When: patchCall(add("/min_disk", 7)), Then: shows(J{"min_disk": 7})},
		{Name: "min_disk cannot be removed", When: patchCall(remove("/min_disk")), Then: refused(403, "may not be removed")},
		{Name: "min_ram to a whole number", When: patchCall(replace("/min_ram", 1024)), Then: shows(J{"min_ram": 1024})},
		{Name: "min_ram to the largest", When: patchCall(add("/min_ram", 2147483647)), Then: shows(J{"min_ram": 2147483647})},
		{Name: "min_ram beyond the largest", When: patchCall(replace("/min_ram", 2147483648)), Then: refused(400, "out of range|exceed")},
		{Name: "min_ram negative", When: patchCall(replace("/min_ram", -1)), Then: refused(400, "negative|minimum")},
		{Name: "min_ram as text", When: patchCall(replace("/min_ram", "512")), Then: refused(400, "not of type")},
		{Name: "min_ram null", When: patchCall(replace("/min_ram", nil)), Then: refused(400, "not of type")},
		{Name: "min_ram with a fraction", When: patchRaw(`[{"op":"replace","path":"/min_ram","value":0.5}]`), Then: refused(400, "not of type")},
		{Name: "min_ram true", When: patchCall(replace("/min_ram", true)), Then: refused(400, "not of type")},
		{Name: "min_ram cannot be removed", When: patchCall(remove("/min_ram")), Then: refused(403, "may not be removed")},

		// Owner.
		{Name: "owner to another project, by an administrator", When: patchCall(replace("/owner", "$demo")), Then: shows(J{"owner": "$demo"})},
		{Name: "owner to any text", When: patchCall(replace("/owner", "no one in particular")), Then: shows(J{"owner": "no one in particular"})},
		{Name: "owner to null", When: patchCall(replace("/owner", nil)), Then: shows(J{"owner": nil})},
		{Name: "owner to an empty text is none", When: patchCall(replace("/owner", "")), Then: Want{Status: http.StatusOK, Answer: J{"owner": ""}, Image: J{"owner": nil}}},
		{Name: "owner is replaced by add too", When: patchCall(add("/owner", "$demo")), Then: shows(J{"owner": "$demo"})},
		{Name: "owner of 255 characters", When: patchCall(replace("/owner", x(255))), Then: shows(J{"owner": x(255)})},
		{Name: "owner of 256 characters", When: patchCall(replace("/owner", x(256))), Then: refused(400, "too long")},
		{Name: "owner cannot be removed", When: patchCall(remove("/owner")), Then: refused(403, "may not be removed")},
		{Name: "owner to a number", When: patchCall(replace("/owner", 5)), Then: refused(400, "not of type")},
	},
}

// located2 is a location's operation alone.
func located2(file string) op { return add("/locations/-", location(file)) }

// eachFormat sets one after another of what a usual server knows.
func eachFormat() (cases []Case) {
	for attribute, formats := range map[string][]string{
		"disk_format":      {"ami", "ari", "aki", "vhd", "vhdx", "vmdk", "qcow2", "vdi", "iso", "ploop"},
		"container_format": {"ami", "ari", "aki", "ovf", "ova", "docker", "compressed"},
	} {
		for _, f := range formats {
			cases = append(cases, Case{Name: attribute + " " + f, When: patchCall(replace("/"+attribute, f)), Then: shows(J{attribute: f})})
		}
	}
	slices.SortFunc(cases, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return cases
}

var formatCases = Group{
	Name:  "formats",
	About: "Formats can be set while the image has no data.",
	Given: given(image(J{"name": "conformance"})),
	Cases: append(eachFormat(), []Case{
		{Name: "both, while queued", When: patchCall(replace("/disk_format", "qcow2"), replace("/container_format", "bare")),
			Then: shows(J{"disk_format": "qcow2", "container_format": "bare"})},
		{Name: "null, while queued", Given: given(queued(nil)), When: patchCall(replace("/disk_format", nil), replace("/container_format", nil)),
			Then: shows(J{"disk_format": nil, "container_format": nil})},
		{Name: "no check that they fit together", When: patchCall(replace("/disk_format", "ami"), replace("/container_format", "ovf")),
			Then: shows(J{"disk_format": "ami", "container_format": "ovf"})},
		{Name: "replaced by add too", When: patchCall(add("/disk_format", "iso")), Then: shows(J{"disk_format": "iso"})},
		{Name: "in capitals", When: patchCall(replace("/disk_format", "QCOW2")), Then: refused(400, "not one of")},
		{Name: "container_format removed", When: patchCall(remove("/container_format")), Then: refused(403, "may not be removed")},
		{Name: "container_format of another name", When: patchCall(replace("/container_format", "box")), Then: refused(400, "not one of")},
		{Name: "of another name", When: patchCall(replace("/disk_format", "floppy")), Then: refused(400, "not one of")},
		{Name: "empty", When: patchCall(replace("/disk_format", "")), Then: refused(400, "not one of")},
		{Name: "a number", When: patchCall(replace("/container_format", 5)), Then: refused(400, "not one of|not of type")},
		{Name: "removed", When: patchCall(remove("/disk_format")), Then: refused(403, "may not be removed")},
		{Name: "of an active image", Given: active(nil), When: patchCall(replace("/disk_format", "qcow2")), Then: refused(403, "queued")},
		{Name: "of an active image, unchanged", Given: active(nil), When: patchCall(replace("/disk_format", "raw")), Then: refused(403, "queued")},
		{Name: "of a deactivated image", Given: deactivated(nil), When: patchCall(replace("/container_format", "docker")), Then: refused(403, "queued")},
		{Name: "after the location in the same patch", Given: given(queued(nil)),
			When: patchCall(located2("f1"), replace("/disk_format", "iso")), Then: refused(403, "queued")},
	}...),
}

var readOnlyCases = Group{
	Name:  "read-only",
	About: "What only the server sets is refused, with any operation and also with its present value.",
	Given: given(queued(nil)),
	Cases: []Case{
		{Name: "id", When: patchCall(replace("/id", "$image")), Then: refused(403, "read-only")},
		{Name: "status", When: patchCall(replace("/status", "active")), Then: refused(403, "read-only")},
		{Name: "status, unchanged", When: patchCall(replace("/status", "queued")), Then: refused(403, "read-only")},
		{Name: "status removed", When: patchCall(remove("/status")), Then: refused(403, "read-only")},
		{Name: "size", When: patchCall(replace("/size", 5)), Then: refused(403, "read-only")},
		{Name: "virtual_size", When: patchCall(add("/virtual_size", 5)), Then: refused(403, "read-only")},
		{Name: "checksum", When: patchCall(replace("/checksum", x(32))), Then: refused(403, "read-only")},
		{Name: "os_hash_algo", When: patchCall(replace("/os_hash_algo", "md5")), Then: refused(403, "read-only")},
		{Name: "os_hash_value", When: patchCall(replace("/os_hash_value", "00")), Then: refused(403, "read-only")},
		{Name: "created_at", When: patchCall(replace("/created_at", "2020-01-01T00:00:00Z")), Then: refused(403, "read-only")},
		{Name: "updated_at", When: patchCall(replace("/updated_at", "2020-01-01T00:00:00Z")), Then: refused(403, "read-only")},
		{Name: "self", When: patchCall(replace("/self", "/")), Then: refused(403, "read-only")},
		{Name: "file", When: patchCall(remove("/file")), Then: refused(403, "read-only")},
		{Name: "schema", When: patchCall(replace("/schema", "/")), Then: refused(403, "read-only")},
		{Name: "direct_url", When: patchCall(add("/direct_url", "http://mirror.example/x")), Then: refused(403, "read-only")},
		{Name: "location, the old name", When: patchCall(add("/location", "http://mirror.example/x")), Then: refused(403, "reserved")},
		{Name: "deleted", When: patchCall(replace("/deleted", true)), Then: refused(403, "reserved")},
		{Name: "deleted_at", When: patchCall(remove("/deleted_at")), Then: refused(403, "reserved")},
		{Name: "os_glance_ and anything", When: patchCall(add("/os_glance_import_task", "x")), Then: refused(403, "reserved")},
		{Name: "os_glance_ and anything, removed", When: patchCall(remove("/os_glance_failed_import")), Then: refused(403, "reserved")},
		{Name: "a read-only one in the last place changes nothing either",
			When: patchCall(replace("/name", "other"), add("/os_distro", "debian"), replace("/size", 1)), Then: refused(403, "read-only")},
		{Name: "stores can be added, and nothing is seen of it", When: patchCall(add("/stores", "web")), Then: Want{Status: http.StatusOK, Image: J{"stores": "web"}}},
		{Name: "stores of an active image masks a property of that name", Given: active(nil), When: patchCall(add("/stores", "nosuch")), Then: same},
		{Name: "stores that no one added cannot be replaced", Given: active(nil), When: patchCall(replace("/stores", "local")), Then: refused(409, "does not exist")},
		{Name: "stores that no one added cannot be removed", Given: active(nil), When: patchCall(remove("/stores")), Then: refused(409, "does not exist")},
	},
}
