package model

// MarshalJSON writes an operation as it is sent: op, path and, but for a
// removal, value.
func (o Operation) MarshalJSON() ([]byte, error) {
	w := newObjectWriter()
	w.field("op", o.Op)
	w.field("path", o.Path)
	if o.Op != OpRemove {
		w.field("value", o.sent())
	}
	return w.bytes()
}

// sent is the value with empty lists as [] and not null.
func (o Operation) sent() any {
	switch v := o.Value.(type) {
	case []string:
		if v == nil {
			return []string{}
		}
	case []Location:
		if v == nil {
			return []Location{}
		}
	}
	return o.Value
}

// JSON is the patch as it is sent (MediaTypeV21): compact, [] when empty. It
// panics when a Value is none that encoding/json can encode.
func (p Patch) JSON() []byte {
	if len(p) == 0 {
		return []byte("[]")
	}
	text, err := encode([]Operation(p))
	if err != nil {
		panic("model: an operation's value cannot be JSON: " + err.Error())
	}
	return text
}

func mustEncode(value any) []byte {
	text, err := encode(value)
	if err != nil {
		panic("model: an operation's value cannot be JSON: " + err.Error())
	}
	return text
}
