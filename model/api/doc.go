// Package api is what the Image service says besides images: to whom the program is
// connected, requests and responses, failures, pages of a list, stores and members.
package api
