package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

var uuidForm = pattern(uuidPattern)

// Names that an image cannot be created with, beside what the schema says. All
// are 403 (measured); the readOnly ones are checked after the schema.
var (
	linkNames = []string{"direct_url", "self", "file", "schema", "stores"}
	readOnly  = []string{"created_at", "updated_at", "status", "checksum", "os_hash_algo",
		"os_hash_value", "size", "virtual_size"}
	takenNames = []string{"location", "deleted", "deleted_at"}
)

const maxPropertyName = 255

// createImage answers POST /v2/images: 201 and the queued image. A new image is
// shared unless it says otherwise.
func (c *call) createImage() error {
	value, err := c.jsonBody()
	if err != nil {
		return err
	}
	wanted, isObject := value.(map[string]any)
	if !isObject {
		return bare(http.StatusInternalServerError) // measured
	}
	if err := checkNames(wanted); err != nil {
		return err
	}
	r, err := c.build(wanted)
	if err != nil {
		return err
	}
	if !c.images.insert(r) {
		return refuse(http.StatusConflict, "Image ID %s already exists!", r.image.ID)
	}
	header := c.w.Header()
	header.Set("Location", c.base()+"/v2/images/"+r.image.ID)
	header.Set("OpenStack-image-import-methods", strings.Join(importMethods, ","))
	if !c.opts.OneStore {
		header.Set("OpenStack-image-store-ids", localStore+","+webStore+",os_glance_staging_store,os_glance_tasks_store")
	}
	c.answerImage(http.StatusCreated, r)
	return nil
}

// checkNames refuses names that nobody may set.
func checkNames(wanted map[string]any) error {
	for _, name := range linkNames {
		if _, found := wanted[name]; found {
			return refuse(http.StatusForbidden, "Attribute '%s' is read-only.", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		switch {
		case slices.Contains(takenNames, name), strings.HasPrefix(name, "os_glance"):
			return refuseDetail(http.StatusForbidden, "Attribute '%s' is reserved.", name)
		case name == "locations":
			return refuse(http.StatusForbidden, "Attribute 'locations' is reserved.")
		case slices.Contains(readOnly, name):
			return refuse(http.StatusForbidden, "Attribute '%s' is read-only.", name)
		case utf8.RuneCountInString(name) > maxPropertyName:
			return refuse(http.StatusBadRequest, "Custom property should not be greater than 255 characters.")
		}
	}
	return nil
}

// build makes the new image: an empty queued one to which all that is wanted
// is added, so that the rules for values and quotas are those of a PATCH.
func (c *call) build(wanted map[string]any) (record, error) {
	now := c.now()
	id := randomUUID()
	if value, given := wanted["id"]; given {
		text, isText := value.(string)
		if !isText || !uuidForm().MatchString(text) {
			return record{}, refuse(http.StatusBadRequest,
				"Provided object does not match schema 'image': '%v' does not match '%s'", value, uuidPattern)
		}
		id = text
	}
	owner := model.Opt[string]{Value: c.who.project, Set: c.who.project != ""}
	if _, given := wanted["owner"]; given && !c.who.admin && wanted["owner"] != c.who.project {
		return record{}, refuse(http.StatusForbidden, "You are not permitted to create images owned by '%s'.", printed(wanted["owner"]))
	}
	if c.who.roleless && wanted["visibility"] == string(model.Public) {
		return record{}, refusePolicy("publicize_image")
	}
	image := model.Image{
		ID: id, Status: model.StatusQueued, Visibility: model.Shared, Owner: owner,
		CreatedAt: now, UpdatedAt: now, LocationsShown: true,
	}
	rules := c.rules(c.who)
	if err := checkRequired(rules.Schema, wanted); err != nil {
		return record{}, err
	}
	rules.Schema = withoutRequired(rules.Schema)
	patch, odd, err := additions(rules, wanted, c.who)
	if err != nil {
		return record{}, err
	}
	if image, err = rules.Apply(image, patch); err != nil {
		return record{}, err
	}
	maps.Copy(image.Properties, odd)
	return record{image: image}, nil
}

// checkRequired refuses an image without what the schema requires. What is
// there fulfils it as a whole, not each by itself as in a PATCH.
func checkRequired(s *rules.Schema, wanted map[string]any) error {
	for _, name := range s.Required {
		if _, found := wanted[name]; !found {
			return refuse(http.StatusBadRequest, "Provided object does not match schema 'image': '%s' is a required property", name)
		}
	}
	return nil
}

func withoutRequired(s *rules.Schema) *rules.Schema {
	open := *s
	open.Required = nil
	return &open
}

// printed is a value as Glance writes it into a message.
func printed(value any) string {
	if value == nil {
		return "None"
	}
	return fmt.Sprint(value)
}

// addressable is whether a PATCH reaches what has this name: not a property
// with blanks around its name, nor one that is called as something of the
// server's own.
func addressable(name string) bool {
	if a, found := model.AttributeNamed(name); found && a.Base {
		return true
	}
	return name != "" && strings.TrimSpace(name) == name && !model.ReservedProperty(name)
}

// additions are the attributes of a new image as operations, checked against
// the schema. Properties whose name no pointer can express are given apart.
func additions(rules rules.Rules, wanted map[string]any, who caller) (
	p patch.Patch, odd map[string]model.Opt[string], err error,
) {
	odd = make(map[string]model.Opt[string])
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if name == "id" || name == "owner" && !who.admin {
			continue
		}
		value := wanted[name]
		if text, isText := value.(string); isText && !addressable(name) {
			odd[name] = model.Some(text)
			continue
		}
		operation := map[string]any{"op": patch.OpAdd, "path": "/" + patch.EscapePointer(name), "value": value}
		body, err := json.Marshal([]any{operation})
		if err != nil {
			return nil, nil, err
		}
		one, err := rules.ParsePatch(patch.MediaTypeV21, body)
		if err != nil {
			return nil, nil, err
		}
		p = append(p, one...)
	}
	return p, odd, nil
}
