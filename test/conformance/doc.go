// Package conformance holds what glance-tui believes about Image services, as
// experiments: each [Case] says what is there, what is sent and what must come
// of it. The same cases run against the embedded service and against real
// Glance servers, so that neither the rules in model nor the embedded service
// can drift away from the truth.
//
//	go test ./test/conformance                        # the embedded service
//	eval "$(test/real/glance.sh env)"                 # and a real one
//	go test ./test/conformance -run TestCases/glance  # the real one alone
//	go test ./test/conformance -run 'TestCases/demo/main/tags'
//
//	go test ./test/conformance -run TestRandomEdits -edits 300 -seed 7
//
// The last lines of a run (-v) count the cases and the random edits; the file
// that GLANCE_TUI_SUMMARY names gets them, too.
//
// To add a rule, write the case that shows it into the table of its subject,
// run it against a real server, and fix model and demo until it passes there.
//
// The tables read from top to bottom: attributes.go, tags.go, properties.go,
// locations.go and so on. Where servers rightly part, differences.go says how;
// there is no exception in code.
//
// Besides, random edits go the program's own way (rules.Diff, client.Patch) and
// are read back; see random_test.go.
package conformance
