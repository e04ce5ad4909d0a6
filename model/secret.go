package model

import (
	"slices"
	"strings"
)

// Hidden stands in a text of a server for a secret of this run that the server
// sent back: a token or a password. What the server really has there is not
// known, so no patch may hold it: see [Patch.HoldsHidden].
const Hidden = "[hidden by glance-tui]"

const (
	holdsHidden       = "contains “" + Hidden + "”, which stands for a secret that the server sent back"
	adviceHoldsHidden = "Remove the placeholder. What the server has in its place is not sent."
)

// HoldsHidden is whether a patch would write the stand-in for a secret to the
// server, or names something by it.
func (p Patch) HoldsHidden() bool {
	return slices.ContainsFunc(p, func(o Operation) bool {
		return textHoldsHidden(o.Path) || o.Op != OpRemove && valueHoldsHidden(o.Value)
	})
}

func textHoldsHidden(text string) bool { return strings.Contains(text, Hidden) }

func valueHoldsHidden(value any) bool {
	switch v := value.(type) {
	case string:
		return textHoldsHidden(v)
	case []string:
		return slices.ContainsFunc(v, textHoldsHidden)
	case []any:
		return slices.ContainsFunc(v, valueHoldsHidden)
	case []Location:
		return slices.ContainsFunc(v, locationHoldsHidden)
	case Location:
		return locationHoldsHidden(v)
	case map[string]any:
		for name, member := range v {
			if textHoldsHidden(name) || valueHoldsHidden(member) {
				return true
			}
		}
	}
	return false
}

func locationHoldsHidden(l Location) bool {
	return textHoldsHidden(l.URL) || valueHoldsHidden(l.Metadata)
}

// checkHidden is the fault of what would be sent with a stand-in for a secret
// in it. A list is sent as a whole, so one that holds a stand-in anywhere cannot
// be changed by a replace.
func checkHidden(holds bool) *Fault {
	if !holds {
		return nil
	}
	return &Fault{Text: holdsHidden, Advice: adviceHoldsHidden}
}
