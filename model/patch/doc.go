// Package patch is the JSON patches of the Image API: operations, pointers, and both
// forms of a PATCH body, read and written.
package patch
