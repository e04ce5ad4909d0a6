// Package record is what is saved of an edit: a draft before it is sent, an entry of the
// history afterwards.
package record
