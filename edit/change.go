package edit

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// Change is one thing that an image is to be, whatever it was before: a value,
// or a tag, a property or a location that it is to have or not to have.
type Change struct {
	attr string // in the API; "properties" for one of them
	key  string // the property, the tag or the URL; else empty
	does verb
	text string // what a text is set to
	flag bool
	size int64
	tags []string // all of them, where they are set together
	said string   // as it was written
}

type verb int

const (
	sets   verb = iota // the attribute has this value
	unsets             // it has none
	adds               // the tag or location is there
	drops              // it is not
)

// ChangeForm describes one way to write a change, for help and completion.
type ChangeForm struct {
	Begins string // what it begins with
	Form   string // an example of the whole
	Means  string
}

// ChangeForms describes them all.
func ChangeForms() []ChangeForm {
	var forms []ChangeForm
	for _, a := range model.Attributes() {
		for _, u := range a.Changes {
			end := strings.LastIndexByte(u.Form, ':')
			if end < 0 {
				end = strings.IndexByte(u.Form, '=')
			}
			forms = append(forms, ChangeForm{Begins: u.Form[:end+1], Form: u.Form, Means: u.Means})
		}
	}
	return append(forms, ChangeForm{"unset:", "unset:name", "without a name; also owner and the two formats"})
}

// nameOf is what a change calls an attribute.
func nameOf(a *model.Attribute) string {
	if len(a.Changes) == 0 {
		return a.Name
	}
	form := a.Changes[0].Form
	return form[:strings.IndexAny(form, "+=:")]
}

// ParseChange reads a change as it is written on a command line.
func ParseChange(arg string) (Change, error) {
	c := Change{said: arg}
	if rest, is := strings.CutPrefix(arg, "unset:"); is {
		c.does = unsets
		return c.parseUnset(rest)
	}
	if rest, is := strings.CutPrefix(arg, "prop:"); is {
		return c.parseProperty(rest)
	}
	name, value, found := strings.Cut(arg, "=")
	if !found {
		return c, fmt.Errorf("%q is not a change: write NAME=VALUE, such as %s", arg, exampleOf(name))
	}
	switch {
	case strings.HasSuffix(name, "+"):
		name, c.does = strings.TrimSuffix(name, "+"), adds
	case strings.HasSuffix(name, "-"):
		name, c.does = strings.TrimSuffix(name, "-"), drops
	}
	attr, err := attribute(name, arg)
	if err != nil {
		return c, err
	}
	c.attr = attr.Name
	if several := attr.Kind == model.KindTags || attr.Kind == model.KindLocations; c.does != sets && !several {
		return c, fmt.Errorf("%s has one value: write %s=VALUE", name, name)
	}
	return c.parseValue(attr.Kind, name, value)
}

func exampleOf(name string) string {
	if a, err := attribute(name, name); err == nil && a.Kind == model.KindBool {
		return name + "=yes"
	}
	return "name=VALUE, tags+=TAG or prop:NAME=VALUE"
}

// attribute finds what a change is about, by its name in the API as well.
func attribute(name, arg string) (*model.Attribute, error) {
	for _, a := range model.Attributes() {
		switch {
		case a.Kind == model.KindProperties || name != a.Name && name != nameOf(a):
		case a.ByServer:
			return nil, fmt.Errorf("%s is set by the server and cannot be changed", name)
		default:
			return a, nil
		}
	}
	return nil, unknown(name, arg)
}

// unknown is about a name that no attribute has.
func unknown(name, arg string) error {
	var names []string
	for _, f := range ChangeForms() {
		names = append(names, strings.TrimRight(f.Begins, "+-=:"))
	}
	if near := model.Nearest(name, names); near != "" {
		return fmt.Errorf("no attribute is called %q; did you mean %s?", name, near)
	}
	if strings.HasPrefix(arg, "unset:") {
		return fmt.Errorf("no attribute is called %q; a property is taken away by unset:prop:%s", name, quoted(name, ""))
	}
	_, value, _ := strings.Cut(arg, "=")
	return fmt.Errorf("no attribute is called %q; a property is written prop:%s=%s", name, quoted(name, "="), value)
}

func (c Change) parseUnset(rest string) (Change, error) {
	if name, is := strings.CutPrefix(rest, "prop:"); is {
		name, after, err := token(name, "")
		if err != nil || after != "" || name == "" {
			return c, fmt.Errorf("%q names no property: write unset:prop:NAME", c.said)
		}
		c.attr, c.key = "properties", name
		return c, nil
	}
	a, err := attribute(rest, c.said)
	if err != nil {
		return c, err
	}
	if a.Nullable() {
		c.attr = a.Name
		return c, nil
	}
	return c, fmt.Errorf("%s always has a value, so it cannot be unset", rest)
}

func (c Change) parseProperty(rest string) (Change, error) {
	name, after, err := token(rest, "=")
	value, found := strings.CutPrefix(after, "=")
	if err != nil || !found || name == "" {
		return c, fmt.Errorf("%q names no property and its value: write prop:NAME=VALUE", c.said)
	}
	c.attr, c.key, c.text = "properties", name, value
	return c, nil
}

