package model

import (
	"strings"
	"sync"
	"time"
)

// FilterTerm describes one form of a filter's term, for help and completion.
type FilterTerm struct {
	// Key is what stands before the colon; "" for a free word.
	Key string
	// Form is an example of the whole term.
	Form string
	// Means says in a few words which images it lets pass.
	Means string
	// Values are the words that can stand after the colon, where they are few.
	Values []string
}

// filterKey is one key of a filter and how its value is read.
type filterKey struct {
	term  FilterTerm
	other string   // a second name for it, as the API spells it
	reads []string // the attributes that it is about
	parse func(filterValue, time.Time) (filterMatch, *FilterError)
	// ask is the server's own filter that lets at least the same images pass;
	// nil (or no value) where it has none.
	ask func(filterValue, Session) (name, value string)
}

// FilterTerms describes every form of a term, the most useful first.
func FilterTerms() []FilterTerm {
	terms := []FilterTerm{{Form: "fedora", Means: "in the name or a tag, or the id begins with it"}}
	for _, k := range filterKeys() {
		terms = append(terms, k.term)
	}
	return append(terms,
		FilterTerm{Form: "name:~fedora", Means: "~ means contains: of all texts, such as prop:os=~win"},
		FilterTerm{Form: `name:"two words"`, Means: `quotation marks keep spaces; tag:"" is no tag`},
		FilterTerm{Form: "!status:active", Means: "! turns a term around; unknown matches neither"},
	)
}

// filterKeys is the table of keys. The names of a server's attributes are
// taken too where ours is shorter.
func filterKeys() []filterKey {
	return []filterKey{
		{
			term:  FilterTerm{Key: "status", Form: "status:queued,killed", Means: "the status is one of these; a beginning is enough", Values: texts(Statuses)},
			reads: []string{"status"},
			parse: parseChoice("status", texts(Statuses), func(i *Image) string { return string(i.Status) }),
			ask:   askChoice("status", texts(Statuses), true),
		},
		{
			term:  FilterTerm{Key: "visibility", Form: "visibility:public", Means: "who can see it; a beginning is enough", Values: texts(Visibilities)},
			reads: []string{"visibility"},
			parse: parseChoice("visibility", texts(Visibilities), func(i *Image) string { return string(i.Visibility) }),
			ask:   askChoice("visibility", texts(Visibilities), false),
		},
		{
			term:  FilterTerm{Key: "tag", Form: "tag:lts", Means: "it has the tag; repeat it for several"},
			reads: []string{"tags"},
			parse: parseTag,
		},
		{
			term:  FilterTerm{Key: "size", Form: "size:>1G", Means: "larger than 1 GiB; also < >= <= and K M T"},
			reads: []string{"size"},
			parse: parseSize(func(i *Image) (int64, bool) { return i.Size.Value, i.Size.Set }),
			ask:   askSize,
		},
		{
			term:  FilterTerm{Key: "name", Form: "name:fedora", Means: "exactly this name"},
			reads: []string{"name"},
			parse: parseText(func(i *Image) string { return i.Name.Value }),
		},
		{
			term:  FilterTerm{Key: "owner", Form: "owner:me", Means: "it belongs to my project, or to that of an id or name", Values: []string{"me"}},
			reads: []string{"owner"},
			parse: parseOwner,
			ask:   askOwner,
		},
		{
			term:  FilterTerm{Key: "updated", Form: "updated:<2d", Means: "changed less than 2 days ago (s m h d w mo y)"},
			reads: []string{"updated_at"},
			other: "updated_at",
			parse: parseTime(func(i *Image) time.Time { return i.UpdatedAt }),
		},
		{
			term:  FilterTerm{Key: "created", Form: "created:>2026-01-31", Means: "made after that day; both take ages and dates"},
			reads: []string{"created_at"},
			other: "created_at",
			parse: parseTime(func(i *Image) time.Time { return i.CreatedAt }),
		},
		{
			term:  FilterTerm{Key: "prop", Form: "prop:os_distro=ubuntu", Means: "a property has this value; without = it only exists"},
			reads: []string{"properties"},
			other: "property",
			parse: parseProperty,
		},
		{
			term:  FilterTerm{Key: "format", Form: "format:qcow2", Means: "the disk format"},
			reads: []string{"disk_format"},
			other: "disk_format",
			parse: parseText(func(i *Image) string { return i.DiskFormat.Value }),
		},
		{
			term:  FilterTerm{Key: "container", Form: "container:bare", Means: "the container format"},
			reads: []string{"container_format"},
			other: "container_format",
			parse: parseText(func(i *Image) string { return i.ContainerFormat.Value }),
		},
		{
			term:  FilterTerm{Key: "location", Form: "location:~mirror", Means: "the URL of a location"},
			reads: []string{"locations"},
			parse: parseLocation,
		},
		{
			term:  FilterTerm{Key: "protected", Form: "protected:yes", Means: "it is kept from being deleted", Values: []string{"yes", "no"}},
			reads: []string{"protected"},
			parse: parseBool(func(i *Image) bool { return i.Protected }),
			ask:   askBool("protected"),
		},
		{
			term:  FilterTerm{Key: "hidden", Form: "hidden:yes", Means: "it is hidden from ordinary lists", Values: []string{"yes", "no"}},
			reads: []string{"os_hidden"},
			other: "os_hidden",
			parse: parseBool(func(i *Image) bool { return i.Hidden }),
			ask:   askBool("os_hidden"),
		},
		{
			term:  FilterTerm{Key: "min_disk", Form: "min_disk:>20", Means: "GB of disk that it asks for"},
			reads: []string{"min_disk"},
			parse: parseCount(func(i *Image) int64 { return i.MinDisk }),
		},
		{
			term:  FilterTerm{Key: "min_ram", Form: "min_ram:>=2048", Means: "MB of memory that it asks for"},
			reads: []string{"min_ram"},
			parse: parseCount(func(i *Image) int64 { return i.MinRAM }),
		},
		{
			term:  FilterTerm{Key: "id", Form: "id:da3b75d9", Means: "the id begins with this"},
			reads: []string{"id"},
			parse: parseID,
		},
	}
}

// filterKeyTable is built once, when a filter is first read: that happens on
// every key press.
var filterKeyTable = sync.OnceValue(filterKeys)

// filterKeysNamed are the keys that a name can stand for: one where it is a key's
// name, else all whose names begin with it.
func filterKeysNamed(name string) []filterKey {
	var begin []filterKey
	for _, k := range filterKeyTable() {
		switch {
		case name == "":
		case k.term.Key == name, k.other == name:
			return []filterKey{k}
		case strings.HasPrefix(k.term.Key, name), k.other != "" && strings.HasPrefix(k.other, name):
			begin = append(begin, k)
		}
	}
	return begin
}

// notOneFilterKey says why a name stands for no key, or for which it can.
func notOneFilterKey(name string, begin []filterKey) string {
	if len(begin) > 0 {
		var names []string
		for _, k := range begin {
			names = append(names, k.term.Key+":")
		}
		return "type more of it: it can be " + strings.Join(names, " or ")
	}
	var names []string
	for _, k := range filterKeyTable() {
		names = append(names, k.term.Key)
	}
	s := "no such key"
	if near := Nearest(name, names); near != "" {
		s += "; did you mean " + near + ":?"
	}
	return s + " (keys: " + strings.Join(names, " ") + `; to search for the word itself put it in quotation marks)`
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
