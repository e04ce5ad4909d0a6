package patch

import (
	"slices"

	"github.com/glance-tui/glance-tui/model"
)

// HoldsHidden reports whether a patch would write the stand-in for a secret to the
// server, or names something by it.
func (p Patch) HoldsHidden() bool {
	return slices.ContainsFunc(p, func(o Operation) bool {
		return model.TextHoldsHidden(o.Path) || o.Op != OpRemove && ValueHoldsHidden(o.Value)
	})
}

// TextHoldsHidden reports whether a text contains the placeholder for a secret.

// ValueHoldsHidden reports whether a value contains the placeholder for a secret.
func ValueHoldsHidden(value any) bool {
	switch v := value.(type) {
	case string:
		return model.TextHoldsHidden(v)
	case []string:
		return slices.ContainsFunc(v, model.TextHoldsHidden)
	case []any:
		return slices.ContainsFunc(v, ValueHoldsHidden)
	case []model.Location:
		return slices.ContainsFunc(v, locationHoldsHidden)
	case model.Location:
		return locationHoldsHidden(v)
	case map[string]any:
		for name, member := range v {
			if model.TextHoldsHidden(name) || ValueHoldsHidden(member) {
				return true
			}
		}
	}
	return false
}

func locationHoldsHidden(l model.Location) bool {
	return model.TextHoldsHidden(l.URL) || ValueHoldsHidden(l.Metadata)
}
