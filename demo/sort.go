package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// sortKey is one key of an order.
type sortKey struct {
	name string
	desc bool
}

var sortKeys = []string{
	"name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at",
}

// readSort reads either sort=key:dir,… or sort_key and sort_dir. A list always
// ends with created_at and id, so that it has one order.
func readSort(ps *parameters) ([]sortKey, error) {
	var names, dirs []string
	var err error
	if text, found := ps.pop("sort"); found {
		if ps.has("sort_key") || ps.has("sort_dir") {
			return nil, refuse(http.StatusBadRequest, "Old and new sorting syntax cannot be combined")
		}
		names, dirs = splitSort(text)
	} else {
		names, dirs = ps.popAll("sort_key"), ps.popAll("sort_dir")
		if len(dirs) > 1 && len(dirs) != len(names) {
			err = refuse(http.StatusBadRequest, "Number of sort dirs does not match the number of sort keys")
		}
	}
	if bad := checkSort(names, dirs); bad != nil {
		return nil, bad
	}
	if err != nil {
		return nil, err
	}
	return completeSort(names, dirs), nil
}

func splitSort(text string) (names, dirs []string) {
	for part := range strings.SplitSeq(strings.TrimSpace(text), ",") {
		name, dir, _ := strings.Cut(part, ":")
		if dir == "" {
			dir = "desc"
		}
		names, dirs = append(names, name), append(dirs, dir)
	}
	return names, dirs
}

func checkSort(names, dirs []string) error {
	for n, name := range names {
		names[n] = strings.TrimSpace(name)
		if !slices.Contains(sortKeys, names[n]) {
			return refuse(http.StatusBadRequest, "Invalid sort key: %s. It must be one of the following: %s.",
				names[n], strings.Join(sortKeys, ", "))
		}
	}
	for n, dir := range dirs {
		dirs[n] = strings.TrimSpace(dir)
		if dirs[n] != "asc" && dirs[n] != "desc" {
			return refuse(http.StatusBadRequest, "Invalid sort direction: %s", dirs[n])
		}
	}
	return nil
}

// completeSort makes the order complete: one direction holds for all keys; the
// keys added at the end follow it, or descend when there were several.
func completeSort(names, dirs []string) []sortKey {
	if len(names) == 0 {
		names = []string{"created_at"}
	}
	rest := "desc"
	if len(dirs) == 1 {
		rest = dirs[0]
	}
	var keys []sortKey
	for n, name := range names {
		dir := rest
		if len(dirs) > 1 {
			dir = dirs[n]
		}
		keys = append(keys, sortKey{name, dir == "desc"})
	}
	for _, name := range []string{"created_at", "id"} {
		if !slices.Contains(names, name) {
			keys = append(keys, sortKey{name, rest == "desc"})
		}
	}
	return keys
}

// byCreation is whether an order is that of the index.
func byCreation(keys []sortKey) (desc, ok bool) {
	ok = len(keys) == 2 && keys[0].name == "created_at" && keys[1].name == "id" && keys[0].desc == keys[1].desc
	return keys[0].desc, ok
}

// sortValue is the value of a key as the database compares it.
type sortValue struct {
	null   bool
	text   string
	number int64
	isText bool
}

func valueOf(name string, r *record) sortValue {
	i := &r.image
	text := func(s string, set bool) sortValue { return sortValue{null: !set, text: s, isText: true} }
	when := func(t time.Time) sortValue { return sortValue{number: t.UnixMicro()} }
	switch name {
	case "name":
		return text(i.Name.Value, i.Name.Set)
	case "status":
		return text(string(i.Status), true)
	case "container_format":
		return text(i.ContainerFormat.Value, i.ContainerFormat.Set)
	case "disk_format":
		return text(i.DiskFormat.Value, i.DiskFormat.Set)
	case "size":
		return sortValue{null: !i.Size.Set, number: i.Size.Value}
	case "created_at":
		return when(i.CreatedAt)
	case "updated_at":
		return when(i.UpdatedAt)
	}
	return text(i.ID, true)
}

// compare orders two images; null comes before everything.
func compare(keys []sortKey, a, b *record) int {
	for _, k := range keys {
		x, y := valueOf(k.name, a), valueOf(k.name, b)
		var d int
		switch {
		case x.null || y.null:
			d = cmp.Compare(boolInt(y.null), boolInt(x.null))
		default:
			d = cmp.Or(strings.Compare(x.text, y.text), cmp.Compare(x.number, y.number))
		}
		if k.desc {
			d = -d
		}
		if d != 0 {
			return d
		}
	}
	return 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// follows is whether an image comes after the marker. It is the comparison of
// Glance's paging, which takes null for the empty text or zero, and which
// breaks where the marker has no size: there every image counts as smaller
// and none as larger, so that a list by size ends early or never (measured).
func follows(keys []sortKey, r, marker *record) bool {
	for _, k := range keys {
		x, m := valueOf(k.name, r), valueOf(k.name, marker)
		if m.null && !m.isText {
			return k.desc
		}
		d := cmp.Or(strings.Compare(x.text, m.text), cmp.Compare(x.number, m.number))
		if k.desc {
			d = -d
		}
		if d != 0 {
			return d > 0
		}
	}
	return false
}
