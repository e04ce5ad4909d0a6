package model

import (
	"encoding/json"
	"testing"
)

// mustImage decodes an image document.
func mustImage(t testing.TB, document string) Image {
	t.Helper()
	var image Image
	if err := json.Unmarshal([]byte(document), &image); err != nil {
		t.Fatalf("decode %s: %v", document, err)
	}
	return image
}
