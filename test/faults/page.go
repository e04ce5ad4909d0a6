package faults

import (
	"fmt"
	"strings"

	inject "github.com/glance-tui/glance-tui/demo/faults"
)

// Page is docs/faults.md: the rows as a page for people, in Markdown.
func Page() string {
	var p page
	p.line("<!-- Made from the table in test/faults by: go test ./test/faults -run TestPage -update -->")
	p.line("# When things go wrong")
	p.line("")
	p.line("Connections drop, proxies answer in place of the service, tokens expire. This page says for each such fault what the")
	p.line("program does and what the screen says. Each row is played, at every change, with the real client and the real screens")
	p.line("against the embedded service: while listing, behind the first page, while opening an image, on the reading just before an")
	p.line("edit is sent, on the edit, on the reading after it, and while watching. A test compares this page with the table.")
	p.line("")
	p.line("What always holds:")
	p.line("")
	p.line("- A **read** is tried up to four times where that may help, with pauses that double from a quarter of a second, or as the")
	p.line("  server asks (`Retry-After`, up to 20 s; a longer time is told to you). A fault that passes is not noticed.")
	p.line("- An **edit** is sent once. The only repetition follows a 401, after a new login: nothing was carried out then.")
	p.line("- Where nobody knows what became of an edit, the image is read and compared **before anything else can be done**; `r` is")
	p.line("  offered only when it is known that the edit was not carried out. Where the image cannot be read either, the screen says")
	p.line("  so and goes on looking.")
	p.line("- Nothing that was typed is lost: `esc` leads back to the form with all of it.")
	p.line("- `esc` ends every wait.")
	p.line("- Redirects are followed for reads within the service alone; the token never goes to another host.")
	p.line("- An answer is at most 16 MiB for an image and 64 MiB for a page of the list; a list ends at a million images.")
	p.line("")
	p.line("Try it by hand: `glance-tui demo-server --fault patch:drop-after`, and in another terminal")
	p.line("`glance-tui --os-auth-type none --os-endpoint http://127.0.0.1:9292`. `glance-tui help faults` lists all faults.")
	p.line("")
	p.line("| fault | the request … | a read | an edit | carried out? |")
	p.line("| --- | --- | --- | --- | --- |")
	for _, r := range rows {
		f, err := inject.Parse(r.Fault)
		if err != nil {
			panic("faults: " + err.Error()) // a mistake in the table
		}
		does := f.Is()
		if f.After {
			does += ", and it was carried out"
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
		return "is shown as it came; just before sending it counts as somebody else's change"
	case r.Read == "":
		return "goes well"
	case r.Retry:
		return "four times; then: *" + r.Read + "*"
	}
	return "*" + r.Read + "*"
}

func (r Row) editing() string {
	switch {
	case r.Write == "":
		return "goes well"
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
