package explain

import (
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/pairing"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/internal/words"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

// location says what the openstack client cannot do, with the glance client's
// command for it (python-glanceclient 4.1: location-add, location-update and
// location-delete). now is the list that the operation finds.
func (c *openstackCommands) location(now []model.Location, e patch.Decoded) {
	switch e.Op {
	case patch.OpAdd:
		if l, ok := e.Location(); ok && c.before.CalledFor(model.Image{Locations: []model.Location{l}}) {
			c.glance("add-location", l) // python-glanceclient 4.7: API 2.17
			return
		} else if ok {
			c.glance("location-add", l)
			return
		}
	case patch.OpRemove:
		at, ok := rules.LocationIndex(e.At, len(now)-1)
		if ok && at < len(now) && firstWithURL(now, at) {
			c.glance("location-delete", model.Location{URL: now[at].URL})
			return
		}
	case patch.OpReplace:
		if c.replacement(now, e) {
			return
		}
	}
	c.no("neither the openstack nor the glance client can do it; use curl")
}

// replacement says a whole-list replace as commands for single locations,
// where it is one.
func (c *openstackCommands) replacement(now []model.Location, e patch.Decoded) bool {
	list, ok := e.Locations()
	if !ok || len(list) == 0 {
		return false
	}
	whole := c.saying
	if len(now) == 0 {
		for _, l := range list {
			c.saying = "add the location " + quote.BareURL(l.URL)
			c.glance("location-add", l)
		}
		return true
	}
	pairs := pairing.Pair(now, list)
	if len(now) != len(list) || slices.Contains(pairs.ToBefore, -1) || pairs.Reordered() || repeatsURL(now) {
		return false
	}
	did := false
	for m, l := range list {
		n := pairs.ToBefore[m]
		if !model.EqualMetadata(now[n].Metadata, l.Metadata) {
			did, c.saying = true, "change the metadata of the location "+quote.BareURL(l.URL)
			c.glance("location-update", l)
		}
	}
	c.saying = whole
	return did
}

// glance refers the operation at hand to a command of the glance client.
func (c *openstackCommands) glance(verb string, l model.Location) {
	said := []string{"glance", verb, option("--url", l.URL)}
	if verb == "location-update" || verb == "location-add" && len(l.Metadata) > 0 {
		said = append(said, option("--metadata", words.MetadataValue(l.Metadata)))
	}
	said = append(said, ShellQuote(c.before.ID))
	c.no("use  " + strings.Join(said, " "))
}

// firstWithURL reports whether the location at an index is the one that the glance
// client would remove: the first with its URL.
func firstWithURL(list []model.Location, at int) bool {
	for n, l := range list {
		if l.URL == list[at].URL {
			return n == at
		}
	}
	return false
}

// repeatsURL reports whether a URL is in the list twice: the glance client
// would drop one of the two and be refused.
func repeatsURL(list []model.Location) bool {
	seen := map[string]struct{}{}
	for _, l := range list {
		if _, found := seen[l.URL]; found {
			return true
		}
		seen[l.URL] = struct{}{}
	}
	return false
}
