package explain

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/internal/quote"
	"github.com/glance-tui/glance-tui/model/internal/words"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Steps puts a patch in words, one step for each operation, in order. before
// is the image that the patch is for: each step is told from what the image is
// at that moment, so that "remove location 0" names the right URL.
//
// A patch that the server would refuse has words as well; where the refusal is
// certain, the step's Note says why. Values are given in full.
func Steps(r rules.Rules, before model.Image, p patch.Patch) []Step {
	if len(p) == 0 {
		return nil
	}
	steps := make([]Step, len(p))
	w := explainer{r.Walk(before)}
	for n, o := range p {
		s := &steps[n]
		*s = w.explain(patch.Decode(o))
		s.Operation = o
		if refused := w.Advance(o); refused != nil {
			_, means, _ := Describe(refused.Code, refused.Message, "send the edit")
			s.Note = "the server refuses this: " + means
		}
	}
	if before.Status.Transitional() {
		steps[0].Hazards = append(steps[0].Hazards, overwrites(before.Status))
	}
	return steps
}

// overwrites warns of an edit of an image that the server itself is at work on: at
// the end of an upload or an import it writes the whole image as it was at the
// beginning. (Measured: name, tags and a property set meanwhile were all
// answered with 200 and all lost.)
func overwrites(s model.Status) Hazard {
	return Hazard{Kind: HazardOverwritten, Text: "the image is " + string(s) +
		": when the server is done it writes the image as it was before, and this edit is lost; better wait until then"}
}

const noChange = "no change: that is its value already"

// explainer puts what a walk meets into words.
type explainer struct{ *rules.Walk }

func (w explainer) explain(e patch.Decoded) Step {
	switch {
	case e.Fault != "" || e.Op != patch.OpAdd && e.Op != patch.OpReplace && e.Op != patch.OpRemove:
		return Step{Verb: quote.Bare(string(e.Op)), Text: quote.Bare(string(e.Op)) + " " + quote.Bare(e.Name)}
	case e.Name == "locations":
		return w.explainLocations(e)
	case model.IsBase(e.Name):
		return w.explainAttribute(e)
	}
	s := w.explainProperty(e)
	if model.ReservedProperty(e.Name) {
		s.Note = "nothing is stored: the server uses this name itself" // measured for the names that it does not refuse
	}
	return s
}

// setText is the plainest sentence there is: set this to that.
func setText(what string, e patch.Decoded) string {
	if e.Op == patch.OpRemove {
		return "remove " + what
	}
	return "set " + what + " to " + e.JSON()
}

func (w explainer) explainProperty(e patch.Decoded) Step {
	old, present := w.Image().Properties[e.Name]
	name := "property " + quote.Bare(e.Name)
	s := Step{Verb: "property", Before: words.PresentText(old, present)}
	if e.Op == patch.OpRemove {
		s.Text, s.After = "remove "+name, quote.WordAbsent
		return s
	}
	v, ok := e.Text()
	switch {
	case !ok:
		s.Text, s.After = setText(name, e), e.JSON()
		return s
	case v.Set:
		s.Text = "set " + name + " to " + quote.Bare(v.Value)
	default:
		s.Text = "clear " + name + " but keep it, as null"
	}
	s.After = model.TextValue(v)
	if !present && e.Name == rules.MisreadProperty {
		s.Hazards = []Hazard{{Kind: HazardMisread, Text: rules.Misread}}
	}
	if present && old == v {
		s.Note = noChange
	}
	return s
}

// Entry are the operations of all requests in words.
func Entry(e record.Entry) []Step {
	var steps []Step
	rules := rules.Rules{}
	for n, at := range rules.Stages(e.Base, e.Requests) {
		steps = append(steps, Steps(rules, at, e.Requests[n])...)
	}
	return steps
}
