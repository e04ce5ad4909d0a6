package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// prettyJSON indents a document as it came, its attributes in the server's
// order. What a terminal would not draw as it is is written as \uXXXX,
// which means the same in JSON.
func prettyJSON(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return nil, err
	}
	return append(escaped(b.Bytes()), '\n'), nil
}

// escaped writes what a terminal would not draw as it is as an escape of
// JSON. Control characters below the space cannot be in a valid document
// but as its own line breaks.
func escaped(text []byte) []byte { return draw.EscapeJSON(text) }

// yamlEscaped is the same for YAML. Such characters are in double-quoted
// texts alone; see yamlNode.
func yamlEscaped(text []byte) []byte {
	return escapedBy(text, func(b *strings.Builder, r rune) { fmt.Fprintf(b, `\U%08x`, r) })
}

func escapedBy(text []byte, escape func(*strings.Builder, rune)) []byte {
	return safe.EscapeBytes(text, func(b *strings.Builder, r rune) {
		if r == '\n' {
			b.WriteByte('\n')
			return
		}
		escape(b, r)
	})
}

// toYAML writes a JSON document as YAML, its attributes in the same order.
func toYAML(raw []byte) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	node, err := yamlNode(d)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(node); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return yamlEscaped(b.Bytes()), nil
}

// yamlNode reads one JSON value.
func yamlNode(d *json.Decoder) (*yaml.Node, error) {
	token, err := d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	switch v := token.(type) {
	case json.Delim:
		return yamlContainer(d, v)
	case string:
		n := &yaml.Node{}
		n.SetString(v)
		if safe.Text(v) != v {
			// The escapes exist in this style alone. A text of several lines
			// would be a block otherwise.
			n.Style = yaml.DoubleQuotedStyle
		}
		return n, nil
	case json.Number:
		tag := "!!int"
		if strings.ContainsAny(v.String(), ".eE") {
			tag = "!!float"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: v.String()}, nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v)}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
}

func yamlContainer(d *json.Decoder, open json.Delim) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if open == '{' {
		n = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	}
	for d.More() { // keys and values alternate, as in a node's content
		child, err := yamlNode(d)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, child)
	}
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	_, err := d.Token()
	return n, err
}
