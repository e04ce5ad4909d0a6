package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// checkFault holds a value against the schema and says in words what is wrong.
func (a *SchemaAttribute) checkFault(value any) *model.Problem {
	if text, isText := value.(string); isText {
		return a.checkTextFault(text)
	}
	return a.Check(value).fault()
}

// checkTextFault is checkFault for a text, which may hold characters that no
// schema speaks of.
func (a *SchemaAttribute) checkTextFault(text string) *model.Problem {
	if fault := checkCharacters(text); fault != nil {
		return fault
	}
	if !a.allowsType("string") {
		return a.Check(text).fault()
	}
	return a.checkText(text).fault()
}

// fault says in words what the violation is; nil is none.
func (v *violation) fault() *model.Problem {
	if v == nil {
		return nil
	}
	a := v.attribute
	switch v.keyword {
	case "maxLength":
		return tooLong(utf8.RuneCountInString(v.value.(string)), a.MaxLength)
	case "minLength":
		return &model.Problem{Text: fmt.Sprintf("%d characters at least", a.MinLength)}
	case "enum":
		return &model.Problem{Text: "not one of the values that this server allows",
			Advice: "one of " + strings.Join(a.Enum, ", ")}
	case "pattern":
		return &model.Problem{Text: "not in the form that this server asks for", Advice: patternAdvice(a.Pattern)}
	case "minimum":
		return &model.Problem{Text: fmt.Sprintf("%d at least", *a.Minimum)}
	case "maximum":
		return &model.Problem{Text: fmt.Sprintf("%d at most", *a.Maximum)}
	}
	if v.value == nil {
		return &model.Problem{Text: "it cannot be left empty"}
	}
	return &model.Problem{Text: "not the kind of value that this server takes: " + strings.Join(a.Types, " or ")}
}

// uuidPattern is how Glance's schemas describe a UUID.
const uuidPattern = "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$"

func patternAdvice(pattern string) string {
	if pattern == uuidPattern {
		return "a UUID, such as da3b75d9-3f4a-40e7-8a2c-bfab23927dea"
	}
	return "it must match " + pattern
}

func tooLong(length, limit int) *model.Problem {
	return &model.Problem{Text: fmt.Sprintf("%d characters at most: %d too many", limit, length-limit)}
}

func tooMany(count, limit int, what string) *model.Problem {
	return &model.Problem{Text: fmt.Sprintf("%d %s at most: %d too many", limit, what, count-limit),
		Advice: "remove some"}
}
