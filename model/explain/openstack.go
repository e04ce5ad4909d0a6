package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// OpenStack is the patch as commands of the openstack client: one "image set",
// one "image unset", or both, quoted for a POSIX shell; "" when it can do none
// of the patch. before is the image that the patch is for.
//
// cannot says in words what the client has no options for, with the command of
// the older glance client where that can do it. The client reads the image
// first and sends its own requests, so the two commands are not as one; the
// second runs only if the first succeeds.
//
// The options are those of python-openstackclient 6.0 (Zed); what it makes of
// odd names and values was tried with it.
func OpenStack(before model.Image, p patch.Patch) (command string, cannot []string) {
	c := &openstackCommands{before: before}
	w := explainer{rules.Rules{Release: api.Release2015}.Walk(before)} // refuses least: only words are wanted here
	for n, o := range p {
		e := patch.Decode(o)
		c.saying = w.explain(e).Text
		switch {
		case e.Fault != "":
			c.no("the path is none that a server reads")
		case e.Name != "locations" && overwritten(p[n+1:], e.Name):
		case holdsZero(e):
			c.no("no command can hold the character 0")
		case e.Name == "locations":
			c.location(w.Locations(), e)
		case e.Name == "tags":
			c.tags(e)
		case model.IsBase(e.Name):
			c.attribute(e)
		default:
			c.property(e)
		}
		_ = w.Advance(o)
	}
	return c.lines(), c.cannot
}

// overwritten reports whether a later operation decides about the same name.
func overwritten(rest patch.Patch, name string) bool {
	return slices.ContainsFunc(rest, func(o patch.Operation) bool { return patch.Decode(o).Name == name })
}

// holdsZero reports whether the name or the text has a character that ends an
// argument. In metadata it is written as an escape of JSON.
func holdsZero(e patch.Decoded) bool {
	texts := []string{e.Name}
	if v, ok := e.Text(); ok {
		texts = append(texts, v.Value)
	}
	tags, _ := e.Tags()
	texts = append(texts, tags...)
	locations, _ := e.Locations()
	if one, ok := e.Location(); ok {
		locations = append(locations, one)
	}
	for _, l := range locations {
		texts = append(texts, l.URL)
	}
	return slices.ContainsFunc(texts, func(s string) bool { return strings.ContainsRune(s, 0) })
}

// openstackCommands gathers the options for both commands.
type openstackCommands struct {
	before     model.Image
	saying     string   // the operation at hand, in words
	set, unset []string // quoted options
	cannot     []string
}

// no says that the client cannot do the operation at hand, and why.
func (c *openstackCommands) no(why string) { c.cannot = append(c.cannot, c.saying+": "+why) }

func (c *openstackCommands) setOption(option string) { c.set = append(c.set, option) }

func option(name, value string) string { return name + "=" + ShellQuote(value) }

const noOption = "the openstack client has no option for it"

func (c *openstackCommands) attribute(e patch.Decoded) {
	if e.Op == patch.OpRemove {
		c.no(noOption)
		return
	}
	a, _ := model.AttributeNamed(e.Name)
	switch v, _ := e.Text(); {
	case a.Option == "", a.Name == "owner" && v.Value == "":
		c.no(noOption)
	case a.Kind == model.KindBool:
		c.flagOption(e, a.Option, a.OptionOff)
	case a.Kind == model.KindInteger:
		c.countOption(a.Option, e)
	case a.Values != nil: // an option for each
		if !slices.Contains(a.Values, v.Value) {
			c.no(noOption)
			return
		}
		c.setOption(a.Option + v.Value)
	case a.OptionValues != nil && v.Set && !slices.Contains(a.OptionValues, v.Value):
		c.no("the openstack client does not know this format")
	default:
		c.textOption(a.Option, e)
	}
}

func (c *openstackCommands) textOption(name string, e patch.Decoded) {
	if v, ok := e.Text(); ok && v.Set {
		c.setOption(option(name, v.Value))
		return
	}
	c.no("the openstack client sends only a text")
}

