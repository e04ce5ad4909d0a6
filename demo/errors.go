package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model/patch"
)

// fault is an answer that says no. The Image service words it from an
// explanation, which stands in for the status's own sentence, and a detail.
type fault struct {
	code        int
	explanation string
	detail      string
	header      http.Header // further headers of the answer; may be nil
}

// Error gives the explanation and the detail.
func (f *fault) Error() string { return strings.TrimSpace(f.explanation + " " + f.detail) }

// refuse is a fault that is explained in its own words.
func refuse(code int, format string, args ...any) *fault {
	return &fault{code: code, explanation: fmt.Sprintf(format, args...)}
}

// refuseDetail is a fault where the status's own sentence comes first.
func refuseDetail(code int, format string, args ...any) *fault {
	return &fault{code: code, explanation: sentences[code], detail: fmt.Sprintf(format, args...)}
}

// bare is a fault with nothing but its status's own sentence.
func bare(code int) *fault { return &fault{code: code, explanation: sentences[code]} }

// asFault makes an answer of any error: a rejection of the model keeps its
// code and message; what nobody foresaw is 500, as in Glance.
func asFault(err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	if r, ok := errors.AsType[*patch.Rejection](err); ok {
		return rejected(r)
	}
	return bare(http.StatusInternalServerError)
}

// rejected words a rejection. Glance puts most messages in place of the
// status's sentence and some behind it (measured).
func rejected(r *patch.Rejection) *fault {
	f := &fault{code: r.Code, explanation: r.Message}
	switch {
	case r.Code == http.StatusInternalServerError:
		return bare(r.Code)
	case r.Code == http.StatusUnsupportedMediaType:
		f.header = http.Header{"Accept-Patch": {patch.MediaTypeV20 + ", " + patch.MediaTypeV21}}
	case slices.ContainsFunc(detailed, func(begin string) bool { return strings.HasPrefix(r.Message, begin) }):
		f.explanation, f.detail = sentences[r.Code], r.Message
	}
	return f
}

// detailed are the messages that Glance puts behind the status's sentence, by
// their first words.
var detailed = []string{"Property ", "Cannot set locations", "Cannot remove last location", "Owner can't be updated"}

// sentences are what an answer says where nothing better is known.
var sentences = map[int]string{
	http.StatusUnauthorized:                 "The request needs a valid token.",
	http.StatusForbidden:                    "Access was denied to this resource.",
	http.StatusNotFound:                     "The resource could not be found.",
	http.StatusConflict:                     "There was a conflict when trying to complete your request.",
	http.StatusRequestedRangeNotSatisfiable: "The Range requested is not available.",
	http.StatusInternalServerError:          "The server has either erred or is incapable of performing the requested operation.",
	http.StatusServiceUnavailable:           "The server is currently unavailable. Please try again at a later time.",
}

// title is the name of a status as Glance writes it.
func title(code int) string {
	if code == http.StatusRequestedRangeNotSatisfiable {
		return "Request Range Not Satisfiable"
	}
	return http.StatusText(code)
}

// write sends the fault in the form that the request accepts: JSON only when
// asked for, HTML for everything, plain text for the rest (measured).
func (f *fault) write(w http.ResponseWriter, r *http.Request) {
	for name, values := range f.header {
		w.Header()[name] = values
	}
	status := strconv.Itoa(f.code) + " " + title(f.code)
	body, mediaType := f.render(negotiate(r.Header.Get("Accept")), status)
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(f.code)
	_, _ = w.Write(body) // a client that is gone needs no answer
}

func (f *fault) render(form, status string) (body []byte, mediaType string) {
	switch form {
	case mediaJSON:
		message := f.explanation + "<br /><br />\n"
		if f.code != http.StatusMethodNotAllowed && f.code != http.StatusUnsupportedMediaType {
			message += f.detail + "\n\n"
		}
		return mustJSON(struct {
			Message string `json:"message"`
			Code    string `json:"code"`
			Title   string `json:"title"`
		}{message, status, title(f.code)}), mediaJSON
	case mediaHTML:
		text := fmt.Sprintf("<html>\n <head>\n  <title>%s</title>\n </head>\n <body>\n  <h1>%s</h1>\n  %s<br /><br />\n%s\n\n\n </body>\n</html>",
			status, status, html.EscapeString(f.explanation), html.EscapeString(f.detail))
		return []byte(text), mediaHTML + "; charset=UTF-8"
	}
	return []byte(status + "\n\n" + f.explanation + "\n\n" + f.detail + "   "), mediaPlain + "; charset=UTF-8"
}

// mustJSON is compact JSON without HTML's escapes. It is for values of this
// package, which always encode.
func mustJSON(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("demo: a value of its own does not encode: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
