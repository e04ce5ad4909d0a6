package model

import "github.com/glance-tui/glance-tui/model/internal/quote"

// TextValue is a text in quotes, or null.
func TextValue(v Opt[string]) string {
	if !v.Set {
		return quote.WordNull
	}
	return quote.Quoted(v.Value)
}

func optionalAmount(v Opt[int64], unit string) string {
	if !v.Set {
		return quote.WordNull
	}
	return quote.Amount(v.Value, unit)
}

// TagsValue lists a set of tags, separated as on the screens: by a space.
func TagsValue(tags []string) string {
	if len(tags) == 0 {
		return quote.WordAbsent
	}
	return quote.Listed(NormalTags(tags), " ", quote.Bare)
}
