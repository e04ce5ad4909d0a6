package model

// setting is an attribute that a client sets as a whole to one plain value.
type setting struct {
	name string
	// get is the value as it is sent: string, bool, int64 or nil.
	get func(*Image) any
	// set takes a plain value that fits the default schema.
	set func(*Image, any)
}

// settings are in the order in which a patch sets them: the formats first, as
// they must stand before the location that makes a queued image active
// (measured: 400 otherwise).
var settings = []setting{
	{"disk_format",
		func(i *Image) any { return nullable(i.DiskFormat) },
		func(i *Image, v any) { i.DiskFormat = optText(v) }},
	{"container_format",
		func(i *Image) any { return nullable(i.ContainerFormat) },
		func(i *Image, v any) { i.ContainerFormat = optText(v) }},
	{"name",
		func(i *Image) any { return nullable(i.Name) },
		func(i *Image, v any) { i.Name = optText(v) }},
	{"owner",
		func(i *Image) any { return nullable(i.Owner) },
		func(i *Image, v any) { i.Owner = optText(v); i.Owner.Set = i.Owner.Value != "" }}, // "" is none (measured)
	{"visibility",
		func(i *Image) any { return string(i.Visibility) },
		func(i *Image, v any) { i.Visibility = Visibility(optText(v).Value) }},
	{"protected",
		func(i *Image) any { return i.Protected },
		func(i *Image, v any) { i.Protected = v == true }},
	{"os_hidden",
		func(i *Image) any { return i.Hidden },
		func(i *Image, v any) { i.Hidden = v == true }},
	{"min_disk",
		func(i *Image) any { return i.MinDisk },
		func(i *Image, v any) { i.MinDisk = integer(v) }},
	{"min_ram",
		func(i *Image) any { return i.MinRAM },
		func(i *Image, v any) { i.MinRAM = integer(v) }},
}

// settingNamed finds a setting by its name in the API.
func settingNamed(name string) (setting, bool) {
	for _, s := range settings {
		if s.name == name {
			return s, true
		}
	}
	return setting{}, false
}

// optText is a plain value that the schema lets be text or null.
func optText(value any) Opt[string] {
	text, isText := value.(string)
	if !isText {
		return Null[string]()
	}
	return Some(text)
}

// integer is a plain value that the schema lets be a whole number.
func integer(value any) int64 {
	n, _ := wholeNumber(pythonText(value))
	return n
}
