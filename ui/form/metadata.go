package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// metadataLines is a location's metadata as it is edited: one key=value for
// each member where all of them are plain texts, else one line of JSON.
func metadataLines(metadata map[string]any) []string {
	if len(metadata) == 0 {
		return nil
	}
	lines := make([]string, 0, len(metadata))
	for name, value := range metadata {
		text, isText := value.(string)
		if !isText || !plainKey(name) || strings.TrimSpace(text) != text {
			return []string{metadataJSON(metadata)}
		}
		lines = append(lines, name+"="+text)
	}
	slices.Sort(lines)
	return lines
}

// plainKey reports whether a member's name survives being written before an equals
// sign and read again.
func plainKey(name string) bool {
	return name != "" && strings.TrimSpace(name) == name && !strings.Contains(name, "=") && name[0] != '{'
}

func metadataJSON(metadata map[string]any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(metadata); err != nil {
		return "{}" // what came as JSON always goes as JSON
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// parseMetadata reads what metadataLines wrote or a user typed: lines of
// key=value, of which empty ones do not count, or one line of JSON. Spaces
// around key and value do not count. The error is a sentence for the user;
// line is the one that is wrong.
func parseMetadata(lines []string) (metadata map[string]any, line int, err error) {
	metadata = map[string]any{}
	for i, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if l[0] == '{' {
			if len(nonEmpty(lines)) > 1 {
				return nil, i, errors.New("use either JSON or key=value lines, not both")
			}
			return parseJSON(l, i)
		}
		name, value, found := strings.Cut(l, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch _, twice := metadata[name]; {
		case !found:
			return nil, i, errors.New("write it as key=value")
		case name == "":
			return nil, i, errors.New("missing key before “=”")
		case twice:
			return nil, i, fmt.Errorf("duplicate key %s", name)
		}
		metadata[name] = value
	}
	return metadata, -1, nil
}

func parseJSON(text string, line int) (map[string]any, int, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var metadata map[string]any
	if err := d.Decode(&metadata); err != nil || d.More() {
		return nil, line, errors.New(`invalid JSON; expected {"key": "value"}`)
	}
	return metadata, -1, nil
}

// metadataBrief is the metadata in one short line, beside its URL.
func metadataBrief(lines []string) string {
	lines = nonEmpty(lines)
	if len(lines) == 0 {
		return "{}"
	}
	return strings.Join(lines, " ")
}
