package model

// Explain puts a patch in words, one step for each operation, in order. before
// is the image that the patch is for: each step is told from what the image is
// at that moment, so that "remove location 0" names the right URL.
//
// A patch that the server would refuse has words as well; where the refusal is
// certain, the step's Note says why. Values are given in full.
func (r Rules) Explain(before Image, p Patch) []Step {
	if len(p) == 0 {
		return nil
	}
	steps := make([]Step, len(p))
	w := explainer{r.walkFrom(before)}
	for n, o := range p {
		s := &steps[n]
		*s = w.explain(readEdit(o))
		s.Operation = o
		if refused := w.advance(o); refused != nil {
			_, means, _ := Describe(refused.Code, refused.Message, "send the edit")
			s.Note = "the server refuses this: " + means
		}
	}
	if before.Status.InMotion() {
		steps[0].Hazards = append(steps[0].Hazards, undone(before.Status))
	}
	return steps
}

// undone warns of an edit of an image that the server itself is at work on: at
// the end of an upload or an import it writes the whole image as it was at the
// beginning. (Measured: name, tags and a property set meanwhile were all
// answered with 200 and all lost.)
func undone(s Status) Hazard {
	return Hazard{Kind: HazardUndone, Text: "the image is " + string(s) +
		": when the server is done it writes the image as it was before, and this edit is lost; better wait until then"}
}

const noChange = "no change: that is its value already"

// explainer puts what a walk meets into words.
type explainer struct{ *walk }

func (w explainer) explain(e edit) Step {
	switch {
	case e.fault != "" || e.op != OpAdd && e.op != OpReplace && e.op != OpRemove:
		return Step{Verb: bare(string(e.op)), Text: bare(string(e.op)) + " " + bare(e.name)}
	case e.name == "locations":
		return w.explainLocations(e)
	case isBase(e.name):
		return w.explainAttribute(e)
	}
	s := w.explainProperty(e)
	if ReservedProperty(e.name) {
		s.Note = "nothing is stored: the server uses this name itself" // measured for the names that it does not refuse
	}
	return s
}

// setText is the plainest sentence there is: set this to that.
func setText(what string, e edit) string {
	if e.op == OpRemove {
		return "remove " + what
	}
	return "set " + what + " to " + e.json()
}

func (w explainer) explainProperty(e edit) Step {
	old, present := w.image().Properties[e.name]
	name := "property " + bare(e.name)
	s := Step{Verb: "property", Before: presentText(old, present)}
	if e.op == OpRemove {
		s.Text, s.After = "remove "+name, wordAbsent
		return s
	}
	v, ok := e.text()
	switch {
	case !ok:
		s.Text, s.After = setText(name, e), e.json()
		return s
	case v.Set:
		s.Text = "set " + name + " to " + bare(v.Value)
	default:
		s.Text = "clear " + name + " but keep it, as null"
	}
	s.After = textValue(v)
	if !present && e.name == misreadProperty {
		s.Hazards = []Hazard{{Kind: HazardMisread, Text: misread}}
	}
	if present && old == v {
		s.Note = noChange
	}
	return s
}
