package words

import (
	"encoding/json"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/internal/quote"
)

// CountOfProperties stands for properties that are too many to be told.
func CountOfProperties(i *model.Image) string { return quote.Grouped(int64(i.PropertyCount())) }

// PresentText is the value of a property that may be absent.
func PresentText(v model.Opt[string], present bool) string {
	if !present {
		return quote.WordAbsent
	}
	return model.TextValue(v)
}

// RawValue is an attribute's raw JSON in one line.
func RawValue(extra map[string]json.RawMessage, name string) string {
	raw, found := extra[name]
	if !found {
		return quote.WordAbsent
	}
	return model.RawText(raw)
}

// ShownLocations are the locations of an image, as far as they are known.
func ShownLocations(i model.Image) string {
	if text, unread := i.UnreadText("locations"); unread {
		return text
	}
	if !i.LocationsShown {
		return quote.WordHidden
	}
	return LocationsValue(i.Locations)
}

// LocationsValue lists the URLs in their order.
func LocationsValue(locations []model.Location) string {
	if len(locations) == 0 {
		return quote.WordAbsent
	}
	urls := make([]string, len(locations))
	for n, l := range locations {
		urls[n] = l.URL
	}
	return quote.Listed(urls, ", ", quote.BareURL)
}

// MetadataValue is a location's metadata as JSON, members in order of name.
func MetadataValue(metadata map[string]any) string {
	if len(metadata) == 0 {
		return "{}"
	}
	text, err := jsontext.Encode(metadata)
	if err != nil {
		return "?" // what JSON cannot say never arrived from a server
	}
	return quote.Visible(string(text))
}

// LocationValue names a location: its URL, and its metadata where it has any.
func LocationValue(l model.Location) string {
	if model.MembersBeside(l.Metadata, model.StoreKey) == 0 {
		return quote.BareURL(l.URL)
	}
	return quote.BareURL(l.URL) + " " + MetadataValue(l.Metadata)
}
