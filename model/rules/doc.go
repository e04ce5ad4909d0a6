// Package rules is what a server accepts: its schema, limits and roles, the checks of a
// wanted image, the smallest patch that leads to it, how that is split into
// requests, and what the server makes of each.
package rules
