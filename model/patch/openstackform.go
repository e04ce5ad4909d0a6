package patch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// FromOpenStackClient gives the API's document of an image for one that
// `openstack image show -f json` printed (measured with python-openstackclient
// 6.0 and 10.5); any other document comes back as it is. That client nests what
// it does not know as a field of its own under "properties", os_hidden and
// locations among it; it leaves out what is null; and openstacksdk makes numbers and
// booleans of some properties, though they are texts.
//
// Such a value is the client's reading of a text: of "04" it makes 4, of "Yes"
// true, of what is no number 0. known are the properties' texts where they are
// known: a value that is a reading of one stands for it, and one that is not
// stays what it is, which no property can be. Without known (of the state before)
// it becomes a text, and what can be null and is not there is null.
//
// The error is encoding/json's, or says that an attribute is in both places.
func FromOpenStackClient(document []byte, known map[string]model.Opt[string]) ([]byte, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(document, &object); err != nil {
		return document, nil //nolint:nilerr // whoever decodes it says what is wrong and where
	}
	nested := bytes.TrimSpace(object["properties"])
	if len(nested) == 0 || nested[0] != '{' {
		return document, nil // of the API's own: a property of this name is a text
	}
	var properties map[string]json.RawMessage
	if err := json.Unmarshal(nested, &properties); err != nil {
		return nil, err
	}
	delete(object, "properties")
	for _, name := range jsontext.SortedKeys(properties) {
		value := properties[name]
		if there, twice := object[name]; twice && !jsontext.EqualJSON(there, value) {
			return nil, fmt.Errorf("%q is both beside and under \"properties\", with different values", name)
		}
		object[name] = value
		if a, found := model.AttributeNamed(name); found && a.Base || model.SetByServer(name) || !readByClient(value) {
			continue
		}
		text, there := known[name]
		switch {
		case known == nil:
			object[name] = json.RawMessage(`"` + string(bytes.TrimSpace(value)) + `"`)
		case there && text.Set && readsAs(text.Value, string(bytes.TrimSpace(value))):
			object[name], _ = json.Marshal(text.Value)
		}
	}
	if known == nil { // what is left out of a wanted document stays as it is
		for _, a := range model.Settable() {
			if _, there := object[a.Name]; !there && a.Nullable() {
				object[a.Name] = json.RawMessage("null")
			}
		}
	}
	return json.Marshal(object)
}

// readByClient reports whether a value is a number or a boolean.
func readByClient(raw json.RawMessage) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) > 0 && (raw[0] == 't' || raw[0] == 'f' || raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

// readsAs reports whether openstacksdk makes this number or boolean of a text.
func readsAs(text, read string) bool {
	if read == "true" || read == "false" {
		yes := slices.Contains([]string{"true", "yes", "on", "1", "t", "y"}, strings.ToLower(text))
		return yes == (read == "true")
	}
	text = strings.TrimSpace(text)
	if text == read {
		return true
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 {
		return read == "0"
	}
	return strconv.FormatInt(number, 10) == read
}
