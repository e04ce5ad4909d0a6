package model

import "encoding/json"

// DecodeWanted reads the document of an image as somebody wants it to be: the
// API's own document of the base image, edited. Base attributes and locations
// that it leaves out stay as they are, since nothing can remove them; it names
// all properties, so one that it leaves out is to go. What only the server
// sets is not read at all, see [NotAsked].
//
// The error is a [*Refusal] when a value is of a type that no image can have,
// and encoding/json's when the document is no JSON object.
func DecodeWanted(base Image, document []byte) (Image, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(document, &object); err != nil {
		return Image{}, err
	}
	if object == nil {
		return Image{}, errNotAnObject
	}
	wanted := base.Clone()
	wanted.Properties = make(map[string]Opt[string])
	var faults []Fault
	for _, name := range sortedKeys(object) {
		if fault := wanted.takeWanted(name, object[name]); fault != nil {
			faults = append(faults, *fault)
		}
	}
	if len(faults) > 0 {
		return Image{}, &Refusal{Faults: faults}
	}
	return wanted, nil
}

// NotAsked lists what a wanted document says that no patch can ask for: a status,
// an id, stores or another name that only the server sets, with another value
// than the base has. It leaves out what merely was read: times, sizes, hashes and
// links are in every document and differ by themselves. A property whose value in
// the base is not understood, and that the document lacks, is in the list, too.
func NotAsked(base Image, document []byte) []Change {
	var object, shown map[string]json.RawMessage
	if json.Unmarshal(document, &object) != nil || json.Unmarshal(mustEncode(base), &shown) != nil {
		return nil
	}
	var out []Change
	for _, name := range sortedKeys(object) {
		a, found := AttributeNamed(name)
		if !setByServer(name) || found && !a.ByServer || isReading(name) {
			continue
		}
		old, had := shown[name]
		if had && equalJSON(old, object[name]) || !had && string(object[name]) == "null" {
			continue
		}
		c := changeOf(Field{Attr: name, Index: -1}, name, rawValue(shown, name), rawValue(object, name))
		c.ByServer = true
		out = append(out, c)
	}
	for _, name := range sortedKeys(base.Extra) {
		if _, kept := object[name]; !kept && !setByServer(name) { // a property whose value is not understood
			out = append(out, changeOf(Field{Attr: "properties", Key: name, Index: -1}, name, rawValue(base.Extra, name), wordAbsent))
		}
	}
	return out
}

// takeWanted reads one attribute of a wanted document into the image, whose
// Extra and Unread are still the base's.
func (i *Image) takeWanted(name string, raw json.RawMessage) *Fault {
	for _, kept := range []map[string]json.RawMessage{i.Unread, i.Extra} {
		if old, odd := kept[name]; odd && equalJSON(old, raw) {
			return nil // as the server showed it, whatever that is
		}
	}
	a, found := AttributeNamed(name)
	switch {
	case found && a.Base && !a.ByServer:
		if a.decode(i, raw) {
			i.known(name)
			return nil
		}
		return &Fault{Field: Field{Attr: name, Index: -1},
			Text: "this is no value for it: " + string(raw), Advice: "write " + a.Kind.form()}
	case setByServer(name):
		return nil
	}
	if text, ok := decodeNullableText(raw); ok {
		i.Properties[name] = text
		return nil
	}
	return &Fault{Field: Field{Attr: "properties", Key: name, Index: -1, Part: "value"},
		Text: "a property's value is a text, and this is none: " + string(raw), Advice: "put it in quotes"}
}

// form is how a value of the kind is written in JSON.
func (k Kind) form() string {
	switch k {
	case KindBool:
		return "true or false"
	case KindInteger:
		return "a whole number"
	case KindTags:
		return "a list of texts"
	case KindLocations:
		return `a list of {"url": "…", "metadata": {}}`
	}
	return "a text in quotes"
}

func equalJSON(a, b json.RawMessage) bool {
	x, errA := decodePlain(a)
	y, errB := decodePlain(b)
	return errA == nil && errB == nil && equalValue(x, y)
}
