package model

import "strconv"

// String names the field for a user: "name", "location 2 (url)", "property os_distro".
func (f Field) String() string {
	s := f.Attr
	switch {
	case f.Attr == "locations" && f.Index >= 0:
		s = "location " + strconv.Itoa(f.Index+1)
	case f.Attr == "properties" && f.Key != "":
		s = "property " + f.Key
	case f.Attr == "tags" && f.Key != "":
		s = "tag " + f.Key
	}
	if f.Part != "" {
		s += " (" + f.Part + ")"
	}
	return s
}
