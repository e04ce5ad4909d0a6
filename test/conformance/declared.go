package conformance

import "net/http"

// ownSchema is what the deployment says of itself.
var ownSchema = J{
	"properties": J{
		"disk_format":      J{"enum": []any{nil, "raw", "qcow2", "gpt"}},
		"container_format": J{"enum": []any{nil, "bare", "sif"}},
		"tier":             J{"is_base": false, "type": "string", "enum": []string{"gold", "silver"}},
		"cost_centre":      J{"is_base": false, "pattern": something},
		"contact":          J{"is_base": false, "maxLength": 10},
		"kernel_id":        absent,
	},
}

var declaredCases = Group{
	Name: "own-schema",
	About: "A deployment chooses its formats and declares properties of its own; older releases can forbid all others. The schema " +
		"says so, and decides.",
	On:    Declared,
	Given: given(queued(J{"tier": "gold"})),
	Cases: []Case{
		{Name: "what the schema says", Given: []Call{}, When: get("/v2/schemas/image"), Then: answers(http.StatusOK, ownSchema.and(J{"additionalProperties": false}))},
		{Name: "a disk format of its own", When: patchCall(replace("/disk_format", "gpt")), Then: shows(J{"disk_format": "gpt"})},
		{Name: "a container format of its own", When: patchCall(replace("/container_format", "sif")), Then: shows(J{"container_format": "sif"})},
		{Name: "no format", When: patchCall(replace("/disk_format", nil)), Then: shows(J{"disk_format": nil})},
		{Name: "a disk format that others have", When: patchCall(replace("/disk_format", "vmdk")), Then: refused(400, "not one of")},
		{Name: "a container format that others have", When: patchCall(replace("/container_format", "ova")), Then: refused(400, "not one of")},
		{Name: "create with a format that others have", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"disk_format": "vmdk"}), Then: refused(400, "not one of")},
		{Name: "formats of its own, then a location", Given: given(queued(nil)), When: patchCall(replace("/disk_format", "gpt"), replace("/container_format", "sif"), located2("f1")),
			Then: shows(J{"disk_format": "gpt", "container_format": "sif", "status": "active", "size": 1 << 10, "locations": locations("f1")})},

		{Name: "a value of the list", When: patchCall(replace("/tier", "silver")), Then: shows(J{"tier": "silver"})},
		{Name: "a value that is not of the list", When: patchCall(replace("/tier", "bronze")), Then: refused(400, "not one of")},
		{Name: "added with a value that is not of the list", Given: given(queued(nil)), When: patchCall(add("/tier", "bronze")), Then: refused(400, "not one of")},
		{Name: "null where the schema does not say so", When: patchCall(replace("/tier", nil)), Then: refused(400, "type")},
		{Name: "null where the schema says so", When: patchCall(add("/cost_centre", nil)), Then: shows(J{"cost_centre": nil})},
		{Name: "a value that fits the pattern", When: patchCall(add("/cost_centre", "1234")), Then: shows(J{"cost_centre": "1234"})},
		{Name: "a value that does not", When: patchCall(add("/cost_centre", "12")), Then: refused(400, "match")},
		{Name: "as long as it may be", When: patchCall(add("/contact", x(10))), Then: shows(J{"contact": x(10)})},
		{Name: "longer", When: patchCall(add("/contact", x(11))), Then: refused(400, "too long")},
		{Name: "a declared property removed", When: patchCall(remove("/tier")), Then: shows(J{"tier": absent})},
		{Name: "create with a value that is not of the list", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"tier": "bronze"}), Then: refused(400, "not one of")},

		{Name: "a property that is not declared", When: patchCall(add("/other", "x")), Then: refused(400, "unexpected")},
		{Name: "a property that is not declared, in the older form", When: older(`{"add":"/other","value":"x"}`), Then: refused(400, "unexpected")},
		{Name: "a property that a usual server declares", When: patchCall(add("/kernel_id", "x")), Then: refused(400, "unexpected")},
		{Name: "create with a property that is not declared", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"other": "x"}), Then: refused(400, "unexpected")},
		{Name: "a property that is not declared, removed", When: patchCall(remove("/other")), Then: refused(409, "does not exist")},
		{Name: "all else", When: patchCall(replace("/name", "other"), replace("/tags", []string{"a"}), replace("/min_disk", 3)),
			Then: shows(J{"name": "other", "tags": []string{"a"}, "min_disk": 3})},
	},
}

var requiredCases = Group{
	Name: "required-property",
	About: "A newer release can require a property of every image. It then holds each single addition and replacement against that, " +
		"too, so that nearly all of them are refused.",
	On:    Required,
	Given: given(queued(J{"tier": "gold", "p": "x"})),
	Cases: []Case{
		{Name: "the schema says so", Given: []Call{}, When: get("/v2/schemas/image"), Then: answers(http.StatusOK, J{"required": []string{"tier"}})},
		{Name: "create without it", Given: []Call{}, When: sent(http.MethodPost, "/v2/images", J{"name": "x"}), Then: refused(400, "tier.*required")},
		{Name: "replaced", When: patchCall(replace("/tier", "silver")), Then: shows(J{"tier": "silver"})},
		{Name: "added once more", When: patchCall(add("/tier", "silver")), Then: shows(J{"tier": "silver"})},
		{Name: "a value that is not of its list", When: patchCall(replace("/tier", "bronze")), Then: refused(400, "not one of")},
		{Name: "removed", When: patchCall(remove("/tier")), Then: shows(J{"tier": absent})},
		{Name: "another property removed", When: patchCall(remove("/p")), Then: shows(J{"p": absent})},
		{Name: "another property replaced", When: patchCall(replace("/p", "y")), Then: refused(400, "required")},
		{Name: "another property added", When: patchCall(add("/q", "y")), Then: refused(400, "required")},
		{Name: "name", When: patchCall(replace("/name", "other")), Then: refused(400, "required")},
		{Name: "tags", When: patchCall(replace("/tags", []string{"a"})), Then: refused(400, "required")},
		{Name: "a location", When: located("f1"), Then: refused(400, "required")},
		{Name: "name, beside the property itself", When: patchCall(replace("/tier", "silver"), replace("/name", "other")), Then: refused(400, "required")},
		{Name: "a tag by a call of its own", When: put("/v2/images/$image/tags/a"), Then: Want{Status: http.StatusNoContent, Image: J{"tags": []string{"a"}}}},
	},
}
