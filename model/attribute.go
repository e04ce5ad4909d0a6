package model

import "slices"

// Kind is how an attribute is edited.
type Kind int

// The kinds of attribute.
const (
	KindText Kind = iota
	KindBool
	KindInteger
	KindChoice // one of Rules.Choices
	KindTags
	KindLocations
	KindProperties
)

// Group gathers attributes that belong together on a screen.
type Group string

// The groups, in the order in which a screen shows them.
const (
	GroupIdentity   Group = "Identity"
	GroupAccess     Group = "Access"
	GroupHardware   Group = "Hardware"
	GroupData       Group = "Data"
	GroupProperties Group = "Properties"
	GroupTimes      Group = "Times"
)

// Attribute describes one attribute of an image. The form, the checks, the
// diff, the columns of the list and the documentation read it here.
type Attribute struct {
	Name  string // as the API spells it
	Label string // for people
	Unit  string // "GB", "MB", "bytes" or empty
	Kind  Kind
	Group Group
	Help  string // one sentence

	// Base is true for the attributes of every image, which can be replaced
	// but never removed.
	Base bool
	// ByServer is true for what no client can set.
	ByServer bool
	// Formats is true for the attributes that are fixed once an image has data.
	Formats bool
}

// Attributes lists them all, in the order of the form; those that only the
// server sets stand where a reader looks for them. The result is the caller's.
func Attributes() []Attribute { return slices.Clone(attributes) }

// AttributeNamed finds an attribute by its name in the API.
func AttributeNamed(name string) (Attribute, bool) {
	for _, a := range attributes {
		if a.Name == name {
			return a, true
		}
	}
	return Attribute{}, false
}

var attributes = []Attribute{
	{Name: "id", Label: "ID", Kind: KindText, Group: GroupIdentity, Base: true, ByServer: true,
		Help: "What commands and other services call the image by; it never changes."},
	{Name: "name", Label: "Name", Kind: KindText, Group: GroupIdentity, Base: true,
		Help: "What people call the image; it need not be unique."},
	{Name: "status", Label: "Status", Kind: KindChoice, Group: GroupIdentity, Base: true, ByServer: true,
		Help: "How far the image's data is: queued has none yet, active is usable."},
	{Name: "tags", Label: "Tags", Kind: KindTags, Group: GroupIdentity, Base: true,
		Help: "Words to find the image by; a set without order."},
	{Name: "owner", Label: "Owner", Kind: KindText, Group: GroupAccess, Base: true,
		Help: "The project that the image belongs to; only an administrator can give it away."},
	{Name: "visibility", Label: "Visibility", Kind: KindChoice, Group: GroupAccess, Base: true,
		Help: "Who can see and boot the image: its project, its members, who asks for it, or everybody."},
	{Name: "protected", Label: "Protected", Kind: KindBool, Group: GroupAccess, Base: true,
		Help: "A protected image cannot be deleted; everything else about it can change."},
	{Name: "os_hidden", Label: "Hidden", Kind: KindBool, Group: GroupAccess, Base: true,
		Help: "A hidden image is left out of lists but still works by its id."},
	{Name: "min_disk", Label: "Min disk", Unit: "GB", Kind: KindInteger, Group: GroupHardware, Base: true,
		Help: "The smallest disk that a server needs to boot the image."},
	{Name: "min_ram", Label: "Min RAM", Unit: "MB", Kind: KindInteger, Group: GroupHardware, Base: true,
		Help: "The least memory that a server needs to boot the image."},
	{Name: "disk_format", Label: "Disk format", Kind: KindChoice, Group: GroupData, Base: true, Formats: true,
		Help: "The format of the disk inside the image; fixed once the image has data."},
	{Name: "container_format", Label: "Container format", Kind: KindChoice, Group: GroupData, Base: true, Formats: true,
		Help: "What is wrapped around the disk, mostly bare; fixed once the image has data."},
	{Name: "locations", Label: "Locations", Kind: KindLocations, Group: GroupData, Base: true,
		Help: "Where the image's data lies; removing one deletes the data behind it."},
	{Name: "size", Label: "Size", Unit: "bytes", Kind: KindInteger, Group: GroupData, Base: true, ByServer: true,
		Help: "The length of the image's data."},
	{Name: "virtual_size", Label: "Virtual size", Unit: "bytes", Kind: KindInteger, Group: GroupData, Base: true, ByServer: true,
		Help: "The size of the disk that the image unfolds to."},
	{Name: "checksum", Label: "Checksum", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help: "The MD5 sum of the image's data, where the server still keeps one."},
	{Name: "os_hash_algo", Label: "Hash algorithm", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help: "The algorithm of the hash."},
	{Name: "os_hash_value", Label: "Hash", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help: "The hash of the image's data."},
	{Name: "properties", Label: "Properties", Kind: KindProperties, Group: GroupProperties,
		Help: "Custom properties: texts under names of your choice, some of which other services read."},
	{Name: "created_at", Label: "Created", Kind: KindText, Group: GroupTimes, Base: true, ByServer: true,
		Help: "When the image was created."},
	{Name: "updated_at", Label: "Updated", Kind: KindText, Group: GroupTimes, Base: true, ByServer: true,
		Help: "When the image was last changed, in whole seconds."},
}
