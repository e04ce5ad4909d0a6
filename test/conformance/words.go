package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model/patch"
)

// The words that the tables are written in.

// given joins calls and lists of calls.
func given(parts ...any) (all []Call) {
	for _, part := range parts {
		switch p := part.(type) {
		case Call:
			all = append(all, p)
		case []Call:
			all = append(all, p...)
		default:
			panic(fmt.Sprintf("given: %T is no call", part))
		}
	}
	return all
}

// by has someone else send the calls.
func by(who Who, calls ...any) []Call {
	all := given(calls...)
	for n := range all {
		all[n].As = who
	}
	return all
}

// image makes an image.
func image(attributes J) Call {
	attributes = attributes.and(J{"conformance": "$run"})
	return Call{Method: http.MethodPost, Path: "/v2/images", Type: "application/json", Body: text(attributes)}
}

// queued is an image that lacks nothing but data. It has the formats raw and
// bare because any data is raw.
func queued(attributes J) Call {
	return image(J{"name": "conformance", "disk_format": "raw", "container_format": "bare"}.and(attributes))
}

// located gives a queued image one location after another.
func located(files ...string) Call {
	var ops []op
	for _, file := range files {
		ops = append(ops, add("/locations/-", location(file)))
	}
	return patchCall(ops...)
}

// active is an image with these files behind it, by http; f17 without any.
func active(attributes J, files ...string) []Call {
	if len(files) == 0 {
		files = []string{"f17"}
	}
	return given(queued(attributes), located(files...))
}

// uploaded is an active image with data in the server's file store.
func uploaded(attributes J) []Call {
	return given(queued(attributes), upload(someData))
}

const someData = "some bytes of an image"

func upload(data string) Call {
	return Call{Method: http.MethodPut, Path: "/v2/images/$image/file", Type: "application/octet-stream", Body: data}
}

// stage leaves data for an import; the image is uploading then.
func stage(data string) Call {
	return Call{Method: http.MethodPut, Path: "/v2/images/$image/stage", Type: "application/octet-stream", Body: data}
}

// importFrom begins an import.
func importFrom(method J) Call {
	return Call{Method: http.MethodPost, Path: "/v2/images/$image/import", Type: "application/json",
		Body: text(J{"method": method})}
}

// saving is an image whose upload goes on until the case is over.
func saving() []Call {
	slow := upload("the first bytes")
	slow.Endless, slow.Until = true, "saving"
	return given(queued(nil), slow)
}

// importing is an image whose import takes longer than a case.
func importing() []Call {
	slow := importFrom(J{"name": "web-download", "uri": "$mirror/wait/4/f17.raw"})
	slow.Until = "importing"
	return given(queued(nil), slow)
}

// held is a PATCH that waits for the size of its new location; it has read the
// image and writes it whole when the size is there.
func held() Call {
	slow := located("wait/4/f5")
	slow.Held = true
	return slow
}

func deactivated(attributes J) []Call {
	return given(active(attributes), action("deactivate"))
}

func action(verb string) Call {
	return Call{Method: http.MethodPost, Path: "/v2/images/$image/actions/" + verb}
}

func share(project string) Call {
	return Call{Method: http.MethodPost, Path: "/v2/images/$image/members", Type: "application/json",
		Body: text(J{"member": project})}
}

func get(path string) Call   { return Call{Method: http.MethodGet, Path: path} }
func erase(path string) Call { return Call{Method: http.MethodDelete, Path: path} }
func put(path string) Call   { return Call{Method: http.MethodPut, Path: path} }

func sent(method, path string, body J) Call {
	return Call{Method: method, Path: path, Type: "application/json", Body: text(body)}
}

// list asks for images of this case alone; further parameters as in a URL.
func list(query string) Call {
	if query != "" {
		query = "&" + query
	}
	return get("/v2/images?conformance=$run" + query)
}

// op is one operation, written as JSON.
type op string

func add(path string, value any) op     { return operation("add", path, value) }
func replace(path string, value any) op { return operation("replace", path, value) }
func remove(path string) op {
	return op(`{"op":"remove","path":` + text(path) + `}`)
}

func operation(verb, path string, value any) op {
	return op(`{"op":` + text(verb) + `,"path":` + text(path) + `,"value":` + text(value) + `}`)
}

// patchCall sends operations the usual way.
func patchCall(ops ...op) Call {
	var body []string
	for _, o := range ops {
		body = append(body, string(o))
	}
	return patchRaw("[" + strings.Join(body, ",") + "]")
}

// patchOf is patch for another image than the case's own.
func patchOf(id string, ops ...op) Call {
	c := patchCall(ops...)
	c.Path = "/v2/images/" + id
	return c
}

// patchRaw sends a body as it is.
func patchRaw(body string) Call { return patchAs(patch.MediaTypeV21, body) }

func patchAs(mediaType, body string) Call {
	return Call{Method: http.MethodPatch, Path: "/v2/images/$image", Type: mediaType, Body: body}
}

// with adds a header to a call.
func (c Call) with(name, value string) Call {
	header := map[string]string{name: value}
	for n, v := range c.Header {
		header[n] = v
	}
	c.Header = header
	return c
}

// location is one in JSON; a file such as "f17" is on the mirror and is 17
// KiB long, anything with a colon is the URL itself.
func location(file string, metadata ...J) J {
	l := J{"url": fileURL(file), "metadata": J{}}
	for _, m := range metadata {
		l["metadata"] = m
	}
	return l
}

func locations(files ...string) []J {
	all := make([]J, len(files))
	for n, file := range files {
		all[n] = location(file)
	}
	return all
}

func fileURL(file string) string {
	if strings.Contains(file, ":") || strings.HasPrefix(file, "$") {
		return file
	}
	return "$mirror/" + file + ".raw"
}

// files counts: f1, f2, f3.
func files(from, to int) (names []string) {
	for n := from; n <= to; n++ {
		names = append(names, fmt.Sprintf("f%d", n))
	}
	return names
}

// shows is success, and what the image shows then; all else stays.
func shows(image J) Want { return Want{Status: http.StatusOK, Image: image} }

// same is success that changes nothing.
var same = Want{Status: http.StatusOK}

// refused is an error that changes nothing.
func refused(status int, says string) Want { return Want{Status: status, Says: says} }

// answers is success with a body.
func answers(status int, body J) Want { return Want{Status: status, Answer: body} }

// names is the answer of a list that has these images, in this order.
func names(list ...string) Want {
	images := []J{}
	for _, name := range list {
		images = append(images, J{"name": name})
	}
	return answers(http.StatusOK, J{"images": images})
}

// x is a text of so many characters.
func x(length int) string { return strings.Repeat("x", length) }

// many is a list made by a function of 1, 2, 3 …
func many[T any](count int, element func(n int) T) []T {
	all := make([]T, count)
	for n := range all {
		all[n] = element(n + 1)
	}
	return all
}

func text(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func escaped(s string) string { return url.QueryEscape(s) }

func properties(count int) J {
	j := J{}
	for n := range count {
		j[fmt.Sprintf("p%d", n)] = "x"
	}
	return j
}

func sorted[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
