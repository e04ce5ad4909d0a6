package conformance

import "net/http"

// Difference is where one server rightly does something else than the others.
type Difference struct {
	// Case is group/name, as in the test's name.
	Case string
	// On is the server: "demo", "glance 33".
	On string
	// Then is what comes of it there.
	Then Want
	// Why, in a sentence.
	Why string
}

// Differences are all of them. What is in the cases themselves is what
// Glance 25 (Zed) does.
var Differences = []Difference{
	{
		Case: "permissions/own image: a location removed", On: "glance 33",
		Then: refused(http.StatusForbidden, "delete_image_location"),
		Why:  "The strict policy is the default since 2023.1: an administrator alone removes locations.",
	},
	{
		Case: "deactivated-by-a-member/remove a location", On: "glance 33",
		Then: refused(http.StatusForbidden, "delete_image_location"),
		Why:  "The strict policy is asked before the status.",
	},
	{
		Case: "discovery/versions need no token", On: "glance 33",
		Then: answers(http.StatusOK, J{"versions": holding(J{"id": "v2.18", "status": "CURRENT"}, J{"id": "v2.17", "status": "SUPPORTED"})}),
		Why:  "2026.2 is at version 2.18.",
	},
	{
		Case: "discovery/the newer call for locations", On: "glance 33",
		Then: Want{Status: http.StatusAccepted, Image: J{"os_glance_import_task": something},
			Becomes: J{"status": "active", "size": 17 << 10, "locations": locations("f17")}},
		Why: "There is one since version 2.17 (2024.2): it answers at once and works in the background.",
	},
	{
		Case: "discovery/the newer list of locations", On: "glance 33",
		Then: Want{Status: http.StatusOK},
		Why:  "There is one since version 2.17 (2024.2).",
	},
	{
		Case: "hidden-locations/the newer call for locations", On: "glance 33",
		Then: Want{Status: http.StatusAccepted, Image: J{"os_glance_import_task": something}, Becomes: J{"status": "active", "size": 17 << 10}},
		Why:  "It is there for clouds that hide locations.",
	},
	{
		Case: "data/upload of something else than disk_format says", On: "glance 33",
		Then: Want{Status: http.StatusUnsupportedMediaType, Says: "does not match", Image: J{"status": "queued", "updated_at": something,
			"checksum": something, "os_hash_algo": something, "os_hash_value": something, "direct_url": something, "stores": "local",
			"locations": []J{{"url": like("^file:"), "metadata": J{}}}}},
		Why: "Data must be what disk_format says. The image is queued again, yet keeps a location without data, which a " +
			"patch can remove once another one is there.",
	},
	{
		Case: "own-schema/what the schema says", On: "glance 33",
		Then: answers(http.StatusOK, ownSchema.and(J{"additionalProperties": J{"type": "string"}})),
		Why:  "Newer releases take any property: the option that forbade it is gone.",
	},
	{
		Case: "own-schema/a property that is not declared", On: "glance 33",
		Then: shows(J{"other": "x"}),
		Why:  "Newer releases take any property.",
	},
	{
		Case: "own-schema/a property that is not declared, in the older form", On: "glance 33",
		Then: shows(J{"other": "x"}),
		Why:  "Newer releases take any property.",
	},
	{
		Case: "own-schema/a property that a usual server declares", On: "glance 33",
		Then: shows(J{"kernel_id": "x"}),
		Why:  "Newer releases take any property; without a declaration its value is any text.",
	},
	{
		Case: "own-schema/create with a property that is not declared", On: "glance 33",
		Then: answers(http.StatusCreated, J{"other": "x"}),
		Why:  "Newer releases take any property.",
	},
}

// Expected is what must come of a case on a server.
func Expected(group string, c Case, server string) Want {
	for _, d := range Differences {
		if d.Case == group+"/"+c.Name && d.On == server {
			return d.Then
		}
	}
	return c.Then
}
