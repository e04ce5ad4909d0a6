package review

import (
	"slices"
	"strings"
	"unicode"

	"github.com/glance-tui/glance-tui/ui/input"
)

// consent is the confirmation of what cannot be undone: words that must be typed.
type consent struct {
	words []string
	field *input.Field
	// triedEarly reports whether enter came too early, so that the hint is in order.
	triedEarly bool
}

func ask(words []string) consent {
	c := consent{words: words, field: input.New()}
	if len(words) > 0 {
		c.field.Focus()
	}
	return c
}

func (c *consent) needed() bool { return len(c.words) > 0 }

// typed are the words in the field, small letters, without the "and" between.
func (c *consent) typed() []string {
	words := strings.FieldsFunc(strings.ToLower(c.field.Value()), func(r rune) bool {
		return unicode.IsSpace(r) || r == ','
	})
	return slices.DeleteFunc(words, func(w string) bool { return w == "and" })
}

func (c *consent) has(word string) bool { return slices.Contains(c.typed(), strings.ToLower(word)) }

// missing are the words that are not typed yet.
func (c *consent) missing() []string {
	return slices.DeleteFunc(slices.Clone(c.words), c.has)
}

// strange are typed words that no one asked for: what is typed carelessly is
// no yes.
func (c *consent) strange() []string {
	return slices.DeleteFunc(c.typed(), func(w string) bool {
		return slices.ContainsFunc(c.words, func(o string) bool { return strings.EqualFold(o, w) })
	})
}

func (c *consent) given() bool { return len(c.missing()) == 0 && len(c.strange()) == 0 }
