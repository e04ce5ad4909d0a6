package conformance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/glance-tui/glance-tui/model/patch"
)

// Servers are those that the cases are known to hold on, as [Differences] name
// them.
var Servers = []string{"demo", "glance 25", "glance 33"}

// Page is docs/conformance.md: the cases and the differences as a page for
// readers, in Markdown.
func Page() string {
	var p page
	groups := Groups()
	cases := 0
	for _, g := range groups {
		cases += len(g.Cases)
	}
	p.line("<!-- Made from the tables in test/conformance by: go test ./test/conformance -run TestPage -update -->")
	p.line("# Rules of the Image API")
	p.line("")
	p.line("> This page is generated from the tables in test/conformance; a test compares it with them.")
	p.line("")
	p.line("%d rules in %d groups; each is a request and its expected result. They run on every change against the built-in service", cases, len(groups))
	p.line("(*demo*) and a real Glance: 25 (Zed, Debian's package) or 33 (2026.2, from PyPI).")
	p.line("")
	p.line("- A cell contains the status of the response. Where a server differs, it is **bold** with the number of the difference;")
	p.line("  – means that there is no such server.")
	p.line("- *Before* is how the image and its circumstances were made, where that is not what the group says. Unless stated otherwise an")
	p.line("  administrator with a token sends everything.")
	p.line("- *An image* has the name conformance and the formats raw and bare, unless it says otherwise.")
	p.line("- `$mirror` is a web server that the Image service reaches, `$image` the ID of the first image, `$file` the URL of uploaded")
	p.line("  data, `$run` a text that no other case has, `$updated` when the first image changed last, `$after` a second later.")
	p.line("- *Then* is what the image, or the response, shows afterwards; ✗ is the meaning of a rejection, as a regular expression.")
	p.line("  Everything else in the image is unchanged, which the suite checks, too.")
	p.line("")
	p.differences()
	p.contents(groups)
	for _, g := range groups {
		p.group(g)
	}
	return p.String()
}

// page is a page in the making.
type page struct{ strings.Builder }

func (p *page) line(format string, a ...any) { fmt.Fprintf(p, format+"\n", a...) }

func (p *page) differences() {
	p.line("## Differences between servers")
	p.line("")
	p.line("| | rule | server | does | instead of | why |")
	p.line("| --- | --- | --- | --- | --- | --- |")
	for n, d := range Differences {
		usual := find(d.Case)
		p.line("| %d | %s | %s | %s | %s | %s |", n+1, cell(d.Case), d.On, outcome(d.Then), outcome(usual.Then), cell(d.Why))
	}
	p.line("")
}

// find is the case that a difference names, group/name.
func find(name string) Case {
	for _, g := range Groups() {
		for _, c := range g.Cases {
			if g.Name+"/"+c.Name == name {
				return c
			}
		}
	}
	return Case{}
}

func (p *page) contents(groups []Group) {
	p.line("## Groups")
	p.line("")
	for _, g := range groups {
		p.line("- [%s](#%s), %d: %s", g.Name, g.Name, len(g.Cases), g.About)
	}
	p.line("")
}

func (p *page) group(g Group) {
	p.line("## %s", g.Name)
	p.line("")
	p.line("%s", g.About)
	p.line("")
	usual := before(g.As, g.Given)
	if usual != "" {
		p.line("Before: %s.", usual)
		p.line("")
	}
	p.line("| rule | before | sent | then | %s |", strings.Join(Servers, " | "))
	p.line("| --- | --- | --- | --- |%s", strings.Repeat(" --- |", len(Servers)))
	for _, c := range g.Cases {
		var statuses []string
		for _, s := range Servers {
			statuses = append(statuses, status(g.Name, c, s))
		}
		made := before(c.As, c.Given)
		if made == usual {
			made = ""
		}
		p.line("| %s | %s | %s | %s | %s |", cell(c.Name)+circumstance(c), made, request(c.When), effect(c.Then), strings.Join(statuses, " | "))
	}
	p.line("")
}

// before is what was done to make the image and its circumstances.
func before(who Who, calls []Call) string {
	var parts []string
	for _, c := range calls {
		said := request(c)
		switch {
		case c.Method == "":
			said = "a second later"
		case c.Method == http.MethodPost && c.Path == "/v2/images":
			said = imageWith(c.Body)
		}
		if c.As != "" && c.As != who {
			said += ", by " + map[Who]string{Admin: "an administrator", Demo: "a member"}[c.As]
		}
		switch {
		case c.Held:
			said += ", still in progress"
		case c.Until != "":
			said += ", which is " + c.Until + " then"
		}
		parts = append(parts, said)
	}
	const most = 4
	if len(parts) > most {
		parts = append(parts[:most-1], fmt.Sprintf("and %d more requests", len(parts)-most+1))
	}
	return strings.Join(parts, "; ")
}

// imageWith tells an image from the usual one.
func imageWith(body string) string {
	var attributes J
	if json.Unmarshal([]byte(body), &attributes) != nil {
		return "an image " + code(body)
	}
	said := "an image"
	if attributes["disk_format"] == nil && attributes["container_format"] == nil {
		said += " without formats"
	}
	delete(attributes, "conformance")
	for name, usual := range map[string]string{"name": "conformance", "disk_format": "raw", "container_format": "bare"} {
		if attributes[name] == usual {
			delete(attributes, name)
		}
	}
	if len(attributes) > 0 {
		said += " " + code(text(attributes))
	}
	return said
}

