package review

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// texts are the edit as JSON, as a curl and as an openstack command.
func (r *Review) texts() []screen.Document {
	return []screen.Document{r.json(), {
		Name: "curl", What: "the curl command", File: "edit.sh",
		Text: explain.Curl(r.ctx.Service.Session().Endpoint, r.plan().Wire()...),
	}, r.openStack()}
}

// json is the arrays in the order in which they are sent.
func (r *Review) json() screen.Document {
	what, arrays := "the JSON patch", make([]string, len(r.plan().Requests))
	for n, q := range r.plan().Requests {
		arrays[n] = string(q.Wire.Pretty)
	}
	switch {
	case len(arrays) > 1 && r.plan().Calls():
		what = "the JSON of both requests, in order"
	case len(arrays) > 1:
		what = "the JSON patches, in order"
	case r.plan().Calls():
		what = "the JSON of the request"
	}
	return screen.Document{Name: "JSON", What: what, Text: strings.Join(arrays, "\n"), File: "patch.json"}
}

// openStack is the command, or in comments what that client cannot do.
func (r *Review) openStack() screen.Document {
	command, cannot := explain.OpenStack(r.plan().Base, r.plan().Patch)
	d := screen.Document{Name: "openstack", What: "the openstack command", Text: command, File: "edit-openstack.sh"}
	if len(cannot) > 0 {
		d.What += ", without what that client cannot do: " + strings.Join(cannot, "; ")
	}
	return d
}

func (r *Review) copyOut(n int) tea.Cmd {
	if !r.plan().Sendable() {
		return r.Remark(screen.Warning, "There is no patch to copy.")
	}
	d := r.texts()[n]
	if d.Text == "" {
		_, cannot := explain.OpenStack(r.plan().Base, r.plan().Patch)
		return r.Remark(screen.Warning, "Not possible with the openstack client: "+strings.Join(cannot, "; "))
	}
	return r.Do(screen.Copy{What: d.What, Text: d.Text})
}

// viewTexts opens all of them to look at.
func (r *Review) viewTexts() tea.Cmd {
	if !r.plan().Sendable() {
		return r.Flash(screen.Warning, "There is no patch to view.")
	}
	var docs []screen.Document
	for _, d := range r.texts() {
		if d.Text != "" {
			docs = append(docs, d)
		}
	}
	return r.Do(screen.Show{Title: r.Title(), Documents: docs})
}
