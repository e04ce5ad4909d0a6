package faults

import (
	"bytes"
	"net/http"
	"strconv"
)

// answer is what the service said, held back.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(code int) {
	if a.code == 0 {
		a.code = code
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// carryOut lets the service do its work and holds its answer back.
func carryOut(next http.Handler, r *http.Request) *answer {
	a := &answer{header: make(http.Header)}
	next.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK)
	return a
}

// head sends the head of the answer, for a body of so many bytes.
func (a *answer) head(w http.ResponseWriter, length int) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(a.code)
}

// give sends the answer with this body.
func (a *answer) give(w http.ResponseWriter, body []byte) {
	a.head(w, len(body))
	_, _ = w.Write(body) // a client that is gone needs no answer
}

// half is the beginning of the answer's body.
func (a *answer) half() []byte { return a.body.Bytes()[:a.body.Len()/2] }

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// cut ends the connection without another word.
func cut() { panic(http.ErrAbortHandler) }
