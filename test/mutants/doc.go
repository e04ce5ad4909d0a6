//go:build unix

// Command mutants changes the code that guards data, one small mistake at a
// time, and checks that the tests of its package notice:
//
//	go run ./test/mutants                    # everything; make mutants
//	go run ./test/mutants -only state        # one package
//	go run ./test/mutants -match fsync       # those with this in their name
//	go run ./test/mutants -some 50 -seed 7   # fifty mutants, chosen by a seed
//
// Each part of a condition is forced to be true and to be false, < becomes <=,
// an integer gets one more, an error is not returned, a call that can only fail
// is left out, a statement is removed. A mutant survives when no test of its own
// package fails. One that changes nothing that matters is listed in
// accepted.txt with the reason; any other survivor is a failure.
//
// All mutants of a package are built into one test binary, each behind a switch,
// and a first run finds out which tests reach which: so a mutant costs the tests
// that reach it and no build. (gremlins, looked at in version 0.6.0, removes no
// statements and drops no errors, and runs all tests of a package for each
// mutant: hours for state alone.)
package main
