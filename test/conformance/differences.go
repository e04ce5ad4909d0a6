package conformance

// Difference is where one server rightly does something else than the others.
type Difference struct {
	// Case is group/name, as in the test's name.
	Case string
	// On is the server: "demo", "glance 33".
	On string
	// Then is what comes of it there.
	Then Want
	// Why, in a sentence.
	Why string
}

// Differences are all of them. What stands in the cases themselves is what
// Glance 25 (Zed) does.
var Differences = []Difference{}

// Expected is what must come of a case on a server.
func Expected(group string, c Case, server string) Want {
	for _, d := range Differences {
		if d.Case == group+"/"+c.Name && d.On == server {
			return d.Then
		}
	}
	return c.Then
}
