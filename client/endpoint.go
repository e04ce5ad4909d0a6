package client

import (
	"net/url"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// endpoint is the address of an Image service, however it was written:
// "https://cloud/image", "https://cloud:9292/v2/", "https://cloud/v2/12345". A
// catalogue may list it with or without its version (and old ones with v1).
type endpoint struct {
	base *url.URL // path without a version or slash at its end; nil for what is no URL
	text string   // as given
}

func parseEndpoint(text string) endpoint {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return endpoint{text: text}
	}
	path, api := api.SplitVersion(u.EscapedPath())
	if api != "/v2" { // an account's
		path += api
	}
	base := &url.URL{Scheme: u.Scheme, Host: u.Host}
	if base, err = base.Parse(path); err != nil {
		return endpoint{text: text}
	}
	return endpoint{base: base, text: text}
}

// at is the URL of an escaped path below the endpoint.
func (e endpoint) at(path string, query url.Values) string {
	root := url.URL{Scheme: e.base.Scheme, Host: e.base.Host}
	u := root.String() + api.AddressOf(e.base.EscapedPath(), path)
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

// String is the endpoint without version and without credentials; the version
// before an account stays.
func (e endpoint) String() string {
	if e.base == nil {
		return e.text
	}
	return strings.TrimRight(e.base.String(), "/")
}
