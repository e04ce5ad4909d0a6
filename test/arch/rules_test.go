package arch_test

import (
	"slices"
	"strings"
)

// Shared parts of the user interface that every screen may use; all other
// directories of ui are screens and know nothing of one another.
var sharedUI = []string{"draw", "input", "keys", "safe", "screen", "theme"}

// neighbors are the screens that may draw a part of another one, and why.
var neighbors = map[string]string{
	"ui/list": "detail", // the selected image is shown beside the list
}

// foundations are those of them below the contract of a screen, and
// what of ui they may import.
var foundations = map[string][]string{
	"ui/safe":  {},
	"ui/keys":  {},
	"ui/theme": {},
}

// inModel is what each package of model may import of the others, from the
// bottom up.
var inModel = map[string][]string{
	"model/internal/quote":    {},
	"model/internal/jsontext": {},
	"model":                   {"model/internal/quote", "model/internal/jsontext"},
	"model/api":               {"model"},
	"model/filter":            {"model", "model/api"},
	"model/packed":            {"model", "model/filter"},
	"model/patch":             {"model", "model/internal/quote", "model/internal/jsontext"},
	"model/record":            {"model", "model/api", "model/patch"},
	"model/internal/words":    {"model", "model/internal/quote", "model/internal/jsontext"},
	"model/internal/pairing":  {"model"},
	"model/rules":             {"model", "model/api", "model/patch", "model/internal/jsontext", "model/internal/pairing"},
	"model/explain": {"model", "model/api", "model/patch", "model/record", "model/rules",
		"model/internal/quote", "model/internal/jsontext", "model/internal/words", "model/internal/pairing"},
	"model/merge": {"model", "model/patch", "model/record", "model/rules", "model/explain",
		"model/internal/quote", "model/internal/jsontext", "model/internal/words", "model/internal/pairing"},
	// What tests share.
	"model/modeltest":       {"model", "model/patch", "model/rules", "model/merge"},
	"model/rules/rulestest": {"model", "model/patch", "model/rules", "model/modeltest", "model/internal/jsontext"},
}

// forTests are packages of helpers for tests, which nothing else imports.
var forTests = []string{"model/modeltest", "model/rules/rulestest"}

// stateLibraries say where state keeps its files, and lock them.
var stateLibraries = []string{"github.com/adrg/xdg", "github.com/gofrs/flock"}

// forbidden says why a package of ours (its directory, "" for main) may not
// import a path; "" when it may.
func forbidden(room, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, module+"/")
	if imported == module {
		return "nothing imports main"
	}
	if slices.Contains(forTests, ours) && !slices.Contains(forTests, room) && !within(room, "test") {
		return ours + " is for tests"
	}
	foreign := !isOurs && strings.Contains(strings.SplitN(imported, "/", 2)[0], ".")
	switch {
	case room == "":
		if isOurs && ours != "cli" {
			return "main starts cli; nothing else"
		}
	case within(room, "model"):
		switch {
		case foreign && !slices.Contains(forTests, room):
			return "model imports the standard library only"
		case isOurs && !within(ours, "model"):
			return "model is the lowest room"
		case isOurs && !slices.Contains(inModel[room], ours):
			return room + " is below it, or its equal: see inModel"
		case doesIO(imported):
			return "model does no I/O"
		}
	case within(room, "edit"):
		switch {
		case foreign:
			return "edit imports the standard library only"
		case isOurs && !within(ours, "model") && !within(ours, "edit"):
			return "edit knows the model and nothing else of ours"
		case doesIO(imported), imported == "net/http":
			return "edit does no I/O: it asks for it"
		}
	case within(room, "watch"):
		switch {
		case foreign:
			return "watch imports the standard library only"
		case isOurs && !within(ours, "model") && !within(ours, "watch"):
			return "watch knows the model and nothing else of ours"
		case doesIO(imported), imported == "net/http":
			return "watch does no I/O: it asks for it"
		}
	case within(room, "demo"):
		switch {
		case isOurs && !within(ours, "model") && !within(ours, "demo"):
			return "demo may import model only"
		case foreign:
			return "demo needs net/http and model, no library"
		}
	case within(room, "client"):
		switch {
		case isOurs && !within(ours, "model") && !within(ours, "client"):
			return "client knows the model and nothing else of ours"
		case isScreenLibrary(imported):
			return "client knows no screen"
		}
	case within(room, "state"):
		switch {
		case isOurs && !within(ours, "model") && !within(ours, "state"):
			return "state knows the model and nothing else of ours"
		case foreign && !slices.ContainsFunc(stateLibraries, func(p string) bool { return within(imported, p) }):
			return "state needs files and locks, no other library"
		case within(imported, "net"), within(imported, "os/exec"):
			return "state reads and writes files and nothing else"
		}
	case within(room, "ui"):
		return forbiddenInUI(room, imported, ours, isOurs)
	case within(room, "cli"):
		if isOurs && within(ours, "test") {
			return "test is for tests"
		}
	}
	return ""
}

func forbiddenInUI(room, imported, ours string, isOurs bool) string {
	switch {
	case room == "ui/uitest":
		return "" // it writes golden files and fakes the service
	case ours == "ui/uitest":
		return "uitest is for tests"
	case isOurs && !within(ours, "model") && !within(ours, "edit") && !within(ours, "watch") && !within(ours, "ui"):
		return "ui says what it needs in ui/screen; cli joins the packages"
	case imported == "net/http", imported == "os", imported == "os/exec", strings.Contains(imported, "resty"), strings.Contains(imported, "gophercloud"):
		return "ui does no I/O: ask the service"
	case room == "ui" || !isOurs:
		return ""
	}
	if below, ok := foundations[room]; ok && within(ours, "ui") && !slices.Contains(below, ours) {
		return room + " is below the other parts of ui"
	}
	if room == "ui/safe" {
		return "safe text knows nothing of ours"
	}
	if ours == "ui" {
		return "screens answer with intentions; they never reach for the root"
	}
	part := func(path string) string { return strings.SplitN(strings.TrimPrefix(path, "ui/"), "/", 2)[0] }
	if within(ours, "ui") && part(ours) != part(room) && neighbors[room] != part(ours) && !slices.Contains(sharedUI, part(ours)) {
		return "screens do not know one another"
	}
	return ""
}

func doesIO(imported string) bool {
	// net/http is let through for the names of its status codes; see
	// TestModelTakesOnlyCodesFromHTTP.
	return imported == "net" || imported == "syscall" || strings.HasPrefix(imported, "net/http/") ||
		slices.ContainsFunc([]string{"os", "io/ioutil", "database", "log"}, func(p string) bool { return within(imported, p) })
}

func isScreenLibrary(imported string) bool {
	return slices.ContainsFunc([]string{"charm.land", "github.com/charmbracelet", "github.com/spf13"},
		func(p string) bool { return within(imported, p) })
}
