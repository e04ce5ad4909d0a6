package demo

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/patch"
)

// ask does one request without a network.
func ask(t *testing.T, s *Server, method, path, mediaType, body string, want int) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", mediaType)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Code != want {
		t.Fatalf("%s %s answered %d, want %d: %s", method, path, w.Code, want, w.Body)
	}
}

// Whatever way an image or its data goes, nothing of it stays in memory.
func TestNothingOfADeletedImageStays(t *testing.T) {
	const octets, location = "application/octet-stream", `{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}`
	s := New(Options{Empty: true})
	id := namedID("gone")
	image := "/v2/images/" + id
	create := func() {
		t.Helper()
		s.images.gone = graveyard{} // so that the id can be given again
		ask(t, s, "POST", "/v2/images", mediaJSON, `{"id":"`+id+`","disk_format":"raw","container_format":"bare"}`, 201)
	}
	empty := func(when string) {
		t.Helper()
		if len(s.files.data) != 0 || s.files.held != 0 {
			t.Errorf("%s: %d files are held, %d bytes", when, len(s.files.data), s.files.held)
		}
	}
	create()
	ask(t, s, "PUT", image+"/file", octets, "data", 204)
	ask(t, s, "POST", image+"/members", mediaJSON, `{"member":"x"}`, 200)
	ask(t, s, "DELETE", image, "", "", 204)
	empty("after the deletion of an image")
	if len(s.images.members) != 0 || len(s.images.byID) != 0 || len(s.images.order) != 0 {
		t.Errorf("%d with members, %d by id, %d in order", len(s.images.members), len(s.images.byID), len(s.images.order))
	}

	create()
	ask(t, s, "PUT", image+"/stage", octets, "data", 204)
	ask(t, s, "DELETE", image, "", "", 204)
	empty("after the deletion of a staged image")

	for when, remove := range map[string]func(){
		"after a patch": func() {
			ask(t, s, "PATCH", image, patch.MediaTypeV21, `[{"op":"remove","path":"/locations/0"}]`, 200)
		},
		"after a patch that fails": func() {
			ask(t, s, "PATCH", image, patch.MediaTypeV21, `[{"op":"remove","path":"/locations/0"},{"op":"remove","path":"/x"}]`, 409)
		},
		"after a deletion from the store": func() {
			ask(t, s, "DELETE", "/v2/stores/local/"+id, "", "", 204)
		},
	} {
		create()
		ask(t, s, "PUT", image+"/file", octets, "data", 204)
		ask(t, s, "PATCH", image, patch.MediaTypeV21, "["+location+"]", http.StatusOK)
		remove()
		empty(when)
		ask(t, s, "DELETE", image, "", "", 204)
	}
}

func TestOnlySoManyTokensAndGravesAreRemembered(t *testing.T) {
	tokens := newTokenService(defaultTokenLifetime)
	first := tokens.issue(&token{user: member}, nil)
	for range maxTokens + 5 {
		tokens.issue(&token{user: member}, nil)
	}
	if len(tokens.tokens) > maxTokens || tokens.find(first) != nil {
		t.Errorf("%d tokens are remembered", len(tokens.tokens))
	}
	var g graveyard
	for n := range rememberedGraves + 5 {
		g.add(&entry{id: namedID(strings.Repeat("x", n))})
	}
	if len(g.byID) != rememberedGraves || len(g.order) != rememberedGraves {
		t.Errorf("%d and %d deleted images are remembered", len(g.byID), len(g.order))
	}
}
