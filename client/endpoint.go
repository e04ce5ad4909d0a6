package client

import (
	"net/url"
	"strings"
)

// endpoint is the address of an Image service without its version, however it
// was written: "https://cloud/image", "https://cloud:9292/v2/". A catalogue
// may list it with or without (and old ones with /v1).
type endpoint struct {
	base *url.URL // path without a slash at its end; nil for what is no URL
	text string   // as given
}

var versionAtEnd = pattern(`/v[0-9]+(\.[0-9]+)?$`)

func parseEndpoint(text string) endpoint {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return endpoint{text: text}
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	path = strings.TrimRight(versionAtEnd().ReplaceAllString(path, ""), "/")
	base := &url.URL{Scheme: u.Scheme, Host: u.Host}
	if base, err = base.Parse(path); err != nil {
		return endpoint{text: text}
	}
	return endpoint{base: base, text: text}
}

// at is the URL of an escaped path below the endpoint.
func (e endpoint) at(path string, query url.Values) string {
	u := strings.TrimRight(e.base.String(), "/") + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

// String is the endpoint without version and without credentials.
func (e endpoint) String() string {
	if e.base == nil {
		return e.text
	}
	return strings.TrimRight(e.base.String(), "/")
}
