// Package model is what glance-tui knows about an image: its attributes, in one
// table, and its JSON. What a server accepts and what becomes of an edit is in
// the packages below it, each of which has one subject.
//
// All of them are pure: they import the standard library only and do no I/O.
// Every rule of the Image API that the program relies on is written down here,
// once; the form, the client and the embedded service all ask these packages.
//
// The way of an edit: a base [Image] as the server returned it and the wanted
// one, a changed copy, go into rules.Rules.Diff, which gives the smallest
// patch.Patch that a real server accepts, or a [*Refusal] that says why none
// exists. explain.Steps puts it in words, rules.Rules.Predict predicts the status,
// rules.Rules.Apply mirrors what the server does with it, and merge.Compare tells
// from a later snapshot what became of it.
//
// "Measured" in a comment means: seen on a real Glance 25 (Zed) with Keystone.
package model
