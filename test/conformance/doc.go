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
// The tables read from top to bottom: attributes.go, tags.go, properties.go,
// locations.go and so on. Where servers rightly part, differences.go says how;
// there is no exception in code.
//
// Besides, random edits go the program's own way (model.Diff, client.Patch) and
// are read back; see random_test.go.
package conformance
