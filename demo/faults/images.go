package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// These faults change what is said of images.

// object is a JSON object whose members nobody looked into.
type object map[string]json.RawMessage

func readObject(data []byte) (object, bool) {
	var o object
	return o, json.Unmarshal(data, &o) == nil && o != nil
}

func (o object) bytes() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(o); err != nil { // its members came out of a decoder
		panic("faults: an object does not encode: " + err.Error())
	}
	return b.Bytes()
}

func (o object) text(name string) string {
	var s string
	_ = json.Unmarshal(o[name], &s)
	return s
}

func quoted(s string) json.RawMessage {
	b, _ := json.Marshal(s) // a string always encodes
	return b
}

// page gives the images of a list; ok is false where the answer is none.
func (o object) page() (images []object, ok bool) {
	raw, listed := o["images"]
	return images, listed && json.Unmarshal(raw, &images) == nil
}

func (o object) setPage(images []object) {
	raw, _ := json.Marshal(images) // they came out of a decoder
	o["images"] = raw
}

// images makes a fault of a change to one image. It changes every image of a
// list as well.
func images(change func(o object, names []string)) strike {
	return func(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
		a := carryOut(next, r)
		o, ok := readObject(a.body.Bytes())
		if a.code != http.StatusOK || !ok {
			a.give(w, a.body.Bytes())
			return
		}
		if list, isList := o.page(); isList {
			for _, image := range list {
				change(image, f.Names)
			}
			o.setPage(list)
		} else if _, isImage := o["visibility"]; isImage {
			change(o, f.Names)
		}
		a.give(w, o.bytes())
	}
}

// chosen are the attributes that a fault is about.
func (o object) chosen(names []string) []string {
	if len(names) > 0 {
		return names
	}
	for name := range o {
		if name != "id" {
			names = append(names, name)
		}
	}
	return names
}

func without(o object, names []string) {
	for _, name := range o.chosen(names) {
		delete(o, name)
	}
}

func nulled(o object, names []string) {
	for _, name := range o.chosen(names) {
		o[name] = json.RawMessage("null")
	}
}

// mistyped gives an attribute a value of another type than it has.
func mistyped(o object, names []string) {
	for _, name := range o.chosen(names) {
		switch v := string(o[name]); {
		case strings.HasPrefix(v, `"`):
			o[name] = json.RawMessage(`{"text":17}`)
		case strings.HasPrefix(v, "["):
			o[name] = json.RawMessage(`"one, two"`)
		case v == "true", v == "false":
			o[name] = json.RawMessage(`"yes"`)
		case v == "null":
			o[name] = json.RawMessage("[false]")
		default:
			o[name] = json.RawMessage(`"many"`)
		}
	}
}

func extended(o object, _ []string) {
	for name, value := range map[string]string{
		"later_object": `{"of":["a",{"later":null}],"api":2.99}`, "later_list": `[1,"two",null,[]]`, "later_number": "3.5",
		"later_yes": "true", "later_null": "null", "later_text": `"a property, as far as anybody can tell"`, "later_huge_number": "1e400",
	} {
		o[name] = json.RawMessage(value)
	}
}

// otherImage gives the image another id.
func otherImage(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	o, ok := readObject(a.body.Bytes())
	if _, isImage := o["visibility"]; !ok || !isImage {
		a.give(w, a.body.Bytes())
		return
	}
	o["id"] = quoted("07he4000-0000-4000-8000-000000000001")
	a.give(w, o.bytes())
}

// endless gives the first page for every one, and another after it.
func endless(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	r = r.Clone(r.Context())
	q := r.URL.Query()
	q.Del("marker")
	r.URL.RawQuery = q.Encode()
	a := carryOut(next, r)
	o, ok := readObject(a.body.Bytes())
	list, isList := o.page()
	if !ok || !isList || len(list) == 0 {
		a.give(w, a.body.Bytes())
		return
	}
	o["next"] = nextAfter(list)
	a.give(w, o.bytes())
}

// endlessNew counts in the ids how many images it made up.
func endlessNew(_ Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	begin := 0
	q := r.URL.Query()
	if n, err := strconv.Atoi(strings.TrimPrefix(q.Get("marker"), endlessID)); err == nil {
		begin = n
		q.Del("marker")
		r = r.Clone(r.Context())
		r.URL.RawQuery = q.Encode()
	}
	a := carryOut(next, r)
	o, ok := readObject(a.body.Bytes())
	list, isList := o.page()
	if !ok || !isList || len(list) == 0 {
		a.give(w, a.body.Bytes())
		return
	}
	limit, _ := strconv.Atoi(q.Get("limit"))
	for len(list) < min(limit, maxPage) {
		list = append(list, slices.Clone(list)...)
	}
	list = list[:max(1, min(limit, maxPage, len(list)))]
	for n, image := range list {
		fresh := make(object, len(image))
		for name, value := range image {
			fresh[name] = value
		}
		fresh["id"] = quoted(fmt.Sprintf("%s%012d", endlessID, begin+n+1))
		list[n] = fresh
	}
	o.setPage(list)
	o["next"] = nextAfter(list)
	a.give(w, o.bytes())
}

const (
	endlessID = "e4d1e550-0000-4000-8000-"
	maxPage   = 1000
)

func nextAfter(list []object) json.RawMessage {
	return quoted("/v2/images?marker=" + list[len(list)-1].text("id"))
}

// huge makes the answer as long as it shall be, by a first member that means
// nothing. It is written as it goes, and never in memory as a whole.
func huge(f Fault, next http.Handler, w http.ResponseWriter, r *http.Request) {
	a := carryOut(next, r)
	rest, isObject := bytes.CutPrefix(bytes.TrimSpace(a.body.Bytes()), []byte("{"))
	begin, end := `{"padding":"`, `",`
	if !isObject {
		begin, end = "", ""
	}
	fill := max(0, f.Size-int64(len(begin)+len(end)+len(rest)))
	a.header.Del("Content-Length")
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.code)
	_, _ = io.WriteString(w, begin)
	block := bytes.Repeat([]byte("x"), 64<<10)
	for fill > 0 {
		n := min(fill, int64(len(block)))
		if _, err := w.Write(block[:n]); err != nil {
			return // it had enough
		}
		fill -= n
	}
	_, _ = io.WriteString(w, end)
	_, _ = w.Write(rest)
}
