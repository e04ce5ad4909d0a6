// Package merge compares images: what changed between two, what became of an edit, and the
// three-way merge of an edit with that of someone else. An undo is such a merge.
package merge
