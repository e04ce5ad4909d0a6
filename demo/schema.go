package demo

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"sync"

	"github.com/glance-tui/glance-tui/model/rules"
)

// setSchema takes the deployment's schema; nil is the one that Glance comes
// with.
func (s *Server) setSchema(document []byte) {
	if document == nil {
		document = rules.DefaultSchemaJSON()
	}
	schema, err := rules.ParseSchema(document)
	if err != nil {
		panic("demo: Options.Schema is none: " + err.Error())
	}
	s.schemaText, s.schema = slices.Clone(document), schema
}

// imageSchema answers GET /v2/schemas/image.
func (c *call) imageSchema() error {
	c.raw(http.StatusOK, c.schemaText)
	return nil
}

// imagesSchema answers GET /v2/schemas/images: a page of images.
func (c *call) imagesSchema() error {
	c.json(http.StatusOK, map[string]any{
		"name": "images",
		"properties": map[string]any{
			"images": map[string]any{"type": "array", "items": json.RawMessage(c.schemaText)},
			"first":  textSchema, "next": textSchema, "schema": textSchema,
		},
		"links": []any{schemaLink("first"), schemaLink("next"), describedBy},
	})
	return nil
}

// memberSchema answers GET /v2/schemas/member.
func (c *call) memberSchema() error {
	c.json(http.StatusOK, memberSchemaDocument)
	return nil
}

// membersSchema answers GET /v2/schemas/members.
func (c *call) membersSchema() error {
	c.json(http.StatusOK, map[string]any{
		"name": "members",
		"properties": map[string]any{
			"members": map[string]any{"type": "array", "items": memberSchemaDocument},
			"schema":  textSchema,
		},
		"links": []any{describedBy},
	})
	return nil
}

var (
	textSchema  = map[string]any{"type": "string"}
	describedBy = map[string]any{"rel": "describedby", "href": "{schema}"}

	memberSchemaDocument = map[string]any{
		"name": "member",
		"properties": map[string]any{
			"member_id":  map[string]any{"type": "string", "description": "The project with which the image is shared"},
			"image_id":   map[string]any{"type": "string", "description": "The image's id", "pattern": uuidPattern},
			"created_at": textSchema,
			"updated_at": textSchema,
			"status": map[string]any{
				"type": "string", "description": "What the project says to it", "enum": memberStatuses,
			},
			"schema": map[string]any{"type": "string", "readOnly": true},
		},
	}
)

// pattern compiles an expression when it is first asked for: most commands
// run without the embedded service.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

const uuidPattern = "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$"

func schemaLink(rel string) map[string]any {
	return map[string]any{"rel": rel, "href": "{" + rel + "}"}
}
