package model

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// Field is a pointer to the image's value of the attribute: a *string where null
// is impossible, an *Opt[string], *bool, *int64, *Opt[int64] or *time.Time; a
// *[]string for tags, a *[]Location, or the *map[string]Opt[string] of properties.
// Whoever reads it asks [Image.Knows] first.
func (a *Attribute) Field(i *Image) any { return a.field(i) }

// Same reports whether two images have the same value of it, or the same JSON
// where that could not be read. Locations and properties are compared one by one
// elsewhere.
func (a *Attribute) Same(x, y *Image) bool {
	if alike, decided := UnreadAlike(x, y, a.Name); decided {
		return alike
	}
	other := a.field(y)
	switch v := a.field(x).(type) {
	case *string:
		return *v == *other.(*string)
	case *Opt[string]:
		return *v == *other.(*Opt[string])
	case *bool:
		return *v == *other.(*bool)
	case *int64:
		return *v == *other.(*int64)
	case *Opt[int64]:
		return *v == *other.(*Opt[int64])
	case *time.Time:
		return v.Unix() == other.(*time.Time).Unix()
	case *[]string:
		return SameTags(*v, *other.(*[]string))
	}
	return false
}

// Sent is the value as it is sent: string, bool, int64, nil or []string.
func (a *Attribute) Sent(i *Image) any {
	switch v := a.field(i).(type) {
	case *string:
		return *v
	case *Opt[string]:
		return Nullable(*v)
	case *bool:
		return *v
	case *int64:
		return *v
	case *[]string:
		return NormalTags(*v)
	}
	return nil
}

// Set gives the image a value as Sent gives it, or as it is plain in JSON where
// it fits the default schema. It is known then.
func (a *Attribute) Set(i *Image, value any) {
	switch v := a.field(i).(type) {
	case *string:
		*v = OptText(value).Value
	case *Opt[string]:
		*v = OptText(value)
	case *bool:
		*v = value == true
	case *int64:
		*v = Integer(value)
	case *[]string:
		*v = tagsOf(value)
	}
	i.known(a.Name)
}

// Copy makes the image agree with another in the attribute.
func (a *Attribute) Copy(to, from *Image) {
	a.Set(to, a.Sent(from))
	if raw, unread := from.Unread[a.Name]; unread {
		to.keepUnread(a.Name, raw)
	}
}

// decode reads the value's JSON; false where it does not fit.
func (a *Attribute) decode(i *Image, raw json.RawMessage) (ok bool) {
	switch v := a.field(i).(type) {
	case *string:
		*v, ok = jsontext.DecodeText(raw)
	case *Opt[string]:
		*v, ok = decodeNullableText(raw)
	case *bool:
		*v, ok = decodeBool(raw)
	case *int64:
		*v, ok = jsontext.Integer(string(raw))
	case *Opt[int64]:
		*v, ok = decodeNullableInteger(raw)
	case *time.Time:
		*v, ok = decodeTime(raw)
	case *[]string:
		*v, ok = decodeTags(raw)
	case *[]Location:
		*v, ok = decodeLocations(raw)
		i.LocationsShown = ok
	}
	return ok
}

// encode writes the value as GET shows it: times only when known, locations only
// when shown.
func (a *Attribute) encode(w *ObjectWriter, i *Image) {
	switch v := a.field(i).(type) {
	case *string:
		w.Text(a.Name, *v)
	case *Opt[string]:
		w.OptionalText(a.Name, *v)
	case *bool:
		w.Flag(a.Name, *v)
	case *int64:
		w.Integer(a.Name, *v)
	case *Opt[int64]:
		w.OptionalInteger(a.Name, *v)
	case *time.Time:
		if !v.IsZero() || !i.Knows(a.Name) {
			w.Text(a.Name, encodeTime(*v))
		}
	case *[]string:
		w.Texts(a.Name, *v)
	case *[]Location:
		switch {
		case i.LocationsWithheld:
			w.Locations(a.Name, nil) // as the server has them, whatever was shown before
		case i.LocationsShown || i.Unread[a.Name] != nil:
			w.Locations(a.Name, *v)
		}
	}
}

// Words is the value for users: texts in quotes, the API's own words and numbers
// bare, amounts with their unit, and what could not be read as it came.
func (a *Attribute) Words(i *Image) string {
	if text, unread := i.UnreadText(a.Name); unread {
		return text
	}
	switch v := a.field(i).(type) {
	case *string:
		return quote.Bare(*v)
	case *Opt[string]:
		return TextValue(*v)
	case *bool:
		return strconv.FormatBool(*v)
	case *int64:
		return quote.Amount(*v, a.Unit)
	case *Opt[int64]:
		return optionalAmount(*v, a.Unit)
	case *time.Time:
		return quote.TimeValue(*v)
	case *[]string:
		return TagsValue(*v)
	}
	return quote.WordAbsent
}

// OptText is a plain value that the schema lets be text or null.
func OptText(value any) Opt[string] {
	text, isText := value.(string)
	if !isText {
		return Null[string]()
	}
	return Some(text)
}

// Integer is a plain value that the schema lets be a whole number.
func Integer(value any) int64 {
	if n, typed := value.(int64); typed {
		return n
	}
	n, _ := jsontext.Integer(fmt.Sprint(value))
	return n
}

// tagsOf is a list of texts, typed or plain, as a set.
func tagsOf(value any) []string {
	if tags, typed := value.([]string); typed {
		return NormalTags(tags)
	}
	list, _ := value.([]any)
	tags := make([]string, 0, len(list))
	for _, element := range list {
		text, _ := element.(string)
		tags = append(tags, text)
	}
	return NormalTags(tags)
}
