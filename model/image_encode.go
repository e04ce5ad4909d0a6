package model

import (
	"time"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// MarshalJSON writes an image as GET /v2/images/{id} shows it: every base
// attribute (locations only when shown, times only when known), then the
// properties and what is in Extra, each sorted by name.
func (i Image) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil) }

// AppendJSON appends what MarshalJSON gives, for whoever writes many images.
func (i *Image) AppendJSON(out []byte) ([]byte, error) {
	w := WriteObject(out)
	w.instead = i.Unread
	for _, a := range jsonOrder {
		a.encode(&w, i)
	}
	w.instead = nil
	if raw, cut := i.Unread["properties"]; cut {
		w.Field("properties", raw) // no reader may take the rest for all
	}
	for _, name := range jsontext.SortedKeys(i.Properties) {
		if _, twice := i.Extra[name]; !twice {
			w.OptionalText(name, i.Properties[name])
		}
	}
	for _, name := range jsontext.SortedKeys(i.Extra) {
		w.Field(name, i.Extra[name])
	}
	return w.End()
}

// JSONOrder lists the attributes of every image as its JSON does.
func JSONOrder() []*Attribute { return jsonOrder }

// jsonOrder is that of the table, but for the owner, which follows the visibility,
// and lists, which are last: so an image looks as it always did.
var jsonOrder = func() (order []*Attribute) {
	var owner, lists []*Attribute
	for _, a := range attributes {
		switch {
		case a.Name == "owner":
			owner = append(owner, a)
		case a.Kind == KindTags || a.Kind == KindLocations:
			lists = append(lists, a)
		case a.Name == "visibility":
			order = append(append(order, a), owner...)
		case a.Base:
			order = append(order, a)
		}
	}
	return append(order, lists...)
}()

// encodeTime writes whole seconds, as Glance does.
func encodeTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Nullable is the value for encoding/json: nil for null.
func Nullable[T comparable](o Opt[T]) any {
	if !o.Set {
		return nil
	}
	return o.Value
}

// SortedKeys are the keys of a map in order.
