package explain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

// refusedText is a message as a Glance 25 gives it (measured, or read from its
// sources), and what it must be said to mean. Other releases' are marked.
type refusedText struct {
	code          int
	detail, doing string
	kind          api.FailureKind
	means         string
}

var refusedTexts = []refusedText{
	// The request as such.
	{400, "Malformed JSON in request body.", "send the edit", api.FailedBadRequest, "The server could not read the request."},
	{400, "Request body must be a JSON array of operation objects.", "send the edit", api.FailedBadRequest, "The server could not read the request."},
	{400, "Operations must be JSON objects.", "send the edit", api.FailedBadRequest, "The server could not read the request."},
	{400, "Body expected in request.", "send the edit", api.FailedBadRequest, "The server could not read the request."},
	{400, "Invalid operation: `test`. It must be one of the following: add, remove, replace.", "send the edit", api.FailedBadRequest,
		"The server does not know one of the operations."},
	{400, "Unable to find `op` in JSON Schema change. It must be one of the following: add, remove, replace.", "send the edit", api.FailedBadRequest,
		"The server does not know one of the operations."},
	{400, `Operation "add" requires a member named "value".`, "send the edit", api.FailedBadRequest, "The server does not know one of the operations."},
	{400, "Pointer `/a//b` contains adjacent \"/\".", "send the edit", api.FailedBadRequest, "The server cannot address one of the attributes."},
	{400, "Pointer `/a~` contains \"~\" not part of a recognized escape sequence.", "send the edit", api.FailedBadRequest, "The server cannot address one of the attributes."},
	{400, "Invalid JSON pointer for this resource: '/tags/-'", "send the edit", api.FailedBadRequest, "The server cannot address one of the attributes."},
	{415, "The server could not comply with the request since it is either malformed or otherwise incorrect.", "send the edit", api.FailedBadRequest,
		"The server does not take JSON patches of the form v2.1 here."},
	{415, "Image PATCH expects Content-Type one of: application/openstack-images-v2.0-json-patch, application/openstack-images-v2.1-json-patch", // 2026
		"send the edit", api.FailedBadRequest, "The server does not take JSON patches of the form v2.1 here."},

	// Values.
	{400, schemaText("name", "'nnn' is too long"), "send the edit", api.FailedBadRequest, "The value of name is longer than the server takes."},
	{400, schemaText("visibility", "'secret' is not one of ['community', 'public', 'private', 'shared']"), "send the edit", api.FailedBadRequest,
		"The value of visibility is none of those that the server takes."},
	{400, schemaText("min_disk", "-1 is less than the minimum of 0"), "send the edit", api.FailedBadRequest, "The value of min_disk is too small."},
	{400, schemaText("min_ram", "2147483648 is greater than the maximum of 2147483647"), "send the edit", api.FailedBadRequest, "The value of min_ram is too large."},
	{400, schemaText("a b", "5 is not of type 'string'"), "send the edit", api.FailedBadRequest, `The value of "a b" has the wrong type.`},
	{400, schemaText("kernel_id", "'x' does not match '^([0-9a-fA-F]){8}$'"), "send the edit", api.FailedBadRequest,
		"The value of kernel_id does not have the form that the server asks for."},
	{400, "Provided object does not match schema 'image': 'metadata' is a required property", "send the edit", api.FailedBadRequest, "A value lacks a part."},
	{400, "Name can't contain 4 byte unicode characters.", "send the edit", api.FailedBadRequest, "The server stores no emoji and no other characters of four bytes."},
	{400, "Property names can't contain 4 byte unicode.", "send the edit", api.FailedBadRequest, "The server stores no emoji and no other characters of four bytes."},
	{400, "Param values can't contain 4 byte unicode.", "send the edit", api.FailedBadRequest, "The server stores no emoji and no other characters of four bytes."},
	{400, "Invalid value '-1' for parameter 'min_disk': Cannot be a negative value", "send the edit", api.FailedBadRequest, "A size is below zero."},
	{400, "'min_ram' value out of range, must not exceed 2147483647.", "send the edit", api.FailedBadRequest, "A number is larger than the server takes."},

	// Locations.
	{400, "Invalid location", "send the edit", api.FailedBadRequest,
		"The server cannot use a location: it asked the URL for its size and got none, or takes no such URL."},
	{400, "The Store URI was malformed.", "send the edit", api.FailedBadRequest, "The server cannot reach a location's host, or is not allowed to."},
	{400, "The Store URI was malformed: http://a/x", "send the edit", api.FailedBadRequest, "The server cannot reach a location's host, or is not allowed to."},
	{400, "Original locations is not empty: [{'url': 'http://a/x', 'metadata': {}}]", "send the edit", api.FailedBadRequest,
		"A list of locations can be put in order, but not be replaced by other URLs at once."},
	{400, "Cannot replace locations from a non-empty list to a non-empty list.", "send the edit", api.FailedBadRequest, // 2015
		"This old server takes no new order and no new metadata for locations."},
	{400, "The location http://a/x already exists", "send the edit", api.FailedBadRequest,
		"The image has the location http://a/x already, with the same metadata."},
	{400, "Invalid position for adding a location.", "send the edit", api.FailedBadRequest, "The server takes no location at that position."},
	{400, "Invalid position for removing a location.", "send the edit", api.FailedBadRequest, "The location to remove is not there any more."},
	{400, "Properties disk_format, container_format must be set prior to saving data.", "send the edit", api.FailedBadRequest,
		"An image needs both formats before its first location."},
	{400, "Property disk_format must be set prior to saving data.", "send the edit", api.FailedBadRequest, "An image needs both formats before its first location."},
	{403, "Cannot remove last location in the image.", "send the edit", api.FailedForbidden, "Glance keeps at least one location on an active image."},
	{403, "Cannot set locations to empty list.", "send the edit", api.FailedForbidden, "Glance keeps at least one location on an active image."},
	{403, "It's not allowed to update locations if locations are invisible.", "send the edit", api.FailedForbidden,
		"The server hides locations; they cannot be changed."},
	{403, "It's not allowed to remove locations if locations are invisible.", "send the edit", api.FailedForbidden,
		"The server hides locations; they cannot be changed."},
	{403, "You are not authorized to complete delete_image_location action.", "send the edit", api.FailedForbidden,
		"Only an administrator may remove a location on this server."},
	{400, "Provided object does not match schema 'image': 'tier' is a required property\n\nFailed validating 'required' in schema:\n    {'name': 'image'}\n\nOn instance:\n    {'name': 'n'}",
		"send the edit", api.FailedBadRequest, "This server requires a property of every single change, so it refuses this one."},
	{400, "URI for add location does not pass filtering: http://169.254.169.254/x", "add the location to the image", api.FailedBadRequest,
		"The server does not connect to this location's host or port, or cannot find the host."},
	{403, "http store must be enabled to use location API by normal user.", "add the location to the image", api.FailedForbidden,
		"A server that hides its locations takes only http and https ones, and only where it has a store for them."},
	{409, "Image has active task", "add the location to the image", api.FailedConflict, "The server is still at work on the image."},
	{403, "You are not authorized to complete set_image_location action.", "send the edit", api.FailedForbidden,
		"The server's policy does not let you add or change locations."},
	{403, "You are not permitted to modify locations for this image.", "send the edit", api.FailedForbidden, "You do not own this image."}, // 2015
	{409, "It's not allowed to add locations if image status is saving.", "send the edit", api.FailedConflict,
		"Locations cannot change while the image is saving."},
	{409, "It's not allowed to remove locations if image status is queued.", "send the edit", api.FailedConflict,
		"Locations cannot change while the image is queued."},
	{409, "os_hash_algo must be sha512, not md5", "send the edit", api.FailedConflict, "The hash given for the location's data does not suit this image."},
	{409, "checksum is already set with a different value", "send the edit", api.FailedConflict, "The hash given for the location's data does not suit this image."},
	{413, "The limit has been exceeded on the number of allowed image locations. Attempted: 11, Maximum: 10", "send the edit", api.FailedQuota,
		"The image would have more locations than the server's limit of 10."},

	// Attributes.
	{403, "Attribute 'size' is read-only.", "send the edit", api.FailedForbidden, "The attribute size is set by the server alone."},
	{403, "Attribute 'os_glance_x' is reserved.", "send the edit", api.FailedForbidden,
		"The name os_glance_x is reserved by Glance or protected by this cloud's rules."},
	{403, "Property name may not be removed.", "send the edit", api.FailedForbidden, "The attribute name is part of every image and cannot be removed."},
	{403, "Attribute disk_format can be only replaced for a queued image.", "send the edit", api.FailedForbidden,
		"The attribute disk_format is fixed once the image has data."},
	{403, "Owner can't be updated by non admin.", "send the edit", api.FailedForbidden, "Only an administrator can give an image to another project."},
	{409, "Property a b does not exist.", "send the edit", api.FailedConflict,
		`The property "a b" was removed after you opened the image.`},
	{409, "Property x already present.", "send the edit", api.FailedConflict, "The property x is there already."},
	{413, "The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128", "send the edit", api.FailedQuota,
		"The image would have more tags than the server's limit of 128."},
	{413, "The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128", "send the edit", api.FailedQuota,
		"The image would have more properties than the server's limit of 128."},
	{413, "Denying attempt to upload image because it exceeds the quota: The size of the data 10 will exceed the limit. 5 bytes remaining.",
		"send the edit", api.FailedQuota, "The project's storage quota does not hold this data."},

	{400, "Image status transition from saving to active is not allowed", "send the edit", api.FailedBadRequest,
		"The image cannot leave the status saving this way."},
	{400, `Visibility must be one of "community", "public", "private", or "shared"`, "send the edit", api.FailedBadRequest,
		"The server does not know this visibility."},
	{409, "New operation on image 'da3b' is not permitted as prior operation is still in progress", "send the edit", api.FailedConflict,
		"An import of this image is still running."},
	{413, "The body of your request was too large for this server.", "send the edit", api.FailedQuota,
		"The request is larger than the server or a proxy takes."},

	// Beside the image.
	{403, "Only shared images have members.", "read the image's members", api.FailedForbidden, "Only a shared image has members."},
	{403, "Public images do not have members.", "read the image's members", api.FailedForbidden, "Only a shared image has members."}, // 2015
	{403, "Image da3b is protected and cannot be deleted.", "delete the image", api.FailedForbidden, "The image is protected from deletion."},
	{413, "The limit has been exceeded on the number of allowed image members for this image. Attempted: 129, Maximum: 128", "add a member",
		api.FailedQuota, "The image would have more members than the server's limit of 128."},

	// Who may.
	{401, "The request you have made requires authentication.", "send the edit", api.FailedAuth,
		"The server does not accept the token: it is missing, has expired, or is another cloud's."},
	{401, "The request you have made requires authentication.", "log in", api.FailedAuth, "The identity service does not accept these credentials."},
	{401, "The account is disabled for user: u1.", "log in", api.FailedAuth, "The user's account is disabled."},
	{401, "Additional authentications steps required.", "log in", api.FailedAuth, "The account needs more than a password."},
	{401, "Could not find Application Credential: abc.", "log in", api.FailedAuth, "The identity service does not know such credentials."},
	{403, "You do not own this image", "send the edit", api.FailedForbidden, "The image belongs to another project."},
	{403, "You are not authorized to complete publicize_image action.", "send the edit", api.FailedForbidden,
		"Only an administrator may make an image public on this cloud."},
	{403, "You are not authorized to complete communitize_image action.", "send the edit", api.FailedForbidden,
		"The cloud's policy does not let you make an image community."},
	{403, "You are not authorized to complete modify_image action.", "send the edit", api.FailedForbidden,
		"The cloud's policy does not let you change this image."},
	{403, "You are not authorized to complete get_images action.", "read the list", api.FailedForbidden,
		"The cloud's policy get_images does not allow this to you."},
	{403, "You are not authorized to complete this action.", "send the edit", api.FailedForbidden, // 2015
		"The server's rules forbid this to you."},
	{403, "Access was denied to this resource.", "send the edit", api.FailedForbidden, "The server's rules forbid this to you."},
	{404, "No image found with ID da3b75d9-3f4a-40e7-8a2c-bfab23927dea", "send the edit", api.FailedNotFound,
		"The image is not there, or you may not see it."},
	{404, "The resource could not be found.", "read the image", api.FailedNotFound, "The image is not there, or you may not see it."},
	{404, "The resource could not be found.", "connect", api.FailedNotFound, "There is nothing at this address."},

	// Reading.
	{400, "Image with the given id da3b was not found", "read the list", api.FailedBadRequest, "The page could not be read on: the image at its edge is gone."},
	{400, "limit param must be an integer", "read the list", api.FailedBadRequest, "The server does not know this order or page size."},
	{400, "Invalid sort key: owner. It must be one of the following: name, status.", "read the list", api.FailedBadRequest, "The server does not know this order or page size."},
	{400, "Invalid value 'x' for 'os_hidden' filter. Valid values are 'true' or 'false'.", "read the list", api.FailedBadRequest, "The server does not understand the filter."},
	{400, "Unable to filter using the specified operator.", "read the list", api.FailedBadRequest, "The server does not understand the filter."},

	// The server, or what is before it.
	{500, "The server has either erred or is incapable of performing the requested operation.", "send the edit", api.FailedServer, "The server failed at it."},
	{502, "Bad gateway.", "send the edit", api.FailedServer, "The proxy before the Image service got no proper answer from it."},
	{503, "The server is currently unavailable. Please try again at a later time.", "send the edit", api.FailedServer,
		"The Image service is overloaded or being maintained."},
	{504, "The gateway has timed out.", "send the edit", api.FailedServer, "The Image service took longer than the proxy before it waits."},
	{507, "", "send the edit", api.FailedServer, "The server failed at it."},
	{429, "Too Many Requests", "read the list", api.FailedBadRequest, "The server has had too many requests from you."},
	{418, "I am a teapot", "send the edit", api.FailedBadRequest, "The server does not accept the request."},
	{400, "Some text of a release to come", "send the edit", api.FailedBadRequest, "The server does not accept the request as it is."},
	{409, "Some text of a release to come", "send the edit", api.FailedConflict, "The image is not, or no longer, in a state for this."},
	{413, "", "send the edit", api.FailedQuota, "A quota of the server is reached."},
	{300, "", "connect", api.FailedNotAnImage, "This address only lists the versions of the Image API."},
	{204, "", "read the image", api.FailedNotAnImage, "The answer is not one that an Image service gives."},
	{0, "dial tcp: connection refused", "connect", api.FailedNetwork, "No response received."},
}

