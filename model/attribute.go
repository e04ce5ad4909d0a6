package model

// Kind is how an attribute is edited.
type Kind int

// The kinds of attribute.
const (
	KindText Kind = iota
	KindBool
	KindInteger
	KindChoice // one of Rules.Choices
	KindTime
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

// Attribute is all that is known about one attribute of an image. The JSON of
// images, the form, the checks, the diff, its words, the commands, the filter,
// the columns of the list, what is saved and the documentation read it here:
// see the table. No one changes one.
type Attribute struct {
	Name  string // in the API
	Label string // for users
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
	// Values are the known values of a choice, in order; nil where only the
	// schema lists them.
	Values []string

	// Column heads the attribute in a list of images; empty where it has no column.
	Column string
	// Beside is true for what the form shows beside the attribute before it.
	Beside bool
	// On says what a flag means that is set.
	On string
	// Verb is what an operation on the attribute is called in a list of them.
	Verb string
	// Of is what there is an amount of.
	Of string

	// Filter is the term of a filter, and Changes are the arguments of the command
	// edit, that are about the attribute.
	Filter  Usage
	Changes []Usage
	// Option of the command "openstack image set" sets the attribute, or begins the
	// options for each of Values; OptionOff clears a flag. Both are empty where the
	// command has none. It rejects formats other than OptionValues by itself.
	Option, OptionOff string
	OptionValues      []string

	// field is where an image keeps the value, see Field.
	field func(*Image) any
}

// Usage is an example of something to type, and what it means.
type Usage struct{ Form, Means string }

// Attributes lists them all, in the order of the form; those that only the
// server sets are where a reader looks for them. No one changes the list.
func Attributes() []*Attribute { return attributes }

// AttributeNamed finds an attribute by its name in the API; an empty one where
// there is none.
func AttributeNamed(name string) (a *Attribute, found bool) {
	for _, a := range attributes {
		if a.Name == name {
			return a, true
		}
	}
	return &Attribute{}, false
}

// Settable reports whether a client sets the attribute to a value as a whole,
// unlike locations and properties, which have operations of their own.
func (a *Attribute) Settable() bool {
	return a.Base && !a.ByServer && a.Kind != KindLocations
}

// Settable are the attributes that a client sets as a whole, in the order in
// which a patch sets them: the formats first, as they must be set before the
// location that makes a queued image active (measured: 400 otherwise).
func Settable() []*Attribute { return patchOrder }

var patchOrder = func() (all []*Attribute) {
	for _, formats := range []bool{true, false} {
		for _, a := range attributes {
			if a.Settable() && a.Formats == formats {
				all = append(all, a)
			}
		}
	}
	return all
}()

// Nullable reports whether the attribute can be null.
func (a *Attribute) Nullable() bool {
	switch a.field(&Image{}).(type) {
	case *Opt[string], *Opt[int64]:
		return true
	}
	return false
}
