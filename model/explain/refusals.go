package explain

import "sync"

// bug is the advice where the program itself must have gone wrong.
const bug = "report this as a fault of glance-tui, with the request shown here"

// refusals are the messages that Glance and Keystone give, the narrower before
// the wider. Where a text is a release's own, the comment says which.
var refusals = sync.OnceValue(func() []refusal {
	return []refusal{
		// 400: the patch as JSON.
		says(400, `malformed json|must be a json array|must be json objects|unexpected body type|body expected|body is not expected|error decoding your request`,
			"The server could not read the request.", bug),
		says(400, `unable to find .* in json schema change|invalid operation: |operation objects must contain|requires a member named`,
			"The server does not know one of the operations.", bug),
		says(400, "pointer `(.*?)` |invalid json pointer for this resource: '(?:.*?)'",
			"The server cannot address one of the attributes.",
			"rename the property: no outer blanks, and not empty"),
		says(400, `can't contain 4 byte unicode`,
			"The server stores no emoji and no other characters of four bytes.",
			"take them out of names, tags, properties and locations"),

		// 400: locations.
		says(400, `invalid locations?\b`,
			"The server cannot use a location: it asked the URL for its size and got none, or takes no such URL.",
			"check that the server itself reaches the file, that it is not empty, and that the scheme is lower-case and of an enabled store; file: is never taken"),
		says(400, `store uri was malformed`,
			"The server cannot reach a location's host, or is not allowed to.",
			"check the host's name and port as the server sees them; by default it connects only to ports 80 and 443 and not to itself"),
		says(400, `original locations is not empty`,
			"A list of locations can be put in order, but not be replaced by other URLs at once.",
			"read the image again: its locations changed since you opened it"),
		says(400, `cannot replace locations from a non-empty list`, // before 2016
			"This old server takes no new order and no new metadata for locations.",
			"leave the order and the metadata of the locations as they are"),
		says(400, `the location (.+) already exists`,
			"The image has the location $1 already, with the same metadata.",
			"leave it out, or give it other metadata"),
		says(400, `invalid position for adding`,
			"The server takes no location at that position.", "add it at the end of the list"),
		says(400, `invalid position for removing`,
			"The location to remove is not there any more.",
			"read the image again: its locations changed since you opened it"),
		says(400, `propert(?:y|ies) (.+) must be set prior to saving data`,
			"An image needs both formats before its first location.",
			"set the disk format and the container format in the same edit"),
		says(400, `image status transition from (\S+) to`,
			"The image cannot leave the status $1 this way.",
			"read the image again; wait while an upload or import runs"),
		says(400, `visibility must be one of`,
			"The server does not know this visibility.", "choose private, shared, community or public"),
		says(400, `cannot be a negative value`,
			"A size is below zero.", "give a number from 0 to 2,147,483,647"),
		says(400, `value out of range, must not exceed`,
			"A number is larger than the server takes.", "give a number from 0 to 2,147,483,647"),

		// The call for a location (API 2.17, measured on Glance 33).
		says(400, `uri for add location does not pass filtering`,
			"The server does not connect to this location's host or port, or cannot find the host.",
			"check the host's name and port as the server sees them; by default it connects only to ports 80 and 443 and not to itself"),
		says(403, `http store must be enabled to use location api`,
			"A server that hides its locations takes only http and https ones, and only where it has a store for them.",
			"serve the file over http, and ask the operator whether there is an http store"),
		says(409, `image has active task`,
			"The server is still at work on the image.", "wait until it is done, then send again"),

		// 400: the list.
		says(400, `image with the given id .* was not found|no image found with id`,
			"The page could not be read on: the image at its edge is gone.", "refresh the list"),
		says(400, `limit param|sort key|sort dir|sort direction|sorting syntax`,
			"The server does not know this order or page size.", bug),
		says(400, `unable to filter|for '\w+' filter|invalid filter value|query filter format|changes-since|invalid visibility value|invalid status: `,
			"The server does not understand the filter.", "correct the filter, or filter without it"),

		// 401.
		says(401, `account is disabled`,
			"The user's account is disabled.", "ask an administrator of the cloud to enable it"),
		says(401, `additional authentications|insufficient auth methods`,
			"The account needs more than a password.",
			"use an application credential, or a token of a full login"),
		says(401, `could not find|unsupported method|unauthorized_client`,
			"The identity service does not know such credentials.",
			"check user, password, project and their domains, or the application credential"),

		// 403: locations.
		says(403, `cannot remove last location`,
			"Glance keeps at least one location on an active image.",
			"add the new location in the same edit, or delete the image"),
		says(403, `cannot set locations to empty list`,
			"Glance keeps at least one location on an active image.",
			"add the new location in the same edit, or delete the image"),
		says(403, `locations if locations are invisible`,
			"The server hides locations; they cannot be changed.",
			"ask the cloud operator to enable show_multiple_locations, or leave the locations unchanged"),
		says(403, `complete (?:the )?delete_image_location action`,
			"Only an administrator may remove a location on this server.",
			"leave the removal to an administrator; adding is open to the owner"),
		says(403, `complete (?:the )?(?:set|add)_image_location action`,
			"The server's policy does not let you add or change locations.",
			"ask an administrator of the cloud"),
		says(403, `not permitted to modify locations`, // before 2016
			"You do not own this image.", "ask its project, or an administrator of the cloud"),

		// 403: attributes.
		says(403, `attribute '?(container_format|disk_format)'? can be only replaced`,
			"The attribute $1 is fixed once the image has data.",
			"take it out of the edit; other formats need a new image"),
		says(403, `attribute '(.+?)' is read-only`,
			"The attribute $1 is set by the server alone.", "take it out of the edit"),
		says(403, `attribute '(.+?)' is reserved`,
			"The name $1 is reserved by Glance or protected by this cloud's rules.",
			"use another name for the property, or ask an administrator of the cloud"),
		says(403, `property (.+) may not be removed`,
			"The attribute $1 is part of every image and cannot be removed.", "set it to another value instead"),
		says(403, `owner can't be updated by non admin`,
			"Only an administrator can give an image to another project.",
			"leave the owner as it is, or share the image with the other project"),

		// 403: who may.
		says(403, `you do not own this image|not permitted to modify|not permitted to set`,
			"The image belongs to another project.", "ask its project, or an administrator of the cloud"),
		says(403, `complete (?:the )?publicize_image action`,
			"Only an administrator may make an image public on this cloud.",
			"make it community or shared instead, or ask an administrator"),
		says(403, `complete (?:the )?communitize_image action`,
			"The cloud's policy does not let you make an image community.",
			"share it with projects instead, or ask an administrator"),
		says(403, `complete (?:the )?modify_image action`,
			"The cloud's policy does not let you change this image.",
			"ask its project, or an administrator of the cloud"),
		says(403, `complete (?:the )?(\w+_\w+|deactivate|reactivate) action`,
			"The cloud's policy $1 does not allow this to you.",
			"ask an administrator of the cloud, or use an account with the role for it"),
		says(403, `is protected and cannot be deleted`,
			"The image is protected from deletion.", "take the protection away first"),
		says(403, `only shared images have members|images do not have members`,
			"Only a shared image has members.", "set the visibility to shared first"),

		// 404.
		says(404, `image with the given id|no image found with id|failed to find image`,
			"The image is not there, or you may not see it.",
			"refresh the list: it may have been deleted or made private"),

		// 409.
		says(409, `property (.+) does not exist`,
			"The property $1 was removed after you opened the image.",
			"read the image again; your other changes are kept"),
		says(409, `property (.+) already present`,
			"The property $1 is there already.", "read the image again, and change its value instead"),
		says(409, `locations if image status is (\w+)`,
			"Locations cannot change while the image is $1.",
			"wait until an upload or import has ended, or reactivate the image first; a queued image has none to remove"),
		says(409, `conflicting values for|is already set with a different value|may only be provided when image|is not a valid hexadecimal|is not the correct size for|os_hash_algo must be`,
			"The hash given for the location's data does not suit this image.",
			"leave the hash out, or give it in the server's algorithm while the image is queued"),
		says(409, `prior operation is still in progress`,
			"An import of this image is still running.", "wait until it has ended"),

		// 413.
		says(413, `image properties.*maximum: (\d+)`,
			"The image would have more properties than the server's limit of $1.",
			"remove properties in the same edit, or ask an administrator to raise the quota"),
		says(413, `image tags.*maximum: (\d+)`,
			"The image would have more tags than the server's limit of $1.",
			"remove tags in the same edit, or ask an administrator to raise the quota"),
		says(413, `image locations.*maximum: (\d+)`,
			"The image would have more locations than the server's limit of $1.",
			"remove a location first, or ask an administrator to raise the quota"),
		says(413, `image members.*maximum: (\d+)`,
			"The image would have more members than the server's limit of $1.",
			"remove a member first, or ask an administrator to raise the quota"),
		says(413, `exceeds the quota|will exceed the limit`,
			"The project's storage quota does not hold this data.",
			"delete unused images, or ask an administrator to raise the quota"),
		says(413, `body of your request was too large`,
			"The request is larger than the server or a proxy takes.", "shorten long values"),
	}
})
