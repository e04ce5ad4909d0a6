package config

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/glance-tui/glance-tui/model/api"
)

// tree is a YAML value with the line it stands on. Scalars stay text, so that
// a password of digits is the password as written.
type tree struct {
	line int
	text string           // of a scalar
	null bool             // null, or nothing at all
	keys []string         // of a mapping, in the file's order
	maps map[string]*tree // nil unless a mapping
	list []*tree          // nil unless a sequence
}

// maxNodes keeps aliases from blowing a small file up.
const maxNodes = 200_000

// parse reads one YAML (or JSON) document. An error is a *api.Failure that
// names the file and the line, and never quotes the file: secrets stand in it.
func parse(file string, data []byte) (*tree, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, malformed(file, data, lineOf(err, data))
	}
	budget := maxNodes
	t, line := grow(&doc, 0, &budget)
	if t == nil {
		return nil, malformed(file, data, line)
	}
	return t, nil
}

// grow turns a node into a tree, following aliases and merge keys ("<<"). It
// gives nil and the offending line for what makes no sense as configuration.
func grow(n *yaml.Node, depth int, budget *int) (*tree, int) {
	*budget--
	if depth > 64 || *budget < 0 {
		return nil, n.Line
	}
	switch n.Kind {
	case 0:
		return &tree{null: true}, 0
	case yaml.DocumentNode:
		if len(n.Content) == 0 {
			return &tree{null: true}, 0
		}
		return grow(n.Content[0], depth+1, budget)
	case yaml.AliasNode:
		if n.Alias == nil {
			return nil, n.Line
		}
		return grow(n.Alias, depth+1, budget)
	case yaml.ScalarNode:
		return &tree{line: n.Line, text: n.Value, null: n.ShortTag() == "!!null"}, 0
	case yaml.SequenceNode:
		t := &tree{line: n.Line, list: []*tree{}}
		for _, c := range n.Content {
			item, bad := grow(c, depth+1, budget)
			if item == nil {
				return nil, bad
			}
			t.list = append(t.list, item)
		}
		return t, 0
	case yaml.MappingNode:
		return growMapping(n, depth, budget)
	}
	return nil, n.Line
}

func growMapping(n *yaml.Node, depth int, budget *int) (*tree, int) {
	t := &tree{line: n.Line, maps: make(map[string]*tree, len(n.Content)/2)}
	var merged []*tree
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind == yaml.AliasNode && k.Alias != nil {
			k = k.Alias
		}
		if k.Kind != yaml.ScalarNode {
			return nil, k.Line
		}
		value, bad := grow(v, depth+1, budget)
		if value == nil {
			return nil, bad
		}
		if k.ShortTag() == "!!merge" {
			merged = append(merged, value)
			continue
		}
		t.put(k.Value, value)
	}
	// What stands in the mapping itself wins over what is merged into it; of
	// several merged mappings the first wins (YAML's "merge key" type).
	for _, m := range merged {
		sources := m.list
		if m.maps != nil {
			sources = []*tree{m}
		}
		for _, s := range sources {
			for _, key := range s.keys {
				if _, there := t.maps[key]; !there {
					t.put(key, s.maps[key])
				}
			}
		}
	}
	return t, 0
}

// put sets a member. Of a key given twice the last counts, as it does for the
// openstack client.
func (t *tree) put(key string, v *tree) {
	if _, there := t.maps[key]; !there {
		t.keys = append(t.keys, key)
	}
	t.maps[key] = v
}

// get is a member of a mapping, or nil.
func (t *tree) get(key string) *tree {
	if t == nil {
		return nil
	}
	return t.maps[key]
}

// isMapping accepts an empty value too: "auth:" with nothing after it.
func (t *tree) isMapping() bool { return t == nil || t.null || t.maps != nil }

// scalar is the text of a scalar that is not null, or "".
func (t *tree) scalar() string {
	if t == nil || t.null {
		return ""
	}
	return t.text
}

// lineOf is the line that a YAML error points at, 0 when it names none. For a
// quote or bracket that never closes it is the line that opens it.
func lineOf(err error, data []byte) int {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return 0
	}
	last := 1 + bytes.Count(bytes.TrimRight(data, " \t\r\n"), []byte("\n"))
	if line := load.ContextMark.Line; line > 0 && load.Mark.Line > last {
		return line
	}
	return load.Mark.Line
}

// malformed is the failure for a file that cannot be understood.
func malformed(file string, data []byte, line int) *api.Failure {
	where := file
	if line > 0 {
		where += ", line " + strconv.Itoa(line)
	}
	advice := "fix that line; common causes: wrong indentation, a missing colon, unquoted special characters"
	if lines := strings.Split(string(data), "\n"); line > 0 && line <= len(lines) && strings.HasPrefix(strings.TrimLeft(lines[line-1], " "), "\t") {
		advice = "that line is indented with a tab: use spaces"
	}
	return fail(fmt.Sprintf("The configuration is not valid YAML: %s", where), advice, nil)
}

// misplaced is the failure for valid YAML of an unexpected shape.
func misplaced(file string, line int, what string) *api.Failure {
	return fail(fmt.Sprintf("%s, line %d: %s", file, line, what),
		"compare it with the example in the openstack client's documentation: clouds: NAME: auth: auth_url: …", nil)
}
