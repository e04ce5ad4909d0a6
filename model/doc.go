// Package model is what glance-tui knows about images: their attributes, the
// rules by which a Glance server accepts changes to them, and the JSON patches
// that express such changes.
//
// It is pure: it imports the standard library only and does no I/O. Every rule
// of the Image API that the program relies on is written down here, once; the
// form, the client and the embedded service all ask this package.
//
// The way of an edit: a base [Image] as the server gave it and a draft (a
// changed copy) go into [rules.Rules.Diff], which answers the smallest [patch.Patch] that
// a real server takes, or a [*Refusal] that says why none exists.
// [explain.Steps] puts it in words, [rules.Rules.Predict] foretells the status, and
// [rules.Rules.Apply] mirrors what the server will do with it.
//
// "Measured" in a comment means: seen on a real Glance 25 (Zed) with Keystone.
package model