// schemaText is the message of Glance's schema check, which prints Python's
// jsonschema.
func schemaText(attribute, fault string) string {
	return "Provided object does not match schema 'image': " + fault + "\n\nFailed validating 'x' in schema['properties']['" + attribute +
		"']:\n    {'description': 'Descriptive name for the image',\n     'maxLength': 255}\n\nOn instance['" + attribute + "']:\n    'nnn'"
}

func TestDescribe(t *testing.T) {
	for _, c := range refusedTexts {
		kind, means, advice := explain.Describe(c.code, c.detail, c.doing)
		if kind != c.kind || means != c.means {
			t.Errorf("%d %q (%s)\n got %s, %s\nwant %s, %s", c.code, c.detail, c.doing, kind, means, c.kind, c.means)
		}
		wellFormed(t, means, advice)
		// The server ends a message with newlines (measured).
		if _, padded, _ := explain.Describe(c.code, "\n"+c.detail+"\n\n", c.doing); padded != c.means {
			t.Errorf("%d %q with newlines around: %s", c.code, c.detail, padded)
		}
	}
}

// wellFormed asks for a sentence, and for a phrase that follows "you can".
func wellFormed(t *testing.T, means, advice string) {
	t.Helper()
	if means == "" || !unicode.IsUpper([]rune(means)[0]) || !strings.HasSuffix(means, ".") || strings.Contains(means, "$1") {
		t.Errorf("no sentence: %q", means)
	}
	if advice == "" || !unicode.IsLower([]rune(advice)[0]) || strings.HasSuffix(advice, ".") || strings.Contains(advice, "$1") {
		t.Errorf("does not follow \"you can\": %q", advice)
	}
}

