package model

import "time"

// attributes is the table of attributes: whatever is to be known of one is here.
var attributes = []*Attribute{
	{
		Name: "id", Label: "ID", Kind: KindText, Group: GroupIdentity, Base: true, ByServer: true,
		Help:   "What commands and other services call the image by; it never changes.",
		Filter: Usage{"id:da3b75d9", "the id begins with this"},
		field:  func(i *Image) any { return &i.ID },
	},
	{
		Name: "name", Label: "Name", Kind: KindText, Group: GroupIdentity, Base: true,
		Help:   "What people call the image; it need not be unique.",
		Column: "NAME", Verb: "rename", Option: "--name",
		Filter:  Usage{"name:fedora", "exactly this name"},
		Changes: []Usage{{"name=TEXT", "the name; name= is no name, not an empty one"}},
		field:   func(i *Image) any { return &i.Name },
	},
	{
		Name: "status", Label: "Status", Kind: KindChoice, Group: GroupIdentity, Base: true, ByServer: true, Values: texts(Statuses),
		Help:   "How far the image's data is: queued has none yet, active is usable.",
		Column: "STATUS",
		Filter: Usage{"status:queued,killed", "the status is one of these; a beginning is enough"},
		field:  func(i *Image) any { return (*string)(&i.Status) },
	},
	{
		Name: "tags", Label: "Tags", Kind: KindTags, Group: GroupIdentity, Base: true,
		Help:   "Words to find the image by; a set without order.",
		Column: "TAGS", Verb: "tags",
		Filter: Usage{"tag:lts", "it has the tag; repeat it for several"},
		Changes: []Usage{
			{"tags=lts,beta", "these tags and no others; tags= takes all away"},
			{"tags+=lts", "with these tags, beside those that it has"},
			{"tags-=beta", "without these tags"},
		},
		field: func(i *Image) any { return &i.Tags },
	},
	{
		Name: "owner", Label: "Owner", Kind: KindText, Group: GroupAccess, Base: true,
		Help:   "The project that the image belongs to; only an administrator can give it away.",
		Column: "PROJECT", Verb: "owner", Option: "--project",
		Filter:  Usage{"owner:me", "it belongs to my project, or to that of an id or name"},
		Changes: []Usage{{"owner=PROJECT_ID", "the project that it belongs to, by its id"}},
		field:   func(i *Image) any { return &i.Owner },
	},
	{
		Name: "visibility", Label: "Visibility", Kind: KindChoice, Group: GroupAccess, Base: true, Values: texts(Visibilities),
		Help:   "Who can see and boot the image: its project, its members, who asks for it, or everybody.",
		Column: "VISIBILITY", Verb: "visibility", Option: "--",
		Filter:  Usage{"visibility:public", "who can see it; a beginning is enough"},
		Changes: []Usage{{"visibility=public", "who can see it: private, shared, community or public"}},
		field:   func(i *Image) any { return (*string)(&i.Visibility) },
	},
	{
		Name: "protected", Label: "Protected", Kind: KindBool, Group: GroupAccess, Base: true,
		Help: "A protected image cannot be deleted; everything else about it can change.",
		On:   "it cannot be deleted", Verb: "protection", Option: "--protected", OptionOff: "--unprotected",
		Filter:  Usage{"protected:yes", "it is kept from being deleted"},
		Changes: []Usage{{"protected=yes", "whether nobody can delete it: yes or no"}},
		field:   func(i *Image) any { return &i.Protected },
	},
	{
		Name: "os_hidden", Label: "Hidden", Kind: KindBool, Group: GroupAccess, Base: true, Beside: true,
		Help: "A hidden image is left out of lists but still works by its id.",
		On:   "it is left out of lists", Verb: "hidden", Option: "--hidden", OptionOff: "--unhidden",
		Filter:  Usage{"hidden:yes", "it is hidden from ordinary lists"},
		Changes: []Usage{{"hidden=yes", "whether lists leave it out: yes or no"}},
		field:   func(i *Image) any { return &i.Hidden },
	},
	{
		Name: "min_disk", Label: "Min disk", Unit: "GB", Kind: KindInteger, Group: GroupHardware, Base: true,
		Help: "The smallest disk that a server needs to boot the image.",
		Of:   "disk", Verb: "min disk", Option: "--min-disk",
		Filter:  Usage{"min_disk:>20", "GB of disk that it asks for"},
		Changes: []Usage{{"min_disk=10", "the smallest disk in GB; 0 for no minimum"}},
		field:   func(i *Image) any { return &i.MinDisk },
	},
	{
		Name: "min_ram", Label: "Min RAM", Unit: "MB", Kind: KindInteger, Group: GroupHardware, Base: true, Beside: true,
		Help: "The least memory that a server needs to boot the image.",
		Of:   "RAM", Verb: "min RAM", Option: "--min-ram",
		Filter:  Usage{"min_ram:>=2048", "MB of memory that it asks for"},
		Changes: []Usage{{"min_ram=512", "the least memory in MB; 0 for no minimum"}},
		field:   func(i *Image) any { return &i.MinRAM },
	},
	{
		Name: "disk_format", Label: "Disk format", Kind: KindChoice, Group: GroupData, Base: true, Formats: true,
		Help:   "The format of the disk inside the image; fixed once the image has data.",
		Column: "FORMAT", Verb: "disk format", Option: "--disk-format",
		OptionValues: []string{"ami", "ari", "aki", "vhd", "vmdk", "raw", "qcow2", "vhdx", "vdi", "iso", "ploop"},
		Filter:       Usage{"format:qcow2", "the disk format"},
		Changes:      []Usage{{"disk_format=qcow2", "the disk format, while it has no data"}},
		field:        func(i *Image) any { return &i.DiskFormat },
	},
	{
		Name: "container_format", Label: "Container format", Kind: KindChoice, Group: GroupData, Base: true, Formats: true, Beside: true,
		Help: "What is wrapped around the disk, mostly bare; fixed once the image has data.",
		Verb: "container", Option: "--container-format",
		OptionValues: []string{"ami", "ari", "aki", "bare", "docker", "ova", "ovf"},
		Filter:       Usage{"container:bare", "the container format"},
		Changes:      []Usage{{"container_format=bare", "the container format, while it has no data"}},
		field:        func(i *Image) any { return &i.ContainerFormat },
	},
	{
		Name: "locations", Label: "Locations", Kind: KindLocations, Group: GroupData, Base: true,
		Help:   "Where the image's data lies; removing one deletes the data behind it.",
		Filter: Usage{"location:~mirror", "the URL of a location"},
		Changes: []Usage{
			{"location+=URL", "with this location, at the end"},
			{"location-=URL", "without this location"},
		},
		field: func(i *Image) any { return &i.Locations },
	},
	{
		Name: "size", Label: "Size", Unit: "bytes", Kind: KindInteger, Group: GroupData, Base: true, ByServer: true,
		Help:   "The length of the image's data.",
		Column: "SIZE",
		Filter: Usage{"size:>1G", "larger than 1 GiB; also < >= <= and K M T"},
		field:  func(i *Image) any { return &i.Size },
	},
	{
		Name: "virtual_size", Label: "Virtual size", Unit: "bytes", Kind: KindInteger, Group: GroupData, Base: true, ByServer: true,
		Help:  "The size of the disk that the image unfolds to.",
		field: func(i *Image) any { return &i.VirtualSize },
	},
	{
		Name: "checksum", Label: "Checksum", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help:  "The MD5 sum of the image's data, where the server still keeps one.",
		field: func(i *Image) any { return &i.Checksum },
	},
	{
		Name: "os_hash_algo", Label: "Hash algorithm", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help:  "The algorithm of the hash.",
		field: func(i *Image) any { return &i.HashAlgo },
	},
	{
		Name: "os_hash_value", Label: "Hash", Kind: KindText, Group: GroupData, Base: true, ByServer: true,
		Help:  "The hash of the image's data.",
		field: func(i *Image) any { return &i.HashValue },
	},
	{
		Name: "properties", Label: "Properties", Kind: KindProperties, Group: GroupProperties,
		Help:   "Custom properties: texts under names of your choice, some of which other services read.",
		Filter: Usage{"prop:os_distro=ubuntu", "a property has this value; without = it only exists"},
		Changes: []Usage{
			{"prop:os_distro=ubuntu", "a property and its value; prop:x= is an empty one"},
			{"unset:prop:os_distro", "without this property"},
		},
		field: func(i *Image) any { return &i.Properties },
	},
	{
		Name: "created_at", Label: "Created", Kind: KindTime, Group: GroupTimes, Base: true, ByServer: true,
		Help:   "When the image was created.",
		Filter: Usage{"created:>2026-01-31", "made after that day; both take ages and dates"},
		field:  func(i *Image) any { return &i.CreatedAt },
	},
	{
		Name: "updated_at", Label: "Updated", Kind: KindTime, Group: GroupTimes, Base: true, ByServer: true,
		Help:   "When the image was last changed, in whole seconds.",
		Column: "UPDATED",
		Filter: Usage{"updated:<2d", "changed less than 2 days ago (s m h d w mo y)"},
		field:  func(i *Image) any { return &i.UpdatedAt },
	},
}

// The types that a field can have: whoever reads one by its type knows them all.
var _ = []any{
	(*string)(nil), (*Opt[string])(nil), (*bool)(nil), (*int64)(nil), (*Opt[int64])(nil), (*time.Time)(nil),
	(*[]string)(nil), (*[]Location)(nil), (*map[string]Opt[string])(nil),
}