func (c Change) parseValue(kind model.Kind, name, value string) (Change, error) {
	switch kind {
	case model.KindBool:
		switch strings.ToLower(value) {
		case "yes", "true":
			c.flag = true
		case "no", "false":
		default:
			return c, fmt.Errorf("%s=%s: write yes or no", name, value)
		}
	case model.KindInteger:
		n, err := strconv.ParseInt(value, 10, 64)
		if errors.Is(err, strconv.ErrRange) {
			return c, fmt.Errorf("%s=%s: the number is too large", name, value)
		}
		if err != nil {
			return c, fmt.Errorf("%s=%s: a whole number is needed; 0 means no minimum", name, value)
		}
		c.size = n
	case model.KindTags:
		tags, err := splitTags(value)
		switch {
		case err != nil:
			return c, fmt.Errorf("%s: %w", c.said, err)
		case c.does != sets && len(tags) == 0:
			return c, fmt.Errorf("%s names no tag", c.said)
		}
		c.tags = tags
	case model.KindLocations:
		switch {
		case c.does == sets:
			return c, fmt.Errorf("locations come and go one by one: write %s+=URL or %s-=URL", name, name)
		case value == "":
			return c, fmt.Errorf("%s names no URL", c.said)
		}
		c.key = value
	default:
		c.text = value
	}
	return c, nil
}

// splitTags reads a list with commas between. A tag with a comma is in
// quotation marks, which are doubled within.
func splitTags(list string) (tags []string, err error) {
	for list != "" {
		tag, rest, err := token(list, ",")
		switch {
		case err != nil:
			return nil, err
		case tag == "":
			return nil, errors.New("there is no tag between two commas")
		}
		tags = append(tags, tag)
		after, more := strings.CutPrefix(rest, ",")
		if more && after == "" {
			return nil, errors.New("there is no tag behind the last comma")
		}
		list = after
	}
	return tags, nil
}

// token is what is before the first of the ends, or between quotation
// marks; rest begins with the end.
func token(s, end string) (text, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		if at := strings.Index(s, end); end != "" && at >= 0 {
			return s[:at], s[at:], nil
		}
		return s, "", nil
	}
	var b strings.Builder
	for s = s[1:]; ; {
		at := strings.IndexByte(s, '"')
		if at < 0 {
			return "", "", errors.New(`a closing " is missing`)
		}
		b.WriteString(s[:at])
		s = s[at+1:]
		if !strings.HasPrefix(s, `"`) {
			break
		}
		b.WriteByte('"')
		s = s[1:]
	}
	if s != "" && !strings.HasPrefix(s, end) || s != "" && end == "" {
		return "", "", fmt.Errorf("%q follows a closing quotation mark", s)
	}
	return b.String(), s, nil
}

// quoted is a text as token reads it.
func quoted(s, end string) string {
	if strings.HasPrefix(s, `"`) || end != "" && strings.Contains(s, end) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// String is the change as it is written.
func (c Change) String() string {
	a, _ := model.AttributeNamed(c.attr)
	name := nameOf(a)
	sign := map[verb]string{sets: "=", adds: "+=", drops: "-="}[c.does]
	switch {
	case c.does == unsets && c.attr == "properties":
		return "unset:prop:" + quoted(c.key, "")
	case c.does == unsets:
		return "unset:" + name
	case c.attr == "properties":
		return "prop:" + quoted(c.key, "=") + "=" + c.text
	case c.attr == "tags":
		list := make([]string, len(c.tags))
		for n, t := range c.tags {
			list[n] = quoted(t, ",")
		}
		return name + sign + strings.Join(list, ",")
	case c.attr == "locations":
		return name + sign + c.key
	}
	switch a.Kind {
	case model.KindBool:
		return name + "=" + map[bool]string{true: "yes", false: "no"}[c.flag]
	case model.KindInteger:
		return name + "=" + strconv.FormatInt(c.size, 10)
	}
	return name + "=" + c.text
}

// Changes are what an image is to be, all together.
type Changes []Change

// ParseChanges reads several changes that do not contradict one another. The
// error has a line for each that cannot be read.
func ParseChanges(args []string) (Changes, error) {
	var all Changes
	var errs []error
	for _, arg := range args {
		c, err := ParseChange(arg)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, o := range all {
			if c.contradicts(o) {
				errs = append(errs, fmt.Errorf("%s and %s contradict each other", o.said, c.said))
				break
			}
		}
		all = append(all, c)
	}
	return all, errors.Join(errs...)
}

// contradicts reports whether no image can be both.
func (c Change) contradicts(o Change) bool {
	if c.attr != o.attr || c.key != o.key {
		return false
	}
	if c.attr != "tags" {
		return c.String() != o.String()
	}
	switch {
	case c.does == o.does && c.does != sets:
		return false // both come, or both go
	case c.does == sets || o.does == sets:
		return c.String() != o.String() // all tags are named there
	}
	return slices.ContainsFunc(c.tags, func(t string) bool { return slices.Contains(o.tags, t) })
}

// TouchLocations reports whether a location is to come or to go.
func (all Changes) TouchLocations() bool {
	return slices.ContainsFunc(all, func(c Change) bool { return c.attr == "locations" })
}

// Owner is the project that the image is to belong to; "" where none is named.
func (all Changes) Owner() string {
	for _, c := range all {
		if c.attr == "owner" {
			return c.text
		}
	}
	return ""
}
