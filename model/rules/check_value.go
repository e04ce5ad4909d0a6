package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
)

// The checks of one value each, for a form to ask while it is typed. Nil means
// that the server takes it; the Fault's Field is for the caller to fill.

// CheckValue checks the value of a base attribute other than tags and
// locations: string, bool, int64 or nil.
func (r Rules) CheckValue(attribute string, value any) *model.Problem {
	described, _ := r.schema().attribute(attribute)
	switch v := value.(type) {
	case string:
		if attribute == "owner" && v == "" {
			return &model.Problem{Text: "the server stores an empty owner as none", Advice: "clear the field instead"}
		}
		return described.checkFault(v)
	case int64:
		if fault := checkRange(v); fault != nil {
			return fault
		}
	}
	return described.checkFault(value)
}

// CheckTag checks one tag. The empty tag is legal (measured).
func (r Rules) CheckTag(tag string) *model.Problem {
	described := r.tagSchema()
	return described.checkTextFault(tag)
}

// tagSchema is what the schema says of each tag.
func (r Rules) tagSchema() SchemaAttribute {
	if described, _ := r.schema().attribute("tags"); described.Items != nil {
		return *described.Items
	}
	return SchemaAttribute{}
}

// longestPropertyName is what creating an image allows; a PATCH takes more,
// but databases may not.
const longestPropertyName = 255

// CheckPropertyName checks the name of a property that is to be added.
func (r Rules) CheckPropertyName(name string) *model.Problem {
	if name == "" {
		return &model.Problem{Text: "a property needs a name"}
	}
	if length := utf8.RuneCountInString(name); length > longestPropertyName {
		return tooLong(length, longestPropertyName)
	}
	if fault := checkCharacters(name); fault != nil {
		return fault
	}
	if fault := checkAddress(name); fault != nil {
		return fault
	}
	if _, allowed := r.schema().attribute(name); !allowed {
		return r.undeclared()
	}
	if name == MisreadProperty {
		return &model.Problem{Text: Misread, Advice: "choose another name", Warning: true}
	}
	return nil
}

// undeclared is the fault of a name that a closed schema does not hold.
func (r Rules) undeclared() *model.Problem {
	fault := &model.Problem{Text: noCustomProperties}
	if names := r.DeclaredProperties(); len(names) > 0 {
		fault.Advice = "one of " + strings.Join(names, ", ")
	}
	return fault
}

const noCustomProperties = "this server allows no properties but those it declares itself"

// checkAddress finds the names that no operation can reach: the server strips
// spaces from a pointer, and keeps some names for itself.
func checkAddress(name string) *model.Problem {
	if model.ReservedProperty(name) {
		return &model.Problem{Text: "the server keeps this name for itself", Advice: "choose another name"}
	}
	if patch.TrimSpace(name) != name {
		return &model.Problem{
			Text:   "the server drops spaces at the ends of a name, so no patch reaches this one",
			Advice: "choose a name without them",
		}
	}
	return nil
}

// MisreadProperty is a name that the API allows, and that clients have for the
// list of all properties: an image with it could not be read by gophercloud
// until December 2025 (its issue 3588), nor by what is built on it.
const (
	MisreadProperty = "properties"
	Misread         = "older versions of Terraform cannot read an image that has it"
)

// longestText is what the usual text column of a database holds, in bytes.
const longestText = 1<<16 - 1

// CheckPropertyValue checks a property's value under its name: most are free
// text, some have rules in the deployment's schema.
func (r Rules) CheckPropertyValue(name string, value model.Opt[string]) *model.Problem {
	described, allowed := r.schema().attribute(name)
	if !allowed {
		return r.undeclared()
	}
	if !value.Set && !described.allowsNull() {
		return &model.Problem{Text: "null is no value for it", Advice: "remove the property, or give it a text"}
	}
	if !value.Set {
		return nil
	}
	if fault := described.checkTextFault(value.Value); fault != nil {
		return fault
	}
	if len(value.Value) > longestText {
		return &model.Problem{Text: "longer than most servers' databases can hold (64 kB)", Warning: true}
	}
	return nil
}

// CheckURL checks the URL of a location that is to be added, as far as that
// can be known without asking the server.
func (r Rules) CheckURL(url string) *model.Problem { return checkURL(url, r.urlSchema()) }

func checkURL(url string, described SchemaAttribute) *model.Problem {
	if url == "" {
		return &model.Problem{Text: "a location needs a URL"}
	}
	if fault := described.checkTextFault(url); fault != nil {
		return fault
	}
	scheme, _, found := strings.Cut(url, ":")
	switch {
	case !found || scheme == "":
		return &model.Problem{Text: "a URL begins with its scheme", Advice: "http://… or https://…"}
	case model.RefusedScheme(strings.ToLower(scheme)):
		return &model.Problem{Text: "no server takes a location with " + scheme + ": from a client",
			Advice: "upload the file, or serve it over http"}
	case model.LocationScheme(url) == "":
		return &model.Problem{Text: "the server wants the scheme in lower case", Advice: "write http or https"}
	}
	return nil
}

// urlSchema is what the schema says of a location's url.
func (r Rules) urlSchema() SchemaAttribute {
	if described, _ := r.schema().attribute("locations"); described.Items != nil {
		if url, found := described.Items.Members["url"]; found {
			return url
		}
	}
	return SchemaAttribute{MaxLength: 255}
}

// CheckMetadata checks the metadata of a location. Any JSON will do.
func (r Rules) CheckMetadata(metadata map[string]any) *model.Problem { return checkJSON(metadata) }

// checkJSON looks through a JSON value, names of members included.
func checkJSON(value any) *model.Problem {
	switch v := value.(type) {
	case nil, bool:
		return nil
	case string:
		return checkCharacters(v)
	case []any:
		for _, element := range v {
			if fault := checkJSON(element); fault != nil {
				return fault
			}
		}
		return nil
	case map[string]any:
		for _, name := range jsontext.SortedKeys(v) {
			if fault := checkCharacters(name); fault != nil {
				return fault
			}
			if fault := checkJSON(v[name]); fault != nil {
				return fault
			}
		}
		return nil
	}
	if _, err := jsontext.Encode(value); err != nil {
		return &model.Problem{Text: "not a JSON object"}
	}
	return nil
}

// checkCharacters finds characters that the server refuses everywhere.
func checkCharacters(text string) *model.Problem {
	if !utf8.ValidString(text) {
		return &model.Problem{Text: "not text: it holds bytes that are no UTF-8"}
	}
	for _, r := range text {
		if r > 0xffff {
			return &model.Problem{Text: fmt.Sprintf("the server takes no emoji or other character beyond U+FFFF: %c", r),
				Advice: "leave it out"}
		}
	}
	return nil
}

// checkRange keeps an integer to what the server's database holds.
func checkRange(n int64) *model.Problem {
	switch {
	case n < 0:
		return &model.Problem{Text: "a negative number is not possible", Advice: "0 means no minimum"}
	case n > largestInteger:
		return &model.Problem{Text: fmt.Sprintf("%d at most", largestInteger)}
	}
	return nil
}