func TestEveryRefusalIsWellFormed(t *testing.T) {
	for _, r := range append(explain.Refusals(), explain.GeneralRefusals...) {
		wellFormed(t, r.Fill(r.Means, []string{"", "x"}), r.Fill(r.Advice, []string{"", "x"}))
	}
	for code := -1; code < 700; code++ {
		_, means, advice := explain.Describe(code, "", "read the image")
		wellFormed(t, means, advice)
	}
}

// Every known message must have a case above: an entry that nothing reaches
// would be a guess.
func TestEveryRefusalIsReached(t *testing.T) {
	for _, r := range explain.Refusals() {
		if !slices.ContainsFunc(refusedTexts, func(c refusedText) bool { return c.code == r.Code && r.Text.MatchString(c.detail) }) {
			t.Errorf("no case reaches %d %s", r.Code, r.Text)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	for _, c := range refusedTexts {
		f.Add(c.code, c.detail, c.doing)
	}
	for _, s := range modeltest.Hostile {
		f.Add(403, "Attribute '"+s+"' is reserved.", "send the edit")
		f.Add(400, schemaText(s, s), "send the edit")
	}
	f.Fuzz(func(t *testing.T, code int, detail, doing string) {
		kind, means, advice := explain.Describe(code, detail, doing)
		if kind == "" || means == "" || advice == "" {
			t.Errorf("%q, %q, %q", kind, means, advice)
		}
		for _, r := range means + advice {
			if quote.Hidden(r) {
				t.Errorf("%q is left in %q, %q", r, means, advice)
			}
		}
		if strings.Count(means, "\n")+strings.Count(advice, "\n") > 0 {
			t.Errorf("more than a line: %q, %q", means, advice)
		}
	})
}

func ExampleDescribe() {
	kind, means, advice := explain.Describe(403, "Cannot remove last location in the image.", "send the edit")
	fmt.Println(kind)
	fmt.Println("means  ", means)
	fmt.Println("you can", advice)
	// Output:
	// forbidden
	// means   Glance keeps at least one location on an active image.
	// you can add the new location in the same edit, or delete the image
}

func BenchmarkDescribe(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range refusedTexts {
			explain.Describe(c.code, c.detail, c.doing)
		}
	}
}
