package draw

import (
	"fmt"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
)

// Settable are the names of what a client can set among changes, each once.
func Settable(changes []merge.Change) []string {
	var names []string
	for _, c := range changes {
		name := c.Field.Attr
		if name == "properties" && c.Field.Key != "" {
			name = "property " + c.Field.Key
		} else if a, found := model.AttributeNamed(name); found {
			name = strings.ToLower(a.Label)
		}
		if !c.ByServer && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Listed joins names for a sentence, a few of them.
func Listed(names []string) string {
	const few = 3
	if len(names) > few {
		names = append(slices.Clone(names[:few-1]), fmt.Sprintf("%d more", len(names)-few+1))
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
