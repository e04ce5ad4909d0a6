package rules

import (
	"encoding/hex"
	"net/http"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
	"github.com/glance-tui/glance-tui/model/patch"
)

// serverHash is the algorithm that a server hashes images with by default, and
// the length of its hash in bytes.
const (
	serverHash       = "sha512"
	serverHashLength = 64
	checksumLength   = 16
)

// validationData is what a new location's "validation_data" sets: checksum,
// os_hash_algo and os_hash_value.
type validationData map[string]string

// validationNames are its members, in the order in which they are checked.
var validationNames = []string{"checksum", "os_hash_algo", "os_hash_value"}

// validation gathers the validation data of the locations and checks it
// (measured: all refusals are 409). Values that the image has already say
// nothing new.
func (d *workingCopy) validation(list []any) (validationData, *patch.Rejection) {
	given, refused := gatherValidation(list)
	if refused != nil {
		return nil, refused
	}
	fresh := validationData{}
	for _, name := range validationNames {
		value, found := given[name]
		current := d.hash(name)
		switch {
		case !found || value == current:
		case current != "":
			return nil, patch.Reject(http.StatusConflict, "%s is already set with a different value", name)
		default:
			fresh[name] = value
		}
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	if d.image.Status != model.StatusQueued {
		return nil, patch.Reject(http.StatusConflict, "New value(s) for %s may only be provided when image status is 'queued'",
			jsontext.Joined(jsontext.SortedKeys(fresh), func(name string) string { return name }))
	}
	return fresh, fresh.check()
}

func gatherValidation(list []any) (validationData, *patch.Rejection) {
	given := validationData{}
	for _, element := range list {
		location, _ := element.(map[string]any)
		data, _ := location["validation_data"].(map[string]any)
		for _, name := range jsontext.SortedKeys(data) {
			value, _ := data[name].(string)
			if other, found := given[name]; found && other != value {
				return nil, patch.Reject(http.StatusConflict, "Conflicting values for %s", name)
			}
			given[name] = value
		}
	}
	return given, nil
}

// check asks that hashes are hexadecimal, of the right length and made with
// the server's algorithm.
func (v validationData) check() *patch.Rejection {
	if checksum, found := v["checksum"]; found {
		sum, err := hex.DecodeString(checksum)
		switch {
		case err != nil:
			return patch.Reject(http.StatusConflict, "checksum (%s) is not a valid hexadecimal value", checksum)
		case len(sum) != checksumLength:
			return patch.Reject(http.StatusConflict, "checksum (%s) is not the correct size for md5 (should be %d bytes)",
				checksum, checksumLength)
		}
	}
	algorithm, found := v["os_hash_algo"]
	if algorithm != serverHash {
		if !found {
			algorithm = "None"
		}
		return patch.Reject(http.StatusConflict, "os_hash_algo must be %s, not %s", serverHash, algorithm)
	}
	value := v["os_hash_value"]
	hash, err := hex.DecodeString(value)
	switch {
	case err != nil:
		return patch.Reject(http.StatusConflict, "os_hash_value (%s) is not a valid hexadecimal value", value)
	case len(hash) != serverHashLength:
		return patch.Reject(http.StatusConflict, "os_hash_value (%s) is not the correct size for %s (should be %d bytes)",
			value, serverHash, serverHashLength)
	}
	return nil
}

func (d *workingCopy) hash(name string) string {
	switch name {
	case "checksum":
		return d.image.Checksum.Or("")
	case "os_hash_algo":
		return d.image.HashAlgo.Or("")
	}
	return d.image.HashValue.Or("")
}

// fill sets the image's hashes.
func (v validationData) fill(image *model.Image) {
	for name, value := range v {
		switch name {
		case "checksum":
			image.Checksum = model.Some(value)
		case "os_hash_algo":
			image.HashAlgo = model.Some(value)
		case "os_hash_value":
			image.HashValue = model.Some(value)
		}
	}
}
