package rules

import (
	"fmt"
	"regexp"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// violation is the first rule of a schema that a value breaks.
type violation struct {
	keyword   string // the schema's: "type", "maxLength", "enum", "pattern", …
	value     any    // the plain value that broke it
	attribute SchemaAttribute
	name      string // the member that is missing or too much
}

// Check finds what is wrong with a plain value, nil when nothing is. The order
// is fixed: the value itself, then its elements, then its members by name.
func (a *SchemaAttribute) Check(value any) *violation {
	if !a.accepts(value) {
		return &violation{keyword: "type", value: value, attribute: *a}
	}
	switch v := value.(type) {
	case string:
		return a.checkText(v)
	case []any:
		return a.checkElements(v)
	case map[string]any:
		return a.checkMembers(v)
	case nil, bool:
		return nil
	}
	return a.checkNumber(value)
}

func (a *SchemaAttribute) accepts(value any) bool {
	for _, t := range a.Types {
		if jsontext.IsType(value, t) {
			return true
		}
	}
	return len(a.Types) == 0
}

func (a *SchemaAttribute) checkText(text string) *violation {
	switch {
	case len(a.Enum) > 0 && !slices.Contains(a.Enum, text):
		return &violation{keyword: "enum", value: text, attribute: *a}
	case a.MaxLength > 0 && len(text) > a.MaxLength && utf8.RuneCountInString(text) > a.MaxLength:
		return &violation{keyword: "maxLength", value: text, attribute: *a}
	case a.MinLength > 0 && utf8.RuneCountInString(text) < a.MinLength:
		return &violation{keyword: "minLength", value: text, attribute: *a}
	case a.Pattern != "" && !matches(a.Pattern, text):
		return &violation{keyword: "pattern", value: text, attribute: *a}
	}
	return nil
}

func (a *SchemaAttribute) checkNumber(value any) *violation {
	n, ok := jsontext.Number(value)
	switch {
	case !ok:
		return nil
	case a.Minimum != nil && n.Cmp(jsontext.RatioOf(*a.Minimum)) < 0:
		return &violation{keyword: "minimum", value: value, attribute: *a}
	case a.Maximum != nil && n.Cmp(jsontext.RatioOf(*a.Maximum)) > 0:
		return &violation{keyword: "maximum", value: value, attribute: *a}
	}
	return nil
}

func (a *SchemaAttribute) checkElements(list []any) *violation {
	if a.Items == nil {
		return nil
	}
	for _, element := range list {
		if v := a.Items.Check(element); v != nil {
			return v
		}
	}
	return nil
}

func (a *SchemaAttribute) checkMembers(object map[string]any) *violation {
	for _, name := range a.Required {
		if _, found := object[name]; !found {
			return &violation{keyword: "required", value: object, attribute: *a, name: name}
		}
	}
	for _, name := range jsontext.SortedKeys(object) {
		member, described := a.Members[name]
		switch {
		case described:
			if v := member.Check(object[name]); v != nil {
				return v
			}
		case a.Closed:
			return &violation{keyword: "additionalProperties", value: object, attribute: *a, name: name}
		}
	}
	return nil
}

var patterns sync.Map // string to *regexp.Regexp, nil for one that Go cannot read

// matches reports whether the pattern is found in the text. A pattern that Go
// cannot read says nothing: the server has the last word.
func matches(pattern, text string) bool {
	found, known := patterns.Load(pattern)
	if !known {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			compiled = nil
		}
		found, _ = patterns.LoadOrStore(pattern, compiled)
	}
	compiled := found.(*regexp.Regexp)
	return compiled == nil || compiled.MatchString(text)
}

// schemaFault begins every message about a schema.
const schemaFault = "Provided object does not match schema 'image': "

// Message words the violation as the server does.
func (v *violation) Message() string {
	const head = schemaFault
	value := jsontext.PythonText(v.value)
	switch v.keyword {
	case "type":
		return head + value + " is not of type " + jsontext.Joined(v.attribute.Types, jsontext.PythonQuoted)
	case "enum":
		choices := jsontext.Joined(v.attribute.Enum, jsontext.PythonQuoted)
		if v.attribute.allowsNull() && len(v.attribute.Types) > 0 {
			choices = "None, " + choices
		}
		return head + value + " is not one of [" + choices + "]"
	case "maxLength":
		return head + value + " is too long"
	case "minLength":
		return head + value + " is too short"
	case "pattern":
		return head + value + " does not match " + jsontext.PythonQuoted(v.attribute.Pattern)
	case "minimum":
		return head + fmt.Sprintf("%s is less than the minimum of %d", value, *v.attribute.Minimum)
	case "maximum":
		return head + fmt.Sprintf("%s is greater than the maximum of %d", value, *v.attribute.Maximum)
	case "required":
		return head + jsontext.PythonQuoted(v.name) + " is a required property"
	}
	return head + unexpectedMember(v.name)
}

// unexpectedMember is the end of the message about a member too much.
func unexpectedMember(name string) string {
	return "Additional properties are not allowed (" + jsontext.PythonQuoted(name) + " was unexpected)"
}

// PythonQuoted is a text as Python prints it.

// Joined joins what text makes of each element with commas.
