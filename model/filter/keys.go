package filter

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Term describes one form of a filter's term, for help and completion.
type Term struct {
	// Key is what is before the colon; "" for a free word.
	Key string
	// Form is an example of the whole term.
	Form string
	// Means says in a few words which images it lets pass.
	Means string
	// Values are the words that can be after the colon, where they are few.
	Values []string
}

// filterKey is one key of a filter and how its value is read.
type filterKey struct {
	term  Term
	other string   // a second name for it, as the API spells it
	reads []string // the attributes that it is about
	parse func(filterValue, time.Time) (filterMatch, *Error)
	// ask is the server's own filter that lets at least the same images pass;
	// nil (or no value) where it has none.
	ask func(filterValue, api.Session) (name, value string)
}

// Terms describes every form of a term, the most useful first.
func Terms() []Term {
	terms := []Term{{Form: "fedora", Means: "name or tag contains it, or the ID starts with it"}}
	for _, k := range filterKeys() {
		terms = append(terms, k.term)
	}
	return append(terms,
		Term{Form: "name:~fedora", Means: "~ is \"contains\", for all texts: prop:os=~win"},
		Term{Form: `name:"two words"`, Means: `quotes keep spaces; tag:"" finds untagged images`},
		Term{Form: "!status:active", Means: "! negates a term; unknown matches neither"},
	)
}

// usefulFirst is the order of the keys in help; the others follow.
var usefulFirst = []string{"status", "visibility", "tags", "size", "name", "owner", "updated_at", "created_at",
	"properties", "disk_format", "container_format", "locations", "protected", "os_hidden"}

// filterKeys are the keys, made of the table of attributes. An attribute's name
// in the API is a key too where ours is shorter.
func filterKeys() []filterKey {
	var keys []filterKey
	for _, a := range model.Attributes() {
		if a.Filter.Form != "" {
			keys = append(keys, filterKeyOf(a))
		}
	}
	rank := func(k filterKey) int {
		if at := slices.Index(usefulFirst, k.reads[0]); at >= 0 {
			return at
		}
		return len(usefulFirst)
	}
	slices.SortStableFunc(keys, func(a, b filterKey) int { return rank(a) - rank(b) })
	return keys
}

func filterKeyOf(a *model.Attribute) filterKey {
	k := filterKey{term: Term{Form: a.Filter.Form, Means: a.Filter.Means}, reads: []string{a.Name}}
	k.term.Key, _, _ = strings.Cut(a.Filter.Form, ":")
	if k.term.Key != a.Name {
		k.other = a.Name
	}
	switch {
	case a.Kind == model.KindTags:
		k.parse = parseTag
	case a.Kind == model.KindLocations:
		k.parse = parseLocation
	case a.Kind == model.KindProperties:
		k.parse, k.other = parseProperty, "property"
	case a.Name == "id":
		k.parse = parseID
	case a.Name == "owner":
		k.parse, k.ask, k.term.Values = parseOwner, askOwner, []string{"me"}
	case a.Name == "size":
		k.parse, k.ask = parseSize(fieldOf[model.Opt[int64]](a)), askSize
	case a.Values != nil:
		k.parse, k.ask, k.term.Values = parseChoice(a.Name, a.Values, fieldOf[string](a)), askChoice(a.Name, a.Values, a.Name == "status"), a.Values
	case a.Kind == model.KindBool:
		k.parse, k.ask, k.term.Values = parseBool(fieldOf[bool](a)), askBool(a.Name), []string{"yes", "no"}
	case a.Kind == model.KindInteger:
		k.parse = parseCount(fieldOf[int64](a))
	case a.Kind == model.KindTime:
		k.parse = parseTime(fieldOf[time.Time](a))
	default:
		k.parse = parseText(func(i *model.Image) string { return a.Field(i).(*model.Opt[string]).Value })
	}
	return k
}

// fieldOf reads an attribute whose field is of the type.
func fieldOf[T any](a *model.Attribute) func(*model.Image) T {
	return func(i *model.Image) T { return *a.Field(i).(*T) }
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
	s := "unknown key"
	if near := model.Nearest(name, names); near != "" {
		s += "; did you mean " + near + ":?"
	}
	return s + " (keys: " + strings.Join(names, " ") + `; to search for the word itself, quote it)`
}
