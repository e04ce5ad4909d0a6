package demo

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

const (
	defaultLimit = 25   // limit_param_default
	maximumLimit = 1000 // api_limit_max
)

// parameter is one name=value of a query; their order matters to "first" and
// "next".
type parameter struct{ name, value string }

// parameters are a query's, in its order.
type parameters []parameter

// readQuery reads a query as Glance does: a name without a value has an empty
// one, a broken escape stays as it is.
func readQuery(raw string) parameters {
	var ps parameters
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		ps = append(ps, parameter{unescape(name), unescape(value)})
	}
	return ps
}

func unescape(s string) string {
	if out, err := url.QueryUnescape(s); err == nil {
		return out
	}
	return s
}

// pop takes the first parameter of a name out. Any further one stays and ends
// up as a filter, which is what Glance makes of a repeated "limit".
func (ps *parameters) pop(name string) (value string, found bool) {
	for n, p := range *ps {
		if p.name == name {
			rest := append(parameters{}, (*ps)[:n]...)
			*ps = append(rest, (*ps)[n+1:]...)
			return p.value, true
		}
	}
	return "", false
}

// popAll takes all parameters of a name out.
func (ps *parameters) popAll(name string) []string {
	var values []string
	for {
		value, found := ps.pop(name)
		if !found {
			return values
		}
		values = append(values, value)
	}
}

func (ps parameters) has(name string) bool {
	for _, p := range ps {
		if p.name == name {
			return true
		}
	}
	return false
}

// lasting drops all but the last of a repeated name (measured), and one name
// altogether.
func (ps parameters) lasting(without string) parameters {
	var names []string
	last := make(map[string]string)
	for _, p := range ps {
		if _, known := last[p.name]; !known {
			names = append(names, p.name)
		}
		last[p.name] = p.value
	}
	var out parameters
	for _, name := range names {
		if name != without {
			out = append(out, parameter{name, last[name]})
		}
	}
	return out
}

// encode writes the parameters as a query.
func (ps parameters) encode() string {
	var b strings.Builder
	for n, p := range ps {
		if n > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.name) + "=" + url.QueryEscape(p.value))
	}
	return b.String()
}

// listImages answers GET /v2/images.
func (c *call) listImages() error {
	asked := readQuery(c.r.URL.RawQuery)
	q, err := newListQuery(append(parameters{}, asked...))
	if err != nil {
		return err
	}
	q.who = c.who
	page, err := c.images.page(q)
	if err != nil {
		return err
	}
	c.raw(http.StatusOK, c.appendPage(asked, page, q.limit))
	return nil
}

// appendPage writes a page. "next" is there whenever the page is full, also
// when nothing follows; both links are relative.
func (c *call) appendPage(asked parameters, page []record, limit int) []byte {
	const self = "/v2/images"
	b := make([]byte, 0, 256+len(page)*1536)
	b = append(b, `{"images":[`...)
	for n, r := range page {
		if n > 0 {
			b = append(b, ',')
		}
		b = c.appendImage(b, r, c.who)
	}
	w := model.ObjectWriter{Out: append(b, ']')}
	rest := asked.lasting("marker")
	first := self
	if len(rest) > 0 {
		first += "?" + rest.encode()
	}
	w.Text("first", first)
	w.Text("schema", "/v2/schemas/images")
	if len(page) > 0 && len(page) == limit {
		next := append(rest, parameter{"marker", page[len(page)-1].image.ID})
		w.Text("next", self+"?"+next.encode())
	}
	return ended(&w)
}

// readLimit is how many images a page may hold.
func readLimit(ps *parameters) (int, error) {
	text, found := ps.pop("limit")
	if !found {
		return defaultLimit, nil
	}
	limit, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0, refuse(http.StatusBadRequest, "limit param must be an integer")
	}
	if limit < 0 {
		return 0, refuse(http.StatusBadRequest, "limit param must be positive")
	}
	return min(limit, maximumLimit), nil
}
