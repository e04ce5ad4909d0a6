package demo

import (
	"net/http"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// mayPatch checks ownership and the policy, where the model does not: what
// comes before the operation that the policy forbids is tried first, and the
// data that it deletes is gone.
func (c *call) mayPatch(before record, patch model.Patch) error {
	if !c.who.owns(before.image.Owner.Or("")) {
		return c.refuseStranger(patch[0])
	}
	at := slices.IndexFunc(patch, func(o model.Operation) bool { return c.forbidden(o) != "" })
	if at < 0 {
		return nil
	}
	rules := c.rules(c.who)
	rules.Limits.Properties = -1 // counted at the end of the whole patch
	rules.CheckLocation = c.locationCheck()
	image := before.image
	image.LocationsShown = !c.opts.HideLocations
	after, err := rules.Apply(image, patch[:at])
	if err != nil {
		return err
	}
	return &model.Rejection{
		Code: http.StatusForbidden, Message: refusePolicy(c.forbidden(patch[at])).explanation,
		Index: at, Kept: deleted(before.image, after),
	}
}

// forbidden is the rule of the policy that keeps the caller from an operation
// on an own image, "" where none does.
func (c *call) forbidden(o model.Operation) string {
	switch {
	case c.opts.StrictPolicy && !c.who.admin && removesLocation(o):
		return "delete_image_location"
	case c.who.roleless && publishes(o):
		return "publicize_image"
	}
	return ""
}

func removesLocation(o model.Operation) bool {
	return o.Op == model.OpRemove && model.Patch{o}.RemovesLocations()
}

func publishes(o model.Operation) bool {
	return o.Op != model.OpRemove && o.Path == "/visibility" && o.Value == string(model.Public)
}

func (c *call) refuseStranger(first model.Operation) error {
	switch {
	case publishes(first):
		return refusePolicy("publicize_image")
	case first.Path == "/owner":
		return refuseDetail(http.StatusForbidden, "Owner can't be updated by non admin.")
	}
	return c.errNotOwner(ruleOf(first))
}

// ruleOf is the policy's name for an operation.
func ruleOf(o model.Operation) string {
	switch {
	case !strings.HasPrefix(o.Path, "/locations"):
		return "modify_image"
	case o.Op == model.OpRemove:
		return "delete_image_location"
	}
	return "set_image_location"
}
