package draw

import (
	"strings"
	"testing"
)

// A property of 5 MB is legal; its image's JSON must not stop the screen.
func BenchmarkJSONOfALongText(b *testing.B) {
	src := []byte(`{"note": "` + strings.Repeat("words and words ", 5<<20/16) + `"}`)
	for b.Loop() {
		JSON(dark, src, 76)
	}
}

func BenchmarkJSONOfAnImage(b *testing.B) {
	src := []byte("{\n" + strings.Repeat("  \"property_name\": \"a value of the usual length\",\n", 150) + "}")
	for b.Loop() {
		JSON(dark, src, 76)
	}
}
