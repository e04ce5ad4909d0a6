package config

import (
	"fmt"
	"strings"
)

// regionOf is what a cloud's list of regions ("regions:") says of the wanted
// one, or of the first where none is wanted. Entries are names, or mappings
// with name and values. The list is the cloud's own, else its profile's.
func regionOf(path, cloud, wanted string, entry, profile *tree) (layer, error) {
	regions := entry.get("regions")
	if regions == nil || regions.null {
		if entry.get("region_name").scalar() != "" {
			return nil, nil
		}
		regions = profile.get("regions")
	}
	if regions == nil || len(regions.list) == 0 {
		return nil, nil
	}
	if wanted == "" {
		wanted = entry.get("region_name").scalar()
	}
	var names []string
	for _, r := range regions.list {
		name := r.scalar()
		if r.maps != nil {
			name = r.get("name").scalar()
		}
		if name == "" {
			return nil, misplaced(path, r.line, "a region needs a name")
		}
		names = append(names, name)
		if wanted != "" && wanted != name {
			continue
		}
		l := make(layer)
		if values := r.get("values"); values != nil {
			if !values.isMapping() {
				return nil, misplaced(path, values.line, "a region's values must be a mapping")
			}
			var err error
			if l, err = fromTree(path, values); err != nil {
				return nil, err
			}
		}
		l["region_name"] = name
		return l, nil
	}
	return nil, fail(fmt.Sprintf("Cloud %q has no region %q", cloud, wanted), "use one of these: "+strings.Join(names, ", "), nil)
}

// RegionFlag and InterfaceFlag are the flags that choose another region or
// interface: a setting for the Image service alone counts before the general one.
func (c Cloud) RegionFlag() string { return c.flagFor("image_region_name", "region_name") }

// InterfaceFlag is the same for the interface.
func (c Cloud) InterfaceFlag() string { return c.flagFor("image_interface", "interface") }

func (c Cloud) flagFor(keys ...string) string {
	for _, key := range keys {
		if c.get(key) != "" {
			return "--" + byName[key].Flag()
		}
	}
	return "--" + byName[keys[len(keys)-1]].Flag()
}
