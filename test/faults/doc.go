// Package faults holds the whole program against each fault that the embedded
// service can be told to have (package demo/faults): the real screens and the
// real client on the real service over HTTP, driven by messages. What the
// screen must say of each fault is a table, [Rows], and docs/faults.md is made
// from it.
package faults
