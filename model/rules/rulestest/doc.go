// Package rulestest has edits for the tests of packages above the rules.
package rulestest
