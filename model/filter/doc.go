// Package filter is the language in which a user says which images to list.
package filter