func (c *openstackCommands) flagOption(e patch.Decoded, yes, no string) {
	switch on, ok := e.Flag(); {
	case !ok:
		c.no(noOption)
	case on:
		c.setOption(yes)
	default:
		c.setOption(no)
	}
}

func (c *openstackCommands) countOption(name string, e patch.Decoded) {
	if n, ok := e.Count(); ok {
		c.setOption(option(name, strconv.FormatInt(n, 10)))
		return
	}
	c.no(noOption)
}

func (c *openstackCommands) tags(e patch.Decoded) {
	wanted, ok := e.Tags()
	switch {
	case !ok:
		c.no(noOption)
		return
	case !c.before.Knows("tags"):
		c.no("the openstack client adds and removes single tags, and the present ones are not known")
		return
	}
	for _, t := range wanted {
		if !slices.Contains(c.before.Tags, t) {
			c.setOption(option("--tag", t))
		}
	}
	for _, t := range model.NormalTags(c.before.Tags) {
		switch {
		case slices.Contains(wanted, t):
		case unsettableTag(t):
			c.unset = append(c.unset, option("--tag", t))
		default:
			c.no("the openstack client cannot name the tag " + quote.Bare(t) + " in the address of its request")
		}
	}
}

// unsettableTag reports whether the client can remove the tag: it puts it into the
// path of its request as it is (tried).
func unsettableTag(tag string) bool {
	return tag != "" && tag != "." && tag != ".." &&
		!strings.ContainsAny(tag, `/\?#%;`) && !strings.ContainsFunc(tag, quote.Hidden)
}

func (c *openstackCommands) property(e patch.Decoded) {
	switch {
	case openstackMistakes(e.Name) || model.ReservedProperty(e.Name):
		c.no("the openstack client takes this name for something else")
	case e.Name == "":
		c.no("the openstack client wants a name before the =")
	case e.Op == patch.OpRemove:
		c.unset = append(c.unset, option("--property", e.Name))
	case strings.Contains(e.Name, "="):
		c.no("the openstack client takes the first = for the end of the name")
	default:
		if v, ok := e.Text(); ok && v.Set {
			c.setOption(option("--property", e.Name+"="+v.Value))
			return
		}
		c.no("the openstack client sends only a text")
	}
}

// openstackMistakes reports whether the client, or the SDK below it, uses a
// property's name itself: it then fails, or changes something else (tried with
// openstacksdk 0.101; unsetting "properties" removes them all).
func openstackMistakes(name string) bool {
	switch name {
	case "image", "self", "value", "resource_type", "base_path", "connection",
		"metadata", "properties",
		"is_hidden", "is_protected", "hash_algo", "hash_value", "owner_id",
		"needs_config_drive", "needs_secure_boot", "has_auto_disk_config",
		"is_hw_boot_menu_enabled", "is_hw_vif_multiqueue_enabled":
		return true
	}
	return false
}

// lines are the commands. New things go first: where the second command fails,
// nothing is lost yet. At the quota there is no room for that.
func (c *openstackCommands) lines() string {
	commands := []string{c.line("set", c.set), c.line("unset", c.unset)}
	if len(c.before.Tags)+len(c.set) > rules.DefaultTags || len(c.before.Properties)+len(c.set) > rules.DefaultProperties {
		slices.Reverse(commands)
	}
	commands = slices.DeleteFunc(commands, func(s string) bool { return s == "" })
	return strings.Join(commands, " &&\n")
}

// commandWidth is the width within which a command with several options stays
// on one line.
const commandWidth = 78

func (c *openstackCommands) line(verb string, options []string) string {
	if len(options) == 0 {
		return ""
	}
	id := ShellQuote(c.before.ID)
	if strings.HasPrefix(c.before.ID, "-") {
		id = "-- " + id
	}
	words := append([]string{"openstack image " + verb}, options...)
	words = append(words, id)
	one := strings.Join(words, " ")
	if len(options) == 1 || len(one) <= commandWidth {
		return one
	}
	return strings.Join(words, " \\\n  ")
}
