// Package jsontext reads, writes and compares JSON without knowing what it is about.
package jsontext
