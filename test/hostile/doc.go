// Package hostile holds the texts that a tenant of a cloud, or a server, could
// use to attack whoever looks at an image: one corpus for all tests, and the
// means to tell from a program's output that none of it got through.
package hostile
