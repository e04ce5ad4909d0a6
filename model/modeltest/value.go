package modeltest

import (
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
)

// SetValue gives one attribute of an image a value, as no empty image has it.
func SetValue(a *model.Attribute, i *model.Image) {
	switch v := a.Field(i).(type) {
	case *string:
		*v = "value"
		if n := len(a.Values); n > 0 {
			*v = a.Values[n-1]
		}
	case *model.Opt[string]:
		*v = model.Some("value")
		if a.Kind == model.KindChoice {
			*v = model.Some(rules.Rules{}.Choices(a.Name)[0])
		}
	case *bool:
		*v = true
	case *int64:
		*v = 7
	case *model.Opt[int64]:
		*v = model.Some[int64](7 << 30)
	case *time.Time:
		*v = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	case *[]string:
		*v = []string{"value"}
	case *[]model.Location:
		*v, i.LocationsShown = []model.Location{{URL: "http://value/", Metadata: map[string]any{}}}, true
	case *map[string]model.Opt[string]:
		*v = map[string]model.Opt[string]{"p": model.Some("value")}
	default:
		panic("modeltest: say how to set " + a.Name)
	}
}
