package filter

import (
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// The server's own filters, as measured: status takes several values as
// "in:a,b"; visibility takes one; size_min and size_max let their own value
// pass and never an image without a size; os_hidden=true is the only way to
// see hidden images.

func askChoice(name string, choices []string, several bool) func(filterValue, api.Session) (string, string) {
	return func(v filterValue, _ api.Session) (string, string) {
		if sign, _ := v.sign("~"); sign != "" {
			return name, ""
		}
		wanted := v.choices(choices)
		switch {
		case len(wanted) == 1:
			return name, wanted[0]
		case several:
			return name, "in:" + strings.Join(wanted, ",")
		}
		return name, ""
	}
}

func askSize(v filterValue, _ api.Session) (name, value string) {
	sign, v := v.sign(comparisons...)
	n, ok := bytesOf(v.text)
	if !ok {
		return "", ""
	}
	switch sign {
	case "<", "<=":
		return "size_max", strconv.FormatInt(n, 10)
	case ">", ">=":
		return "size_min", strconv.FormatInt(n, 10)
	}
	return "size", strconv.FormatInt(n, 10)
}

func askOwner(v filterValue, session api.Session) (name, value string) {
	if v.isMe() {
		return "owner", session.ProjectID
	}
	return "owner", ""
}

func askBool(name string) func(filterValue, api.Session) (string, string) {
	return func(v filterValue, _ api.Session) (string, string) {
		yes, _ := v.yes()
		return name, strconv.FormatBool(yes)
	}
}

// QueryText is the value of a server's filter (of name, id, status and the
// formats) that asks for just this text. A server reads what is before the first
// colon as an operator ("in:a,b"); behind eq: it takes all as it is, quotation
// marks, commas and further colons included (measured). Servers before 2016 know
// no operators. What comes back is still to be compared: some databases do not
// tell upper from lower case.
func QueryText(text string, r api.Release) string {
	if r == api.Release2015 || !strings.Contains(text, ":") {
		return text
	}
	return "eq:" + text
}
