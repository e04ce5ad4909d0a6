package patch

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/jsontext"
)

// MarshalJSON writes an operation as it is sent: op, path and, but for a
// removal, value.
func (o Operation) MarshalJSON() ([]byte, error) { return appendOperation(nil, o) }

func appendOperation(out []byte, o Operation) ([]byte, error) {
	w := model.WriteObject(out)
	w.Text("op", string(o.Op))
	w.Text("path", o.Path)
	if o.Op != OpRemove {
		w.Field("value", o.sent())
	}
	return w.End()
}

// sent is the value with empty lists as [] and not null.
func (o Operation) sent() any {
	switch v := o.Value.(type) {
	case []string:
		if v == nil {
			return []string{}
		}
	case []model.Location:
		if v == nil {
			return []model.Location{}
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
	return jsontext.Must(jsontext.AppendList(nil, p, false, appendOperation))
}

// JSONv20 is the patch in the form of the older media type (MediaTypeV20), for
// servers that take no other: [{"replace":"/name","value":"x"}]. An add of a
// base attribute, which every image has, becomes a replace: there an add
// refuses what exists (measured). For the same reason an add of a property
// that someone else added meanwhile is refused with 409 and not overwritten.
// It panics as JSON does.
func (p Patch) JSONv20() []byte {
	return jsontext.Must(jsontext.AppendList(nil, p, false, appendOperationV20))
}

// appendOperationV20 writes an operation with its verb as the path's name.
func appendOperationV20(out []byte, o Operation) ([]byte, error) {
	w := model.WriteObject(out)
	w.Text(string(o.verbV20()), o.Path)
	if o.Op != OpRemove {
		w.Field("value", o.sent())
	}
	return w.End()
}

// verbV20 is what does in the older form what the operation does in the newer.
func (o Operation) verbV20() Op {
	path, fault := PointerTokens(o.Path)
	if o.Op != OpAdd || o.V20 || fault != "" || len(path) != 1 {
		return o.Op
	}
	if a, _ := model.AttributeNamed(path[0]); a.Settable() {
		return OpReplace
	}
	return OpAdd
}

// MustEncode is Encode for a value that can be JSON; it panics for any other.

// Must panics where a value cannot be JSON.