// status is the cell for one server.
func status(group string, c Case, server string) string {
	if !c.On.Exists(server) {
		return "–"
	}
	for n, d := range Differences {
		if d.Case == group+"/"+c.Name && d.On == server {
			return fmt.Sprintf("**%d** [%d](#differences-between-servers)", d.Then.Status, n+1)
		}
	}
	return fmt.Sprint(c.Then.Status)
}

// circumstance is who sends a case and how the server is set up, where that is
// not the usual.
func circumstance(c Case) string {
	var notes []string
	if c.On != Main {
		notes = append(notes, map[Setup]string{Hidden: "hidden locations", Strict: "strict policy", NoAuth: "no Keystone", Old: "before 2016", Newer: "API 2.17, hidden locations",
			Weighted: "weighted stores", Declared: "own schema", Required: "a required property"}[c.On])
	}
	if c.As != Admin {
		notes = append(notes, map[Who]string{Demo: "by a member", Anonymous: "without a token", Impostor: "with a bad token"}[c.As])
	}
	if len(notes) == 0 {
		return ""
	}
	return " *(" + strings.Join(notes, ", ") + ")*"
}

// outcome is a status and what came of it.
func outcome(w Want) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", w.Status, effect(w)))
}

// effect is what comes of a request, beside its status.
func effect(w Want) string {
	var parts []string
	if w.Says != "" {
		parts = append(parts, "✗ "+code(w.Says))
	}
	for _, shown := range []struct {
		how  string
		what J
	}{{"", w.Image}, {"answers ", w.Answer}, {"a while later ", w.Becomes}} {
		if shown.what != nil {
			parts = append(parts, shown.how+code(describe(shown.what)))
		}
	}
	if w.List != nil {
		parts = append(parts, "answers "+code(describe(w.List)))
	}
	for _, name := range sorted(w.Header) {
		parts = append(parts, code(name+": "+w.Header[name]))
	}
	if w.Data != "" {
		parts = append(parts, "data "+code(w.Data))
	}
	if w.Gone {
		parts = append(parts, "it is gone")
	}
	return strings.Join(parts, "; ")
}

// request is what is sent. The usual PATCH is written as its operations.
func request(c Call) string {
	if c.Method == http.MethodPatch && c.Path == "/v2/images/$image" && c.Type == patch.MediaTypeV21 {
		if ops := operations(c.Body); ops != "" {
			return ops + headers(c)
		}
	}
	said := code(c.Method + " " + c.Path)
	if c.Method == http.MethodPatch && c.Path == "/v2/images/$image" {
		said = "PATCH"
	}
	switch c.Type {
	case "", "application/json", "application/octet-stream", patch.MediaTypeV21:
	default:
		said += " as " + code(c.Type)
	}
	if c.Body != "" {
		said += " " + code(c.Body)
	}
	return said + headers(c)
}

func headers(c Call) string {
	said := ""
	for _, name := range sorted(c.Header) {
		said += " with " + code(name+": "+c.Header[name])
	}
	return said
}

// operations is a body in short, "" where it is not written as the tables
// write it.
func operations(body string) string {
	var list []struct {
		Op    string
		Path  string
		Value json.RawMessage
	}
	if json.Unmarshal([]byte(body), &list) != nil || len(list) == 0 {
		return ""
	}
	var ops []op
	var parts []string
	for _, o := range list {
		short := o.Op + " " + o.Path
		if o.Path == "" || strings.Contains(o.Path, " ") { // no one would see where it ends
			short = o.Op + " " + text(o.Path)
		}
		if o.Op == "remove" {
			ops = append(ops, remove(o.Path))
		} else {
			short += " " + string(o.Value)
			ops = append(ops, operation(o.Op, o.Path, o.Value))
		}
		parts = append(parts, code(short))
	}
	const most = 4
	if len(parts) > most {
		parts = append(parts[:most-1], fmt.Sprintf("and %d more", len(parts)-most+1))
	}
	if patchCall(ops...).Body != body {
		return ""
	}
	return strings.Join(parts, ", ")
}

// longest is how many characters of a text a cell shows.
const longest = 180

// code is a text in a code span that no character of it can end, in a table's
// cell. A character that comes many times is counted.
func code(s string) string {
	const many = 12
	var b strings.Builder
	runes := []rune(s)
	for n := 0; n < len(runes); {
		run := 1
		for n+run < len(runes) && runes[n+run] == runes[n] {
			run++
		}
		shown := visible(runes[n])
		if run >= many {
			shown += fmt.Sprintf("…(%d)", run)
			n += run
		} else {
			n++
		}
		b.WriteString(shown)
	}
	s = b.String()
	if runes := []rune(s); len(runes) > longest {
		s = string(runes[:longest-1]) + "…"
	}
	s = strings.ReplaceAll(s, "|", `\|`)
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

// visible is a character, or its number where it cannot be seen.
func visible(r rune) string {
	if unicode.IsPrint(r) && r != unicode.ReplacementChar {
		return string(r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// cell is a sentence in a table's cell.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "_", `\_`, "*", `\*`, "<", "&lt;").Replace(s)
}
