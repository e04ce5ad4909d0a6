package faults

import (
	"net/http"
	"strings"
)

// Place is a class of requests.
type Place struct {
	Name string
	Is   string // which requests, in words
	has  func(*http.Request) bool
}

// Places are all classes, as they may be named before a fault.
func Places() []Place { return places }

// Anywhere is the place of a fault that names none.
const Anywhere = "any"

var places = []Place{
	{"list", "a page of the list of images", func(r *http.Request) bool {
		return r.Method == http.MethodGet && r.URL.Path == imagesPath && !asksForChanges(r)
	}},
	{"watch", "the question which images changed lately", func(r *http.Request) bool {
		return r.Method == http.MethodGet && r.URL.Path == imagesPath && asksForChanges(r)
	}},
	{"get", "reading one image", func(r *http.Request) bool {
		return r.Method == http.MethodGet && isImage(r.URL.Path)
	}},
	{"patch", "an edit of an image", func(r *http.Request) bool {
		return r.Method == http.MethodPatch && isImage(r.URL.Path)
	}},
	{"members", "the members of an image", func(r *http.Request) bool {
		return r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, imagesPath+"/") && strings.HasSuffix(r.URL.Path, "/members")
	}},
	{"schema", "the schema of an image", func(r *http.Request) bool {
		return r.Method == http.MethodGet && r.URL.Path == "/v2/schemas/image"
	}},
	{"versions", "the versions of the API", func(r *http.Request) bool {
		return r.Method == http.MethodGet && r.URL.Path == "/versions"
	}},
	{"token", "a login at the identity service", func(r *http.Request) bool {
		return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/v3/auth/tokens")
	}},
	{Anywhere, "every request", func(*http.Request) bool { return true }},
}

const imagesPath = "/v2/images"

// isImage is the path of one image, and not of something below it.
func isImage(path string) bool {
	id, below := strings.CutPrefix(path, imagesPath+"/")
	return below && id != "" && !strings.Contains(id, "/")
}

// asksForChanges knows the question by its filter.
func asksForChanges(r *http.Request) bool { return r.URL.Query().Has("updated_at") }

// PlaceOf is the place of a request, by its name: the first that has it.
func PlaceOf(r *http.Request) string {
	for _, p := range places {
		if p.has(r) {
			return p.Name
		}
	}
	return Anywhere
}

func placeNamed(name string) (Place, bool) {
	for _, p := range places {
		if p.Name == name {
			return p, true
		}
	}
	return Place{}, false
}
