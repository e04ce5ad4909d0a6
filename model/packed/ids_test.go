package packed_test

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/packed"
)

func TestBegins(t *testing.T) {
	ids := []string{
		"", "a", "da3b75d", "da3b75d9", "DA3B75D9-3F4A-40E7-8A2C-BFAB23927DEA", "da3b75d9-3f4a-40e7-8a2c-bfab23927dea",
		"da3b75d9x", "xa3b75d9-3f4a", "+a3b75d9-3f4a", "0x3b75d9", "00000000-0000", "da3b75é-x", "K", "ffffffff",
	}
	s := packed.New()
	for _, id := range ids {
		s.Add(model.Image{ID: id})
	}
	var texts []string
	for _, id := range ids {
		for n := range len(id) + 1 {
			texts = append(texts, id[:n], strings.ToLower(id[:n]), id[:n]+"0", id[:n]+"-")
		}
	}
	for _, text := range texts {
		b := packed.BeginningOf(text)
		for at, id := range ids {
			want := len(id) >= len(text) && strings.EqualFold(id[:len(text)], text)
			if got := s.Begins(int32(at), b); got != want {
				t.Errorf("%q begins with %q: %v", id, text, got)
			}
			if got, want := s.IsID(int32(at), b), want && len(id) == len(text); got != want {
				t.Errorf("%q is %q: %v", id, text, got)
			}
		}
	}
}
