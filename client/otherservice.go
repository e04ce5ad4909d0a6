package client

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// otherService is an answer of something that is no identity service, with what
// it seems to be.
type otherService string

func (o otherService) Error() string { return "the response is that of " + string(o) }

const (
	someService  otherService = "another service"
	imageService otherService = "an Image service"
)

// serviceOf tells by a list of versions whose it is: the identity service gives
// an object of values, all others a list (measured: Keystone, Glance; the API
// references of Nova, Cinder and Neutron). Of these only the Image service names
// v2.3 and later. ok is false for what is no such list.
func serviceOf(body []byte) (kind otherService, ok bool) {
	var answer struct{ Versions json.RawMessage }
	if json.Unmarshal(body, &answer) != nil || answer.Versions == nil {
		return "", false
	}
	var identity struct{ Values []json.RawMessage }
	if json.Unmarshal(answer.Versions, &identity) == nil && identity.Values != nil {
		return "", true
	}
	var list []struct{ ID string }
	if json.Unmarshal(answer.Versions, &list) == nil {
		for _, v := range list {
			if strings.HasPrefix(v.ID, "v2.") && api.MinorVersion(v.ID) >= 3 {
				return imageService, true
			}
		}
	}
	return someService, true
}

// guarded tells whether a refusal is that of a service which takes tokens and
// gives none, and where it says that they come from. Both it and the identity
// service name that address in a header; only the identity service's refusal is
// an object "error" (measured: keystonemiddleware before Glance, Keystone).
func guarded(h http.Header, body []byte) (identityURL string, ok bool) {
	said, ok := strings.CutPrefix(h.Get("WWW-Authenticate"), `Keystone uri=`)
	var own struct{ Error json.RawMessage }
	if !ok || json.Unmarshal(body, &own) == nil && own.Error != nil {
		return "", false
	}
	return strings.Trim(said, `"'`), true
}

// discovery looks at the answer to the question for an identity service's
// versions, which is asked before there is a token, and gives it back.
func discovery(req *http.Request, res *http.Response, body io.Reader) (io.Reader, error) {
	asked := req.Method == http.MethodGet && req.Header.Get("X-Auth-Token") == ""
	if !asked || res.StatusCode != http.StatusOK && res.StatusCode != http.StatusMultipleChoices {
		return body, nil
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	kind, ok := serviceOf(text)
	if !ok {
		kind = someService
	}
	if kind != "" {
		return nil, kind
	}
	return bytes.NewReader(text), nil
}
