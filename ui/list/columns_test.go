package list

import (
	"reflect"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

func copyField(a *model.Attribute, to, from *model.Image) {
	reflect.ValueOf(a.Field(to)).Elem().Set(reflect.ValueOf(a.Field(from)).Elem())
}

func sameField(a *model.Attribute, x, y *model.Image) bool {
	return reflect.DeepEqual(a.Field(x), a.Field(y))
}

// A column or an order of an attribute that rows are not filled with would show
// dashes, or sort nothing.
func TestEveryColumnIsFilledIn(t *testing.T) {
	l := New(uitest.Context(&server{}))
	img := deployment(0)
	img.Status, img.Size = model.StatusActive, model.Some[int64](5<<30)
	l.watch.Step(uitest.Clock, watch.ImageRead{Image: img})
	row := l.store.Row(0)
	named := map[string]bool{}
	for _, c := range append(columns, glyphOnly) {
		named[c.attr] = true
		if heading(c.attr) == "" {
			t.Errorf("the column of %s has no heading", c.attr)
		}
		if c.text == nil {
			continue // the name, see writeName
		}
		full, _ := c.text(l, row)
		alone := model.Image{ID: img.ID}
		a, _ := model.AttributeNamed(c.attr)
		copyField(a, &alone, row)
		if only, _ := c.text(l, &alone); only != full {
			t.Errorf("the column of %s shows %q, and %q by that alone", c.attr, full, only)
		}
		without, zero := *row, model.Image{}
		copyField(a, &without, &zero)
		if other, _ := c.text(l, &without); other == full {
			t.Errorf("the column of %s shows %q without it", c.attr, other)
		}
	}
	for _, o := range orders {
		named[o.attr] = true
	}
	for name := range named {
		a, known := model.AttributeNamed(name)
		if !known || !sameField(a, row, &img) || sameField(a, row, &model.Image{}) {
			t.Errorf("rows are not filled with %s", name)
		}
	}
}
