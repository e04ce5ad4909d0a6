package faults

import (
	"fmt"
	"strings"

	inject "github.com/glance-tui/glance-tui/demo/faults"
)

// Page is docs/faults.md: the rows as a readable page, in Markdown.
func Page() string {
	var p page
	p.line("<!-- Made from the table in test/faults by: go test ./test/faults -run TestPage -update -->")
	p.line("# When things go wrong")
	p.line("")
	p.line("> This page is generated from the table in test/faults, which a test plays.")
	p.line("")
	p.line("Connections drop, proxies answer in place of the service, tokens expire. For each such fault this page shows what the program")
	p.line("does and what the screen says. A test runs each row with the real client and screens against the built-in service: while")
	p.line("listing, after the first page, when opening an image, on the GET before an edit, on the edit, on the GET after it, and while")
	p.line("polling.")
	p.line("")
	p.line("Always:")
	p.line("")
	p.line("- A **read** is tried up to four times if that may help, with pauses that double from a quarter of a second, or as the server")
	p.line("  asks (`Retry-After`, up to 20 s; a longer time is reported). Transient faults are not noticeable.")
	p.line("- An **edit** is sent once. The only repetition follows a 401, after a new login: nothing was applied then.")
	p.line("- If the outcome of an edit is unknown, the image is read and compared **before any other action is possible**; `r` is offered")
	p.line("  only if the edit is known not to be applied. If the image cannot be read either, the screen says so and keeps trying.")
	p.line("- No input is lost: `esc` returns to the form with all of it.")
	p.line("- `esc` ends every wait.")
	p.line("- Redirects are followed only for reads within the service; the token never goes to another host.")
	p.line("- A response is at most 16 MiB for an image and 64 MiB for a page of the list; a list ends at a million images.")
	p.line("")
	p.line("Try it: `glance-tui demo-server --fault patch:drop-after`, and in another terminal")
	p.line("`glance-tui --os-auth-type none --os-endpoint http://127.0.0.1:9292`. `glance-tui help faults` lists all faults.")
	p.line("")
	p.line("| fault | the request … | a read | an edit | applied? |")
	p.line("| --- | --- | --- | --- | --- |")
	for _, r := range rows {
		f, err := inject.Parse(r.Fault)
		if err != nil {
			panic("faults: " + err.Error()) // a mistake in the table
		}
		does := f.Is()
		if f.After {
			does += ", and it was processed"
		}
		p.line("| `%s` | %s | %s | %s | %s |", r.Fault, does, r.reading(), r.editing(), r.truth())
	}
	return p.String()
}

type page struct{ strings.Builder }

func (p *page) line(format string, a ...any) { fmt.Fprintf(p, format+"\n", a...) }

func (r Row) reading() string {
	switch {
	case r.Waits:
		return "waits; gives up after a minute without a byte"
	case r.Odd:
		return "is shown as it came; just before sending it counts as a change by someone else"
	case r.Read == "":
		return "works"
	case r.Retry:
		return "four times; then: *" + r.Read + "*"
	}
	return "*" + r.Read + "*"
}

func (r Row) editing() string {
	switch {
	case r.Write == "":
		return "works"
	case r.Refused:
		return "*" + r.Write + "*; nothing was changed"
	case r.Ignored:
		return "*" + r.Write + "*"
	case r.Waits:
		return "waits for ten minutes; after `esc`: *" + r.Write + "*; compared"
	}
	return "*" + r.Write + "*; compared"
}

func (r Row) truth() string {
	if r.Done {
		return "yes"
	}
	return "no"
}
