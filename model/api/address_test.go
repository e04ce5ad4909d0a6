package api_test

import (
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestAddressesOfRequests(t *testing.T) {
	for endpoint, want := range map[string][2]string{
		"":                    {"/v2/images", "/versions"},
		"/":                   {"/v2/images", "/versions"},
		"/v2":                 {"/v2/images", "/versions"},
		"/v1/":                {"/v2/images", "/versions"},
		"/image":              {"/image/v2/images", "/image/versions"},
		"/image/v2.1/":        {"/image/v2/images", "/image/versions"},
		"/v2/12345":           {"/v2/12345/images", "/versions"},
		"/image/v2/a%2Fb/":    {"/image/v2/a%2Fb/images", "/image/versions"},
		"/v2.0/12345":         {"/v2.0/12345/images", "/versions"},
		"/v2/v2":              {"/v2/v2/images", "/v2/versions"},
		"/api/v1/image":       {"/api/v1/image/v2/images", "/api/v1/image/versions"}, // of a gateway, not the Image API's
		"/gateway/v2/x/image": {"/gateway/v2/x/image/v2/images", "/gateway/v2/x/image/versions"},
	} {
		got := [2]string{api.AddressOf(endpoint, "/v2/images"), api.AddressOf(endpoint, "/versions")}
		if got != want {
			t.Errorf("%q: got %q, want %q", endpoint, got, want)
		}
	}
}
