package edit

import (
	"fmt"
	"maps"
	"slices"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Apply gives the image that base is to become. What it is to be already, it
// is; the error says what cannot be done to this image.
func (all Changes) Apply(base model.Image, rules rules.Rules) (wanted model.Image, err error) {
	wanted = base.Clone()
	for _, c := range all {
		if err := c.apply(&wanted, base, rules); err != nil {
			return base, err
		}
	}
	return wanted, nil
}

func (c Change) apply(i *model.Image, base model.Image, rules rules.Rules) error {
	if _, unread := base.UnreadText(c.attr); unread {
		return fmt.Errorf("%s: the server gave a value of %s that is not understood, and a change would overwrite it unseen", c.said, c.attr)
	}
	a, _ := model.AttributeNamed(c.attr)
	switch v := a.Field(i).(type) {
	case *model.Opt[string]:
		*v = c.nullable(*v)
	case *string:
		*v = c.text
	case *bool:
		*v = c.flag
	case *int64:
		*v = c.size
	case *[]string:
		*v = c.applyTags(*v)
	case *[]model.Location:
		return c.applyLocation(i)
	default:
		c.applyProperty(i, base, rules)
	}
	return nil
}

// nullable is a text that may be missing: an empty one is, unless the image has
// an empty one.
func (c Change) nullable(old model.Opt[string]) model.Opt[string] {
	switch {
	case c.does == unsets:
		return model.Null[string]()
	case c.text == old.Or(""):
		return old
	case c.text == "":
		return model.Null[string]()
	}
	return model.Some(c.text)
}

func (c Change) applyTags(old []string) []string {
	switch c.does {
	case adds:
		return model.NormalTags(slices.Concat(old, c.tags))
	case drops:
		return slices.DeleteFunc(slices.Clone(old), func(t string) bool { return slices.Contains(c.tags, t) })
	}
	return model.NormalTags(c.tags)
}

func (c Change) applyLocation(i *model.Image) error {
	has := func(l model.Location) bool { return l.URL == c.key }
	switch {
	case c.does == drops && !i.LocationsShown:
		return fmt.Errorf("%s: the server does not show the locations of this image to you, so none can be removed", c.said)
	case c.does == drops:
		i.Locations = slices.DeleteFunc(slices.Clone(i.Locations), has)
	case !slices.ContainsFunc(i.Locations, has):
		i.Locations = append(slices.Clone(i.Locations), model.Location{URL: c.key, Metadata: map[string]any{}})
		i.LocationsShown = true
	}
	return nil
}

// applyProperty keeps a null where the text is the same, and makes an empty text
// one where only that is allowed.
func (c Change) applyProperty(i *model.Image, base model.Image, rules rules.Rules) {
	i.Properties = maps.Clone(i.Properties)
	if i.Properties == nil {
		i.Properties = map[string]model.Opt[string]{}
	}
	old, found := base.Properties[c.key]
	switch {
	case c.does == unsets:
		delete(i.Properties, c.key)
	case found && old.Or("") == c.text:
		i.Properties[c.key] = old
	case c.text == "" && rules.CheckPropertyValue(c.key, model.Null[string]()) == nil && rules.CheckPropertyValue(c.key, model.Some("")) != nil:
		i.Properties[c.key] = model.Null[string]()
	default:
		i.Properties[c.key] = model.Some(c.text)
	}
}
