package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// readFilters makes conditions of what is left of a query. Whatever names no
// attribute filters by a custom property of that name (measured), so that a
// mistyped parameter gives an empty list and no error.
func (q *listQuery) readFilters(ps parameters) error {
	hidden := "false"
	for _, p := range ps {
		var err error
		switch p.name {
		case "visibility":
			err = q.filterVisibility(p.value)
		case "os_hidden":
			hidden = strings.ToLower(p.value)
		case "protected":
			err = q.filterProtected(p.value)
		case "changes-since":
			err = refuse(http.StatusBadRequest, `The "changes-since" filter is no longer available on v2.`)
			if p.value == "" {
				err = bare(http.StatusInternalServerError)
			}
		case "created_at", "updated_at":
			err = q.filterTime(p.name, p.value)
		case "name", "id", "status", "container_format", "disk_format":
			err = q.filterText(p.name, p.value)
		case "properties", "locations", "members":
			err = bare(http.StatusInternalServerError)
		case "deleted":
			// Only what is not deleted is ever listed.
		case "tags":
			// Each character is taken for a tag: of no use, but what happens.
			for _, r := range p.value {
				q.wantTag(string(r))
			}
		default:
			err = q.filterOther(p.name, p.value)
		}
		if err != nil {
			return err
		}
	}
	return q.filterHidden(hidden)
}

func (q *listQuery) filterVisibility(value string) error {
	if value == "" {
		q.where(func(*candidate) bool { return false })
		return nil
	}
	if value != visibilityAll && !slices.Contains(model.Visibilities, model.Visibility(value)) {
		return refuse(http.StatusBadRequest, "Invalid visibility value: %s", value)
	}
	q.visibility = value
	return nil
}

func (q *listQuery) filterHidden(value string) error {
	if value != "true" && value != "false" {
		return refuse(http.StatusBadRequest,
			"Invalid value '%s' for 'os_hidden' filter. Valid values are 'true' or 'false'.", value)
	}
	want := value == "true"
	q.where(func(c *candidate) bool { return c.hidden == want })
	return nil
}

func (q *listQuery) filterProtected(value string) error {
	if value != "true" && value != "false" {
		return refuse(http.StatusBadRequest,
			"Invalid value '%s' for 'protected' filter. Valid values are 'true' or 'false'.", value)
	}
	want := value == "true"
	q.where(func(c *candidate) bool { return c.rec().image.Protected == want })
	return nil
}

// filterText takes a value, "eq:a" or "in:a,b", and no other operator: a name
// with a colon in it can only be asked for behind one (measured).
func (q *listQuery) filterText(name, expression string) error {
	operator, value := splitOperator(expression)
	switch operator {
	case "eq":
		q.where(func(c *candidate) bool { return c.text(name) == model.Some(value) })
	case "in":
		values, err := splitList(value)
		if err != nil {
			return err
		}
		q.where(func(c *candidate) bool {
			have := c.text(name)
			return have.Set && slices.Contains(values, have.Value)
		})
	default:
		return refuse(http.StatusBadRequest, "Unable to filter by unknown operator '%s'.", operator)
	}
	return nil
}

// text is one of the attributes that filterText knows.
func (c *candidate) text(name string) model.Opt[string] {
	switch name {
	case "id":
		return model.Some(c.id)
	case "status":
		return model.Some(string(c.status))
	case "name":
		return c.rec().image.Name
	case "container_format":
		return c.rec().image.ContainerFormat
	}
	return c.rec().image.DiskFormat
}

// filterTime takes a time, alone or after an operator.
func (q *listQuery) filterTime(name, expression string) error {
	operator, text := splitOperator(expression)
	limit, ok := parseISO(text)
	if !ok {
		return refuse(http.StatusBadRequest, `Bad "%s" query filter format. Use ISO 8601 DateTime notation.`, name)
	}
	holds := map[string]func(d int) bool{
		"gt":  func(d int) bool { return d > 0 },
		"gte": func(d int) bool { return d >= 0 },
		"lt":  func(d int) bool { return d < 0 },
		"lte": func(d int) bool { return d <= 0 },
		"eq":  func(d int) bool { return d == 0 },
		"neq": func(d int) bool { return d != 0 },
	}[operator]
	if holds == nil {
		return refuse(http.StatusBadRequest, "Unable to filter on a unknown operator.")
	}
	q.where(func(c *candidate) bool {
		have := c.updated
		if name == "created_at" {
			have = c.created
		}
		return holds(have.Compare(limit))
	})
	return nil
}

