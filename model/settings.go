package model

// setting is an attribute that a client sets as a whole.
type setting struct {
	name string
	path string // the pointer to it
	// equal is whether two images agree in it, both of which know it.
	equal func(a, b *Image) bool
	// get is the value as it is sent: string, bool, int64, nil or []string.
	get func(*Image) any
	// put takes such a value, or a plain one that fits the default schema.
	put func(*Image, any)
}

// same is whether two images agree in it.
func (s *setting) same(a, b *Image) bool {
	if alike, decided := unreadAlike(a, b, s.name); decided {
		return alike
	}
	return s.equal(a, b)
}

// set gives the image a value, which is known then.
func (s *setting) set(i *Image, value any) {
	s.put(i, value)
	i.known(s.name)
}

// copy makes the image agree with another.
func (s *setting) copy(to, from *Image) {
	s.set(to, s.get(from))
	if raw, unread := from.Unread[s.name]; unread {
		to.keepUnread(s.name, raw)
	}
}

// settings are in the order in which a patch sets them: the formats first, as
// they must stand before the location that makes a queued image active
// (measured: 400 otherwise).
var settings = []setting{
	nullableText("disk_format", func(i *Image) *Opt[string] { return &i.DiskFormat }),
	nullableText("container_format", func(i *Image) *Opt[string] { return &i.ContainerFormat }),
	nullableText("name", func(i *Image) *Opt[string] { return &i.Name }),
	{name: "tags", path: "/tags",
		equal: func(a, b *Image) bool { return SameTags(a.Tags, b.Tags) },
		get:   func(i *Image) any { return NormalTags(i.Tags) },
		put:   func(i *Image, value any) { i.Tags = tagsOf(value) }},
	nullableText("owner", func(i *Image) *Opt[string] { return &i.Owner }),
	plain("visibility", func(i *Image) *Visibility { return &i.Visibility },
		func(v Visibility) any { return string(v) }, func(v any) Visibility { return Visibility(optText(v).Value) }),
	flag("protected", func(i *Image) *bool { return &i.Protected }),
	flag("os_hidden", func(i *Image) *bool { return &i.Hidden }),
	count("min_disk", func(i *Image) *int64 { return &i.MinDisk }),
	count("min_ram", func(i *Image) *int64 { return &i.MinRAM }),
}

// settingNamed finds a setting by its name in the API, nil when there is none.
func settingNamed(name string) *setting {
	for n := range settings {
		if settings[n].name == name {
			return &settings[n]
		}
	}
	return nil
}

// plain makes a setting of the field that it stands in.
func plain[T comparable](name string, field func(*Image) *T, sent func(T) any, read func(any) T) setting {
	return setting{
		name:  name,
		path:  "/" + name,
		equal: func(a, b *Image) bool { return *field(a) == *field(b) },
		get:   func(i *Image) any { return sent(*field(i)) },
		put:   func(i *Image, value any) { *field(i) = read(value) },
	}
}

func nullableText(name string, field func(*Image) *Opt[string]) setting {
	return plain(name, field, nullable[string], optText)
}

func flag(name string, field func(*Image) *bool) setting {
	return plain(name, field, func(b bool) any { return b }, func(v any) bool { return v == true })
}

func count(name string, field func(*Image) *int64) setting {
	return plain(name, field, func(n int64) any { return n }, integer)
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

// tagsOf is a list of texts, typed or plain, as a set.
func tagsOf(value any) []string {
	if tags, typed := value.([]string); typed {
		return NormalTags(tags)
	}
	list, _ := value.([]any)
	tags := make([]string, 0, len(list))
	for _, element := range list {
		text, _ := element.(string)
		tags = append(tags, text)
	}
	return NormalTags(tags)
}
