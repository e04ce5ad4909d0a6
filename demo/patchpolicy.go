package demo

import (
	"net/http"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/patch"
)

// mayPatch checks ownership and the policy, where the model does not: what
// comes before the operation that the policy forbids is tried first, and the
// data that it deletes is gone.
func (c *call) mayPatch(before record, p patch.Patch) error {
	if !c.who.owns(before.image.Owner.Or("")) {
		return c.refuseStranger(p[0])
	}
	at := slices.IndexFunc(p, func(o patch.Operation) bool { return c.forbidden(o) != "" })
	if at < 0 {
		return nil
	}
	rules := c.rules(c.who)
	rules.Limits.Properties = -1 // counted at the end of the whole patch
	rules.CheckLocation = c.locationCheck()
	image := before.image
	image.LocationsShown = !c.opts.HideLocations
	after, err := rules.Apply(image, p[:at])
	if err != nil {
		return err
	}
	return &patch.Rejection{
		Code: http.StatusForbidden, Message: refusePolicy(c.forbidden(p[at])).explanation,
		Index: at, Kept: deleted(before.image, after),
	}
}

// forbidden is the rule of the policy that keeps the caller from an operation
// on an own image, "" where none does.
func (c *call) forbidden(o patch.Operation) string {
	switch {
	case c.opts.StrictPolicy && !c.who.admin && removesLocation(o):
		return "delete_image_location"
	case c.who.roleless && publishes(o):
		return "publicize_image"
	}
	return ""
}

func removesLocation(o patch.Operation) bool {
	return o.Op == patch.OpRemove && patch.Patch{o}.RemovesLocations()
}

func publishes(o patch.Operation) bool {
	return o.Op != patch.OpRemove && o.Path == "/visibility" && o.Value == string(model.Public)
}

func (c *call) refuseStranger(first patch.Operation) error {
	switch {
	case publishes(first):
		return refusePolicy("publicize_image")
	case first.Path == "/owner":
		return refuseDetail(http.StatusForbidden, "Owner can't be updated by non admin.")
	}
	return c.errNotOwner(ruleOf(first))
}

// ruleOf is the policy's name for an operation.
func ruleOf(o patch.Operation) string {
	switch {
	case !strings.HasPrefix(o.Path, "/locations"):
		return "modify_image"
	case o.Op == patch.OpRemove:
		return "delete_image_location"
	}
	return "set_image_location"
}