// filterOther handles size_min and its like, the attributes that are only
// compared, and custom properties.
func (q *listQuery) filterOther(name, value string) error {
	if base, isMin := strings.CutSuffix(name, "_min"); isMin {
		return q.filterRange(base, value, func(have, limit int64) bool { return have >= limit })
	}
	if base, isMax := strings.CutSuffix(name, "_max"); isMax {
		return q.filterRange(base, value, func(have, limit int64) bool { return have <= limit })
	}
	if text := textColumn(name); text != nil {
		q.where(func(c *candidate) bool { return text(c) == model.Some(value) })
		return nil
	}
	if number := numberColumn(name); number != nil {
		want, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		q.where(func(c *candidate) bool {
			have := number(&c.rec().image)
			return err == nil && have.Set && float64(have.Value) == want
		})
		return nil
	}
	q.where(func(c *candidate) bool {
		if have, found := c.rec().image.Properties[name]; found {
			return have == model.Some(value)
		}
		have, found := c.rec().internal[name]
		return found && have == value
	})
	return nil
}

func (q *listQuery) filterRange(base, value string, holds func(have, limit int64) bool) error {
	limit, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil {
		return refuse(http.StatusBadRequest, "Unable to filter on a range with a non-numeric value.")
	}
	number := numberColumn(base)
	if number == nil {
		return bare(http.StatusInternalServerError)
	}
	q.where(func(c *candidate) bool {
		have := number(&c.rec().image)
		return have.Set && holds(have.Value, limit)
	})
	return nil
}

func textColumn(name string) func(*candidate) model.Opt[string] {
	switch name {
	case "owner":
		return func(c *candidate) model.Opt[string] { return model.Opt[string]{Value: c.owner, Set: c.owner != ""} }
	case "checksum":
		return func(c *candidate) model.Opt[string] { return c.full().image.Checksum }
	case "os_hash_algo":
		return func(c *candidate) model.Opt[string] { return c.full().image.HashAlgo }
	case "os_hash_value":
		return func(c *candidate) model.Opt[string] { return c.full().image.HashValue }
	}
	return nil
}

func numberColumn(name string) func(*model.Image) model.Opt[int64] {
	switch name {
	case "size":
		return func(i *model.Image) model.Opt[int64] { return i.Size }
	case "virtual_size":
		return func(i *model.Image) model.Opt[int64] { return i.VirtualSize }
	case "min_ram":
		return func(i *model.Image) model.Opt[int64] { return model.Some(i.MinRAM) }
	case "min_disk":
		return func(i *model.Image) model.Opt[int64] { return model.Some(i.MinDisk) }
	}
	return nil
}

// splitOperator parts "gt:2026-01-01" into operator and value. A time with
// colons in it and no operator stays whole.
func splitOperator(expression string) (operator, value string) {
	left, right, found := strings.Cut(expression, ":")
	if !found {
		return "eq", left
	}
	if _, isTime := parseISO(expression); isTime {
		return "eq", expression
	}
	return left, right
}

var isoLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999",
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02",
	"2006-01",
	"2006",
}

// parseISO reads the common forms of ISO 8601; without a zone it is UTC.
func parseISO(text string) (time.Time, bool) {
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// splitList parts a list at its commas; a value with commas stands in double
// quotes, in which a backslash keeps the next character from ending it.
func splitList(text string) ([]string, error) {
	if err := checkQuotes(text); err != nil {
		return nil, err
	}
	var values []string
	for len(text) > 0 {
		var value string
		if text[0] == '"' {
			value, text = cutQuoted(text[1:])
		} else {
			value, text, _ = strings.Cut(text, ",")
		}
		values = append(values, value)
	}
	return values, nil
}

func cutQuoted(text string) (value, rest string) {
	for n := 0; n < len(text); n++ {
		switch text[n] {
		case '\\':
			n++
		case '"':
			return text[:n], strings.TrimPrefix(text[n+1:], ",")
		}
	}
	return text, ""
}

func checkQuotes(text string) error {
	inside := false
	for n := range len(text) {
		if text[n] != '"' || n > 0 && text[n-1] == '\\' {
			continue
		}
		switch {
		case !inside && n > 0 && text[n-1] != ',':
			return refuse(http.StatusBadRequest,
				"Invalid filter value %s. There is no comma before opening quotation mark.", text)
		case inside && n+1 < len(text) && text[n+1] != ',':
			return refuse(http.StatusBadRequest,
				"Invalid filter value %s. There is no comma after closing quotation mark.", text)
		}
		inside = !inside
	}
	if inside {
		return refuse(http.StatusBadRequest, "Invalid filter value %s. The quote is not closed.", text)
	}
	return nil
}
