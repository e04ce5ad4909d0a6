package packed

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// addLocations packs locations. URLs are packed as they are, so that a filter goes
// over them at no cost; metadata is mostly the same in all images.
func (w *writer) addLocations(locations []model.Location) (fit bool) {
	fit = true
	w.number(uint64(len(locations)))
	for _, l := range locations {
		w.form(uint64(len(l.URL)), formPlain)
		w.out = append(w.out, l.URL...)
		text, ok := encodeMetadata(l.Metadata)
		w.addText(text, l.Metadata != nil)
		fit = fit && ok
	}
	return fit
}

// urls reads the URLs alone, into the image's own list.
func (r *reader) urls(img *model.Image) {
	for range r.number() {
		url, _ := r.text()
		r.skipText()
		img.Locations = append(img.Locations, model.Location{URL: url})
	}
}

// locations reads them all.
func (r *reader) locations(rec *record, img *model.Image) {
	n := int(r.number())
	if !rec.flags.has(noLocations) {
		img.Locations = make([]model.Location, 0, n)
	}
	for range n {
		var l model.Location
		l.URL, _ = r.text()
		if text, set := r.text(); set {
			l.Metadata = decodeMetadata(text)
		}
		img.Locations = append(img.Locations, l)
	}
}

// encodeMetadata is false where JSON does not give the same back.
func encodeMetadata(metadata map[string]any) (string, bool) {
	if len(metadata) == 0 {
		return "{}", true
	}
	if !isJSON(metadata) {
		return "{}", false
	}
	text, err := json.Marshal(metadata)
	if err != nil {
		return "{}", false
	}
	return string(text), true
}

// isJSON reports whether a value is as decoding gives it (numbers as json.Number).
func isJSON(value any) bool {
	switch v := value.(type) {
	case nil, bool, json.Number:
		return true
	case string:
		return utf8.ValidString(v)
	case []any:
		for _, element := range v {
			if !isJSON(element) {
				return false
			}
		}
		return v != nil
	case map[string]any:
		for name, element := range v {
			if !utf8.ValidString(name) || !isJSON(element) {
				return false
			}
		}
		return v != nil
	}
	return false
}

func decodeMetadata(text string) map[string]any {
	metadata := map[string]any{}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	_ = d.Decode(&metadata) // encodeMetadata wrote it
	return metadata
}
