package demo

import (
	"fmt"
	"slices"

	"github.com/glance-tui/glance-tui/model/api"
)

// minorVersions are the minor versions of the API that a release offers, the
// newest first: Zed with several stores (measured), Liberty for 2015.
func (s *Server) minorVersions() []int {
	versions := s.olderVersions()
	if s.opts.LocationCalls {
		versions = append([]int{17}, versions...)
	}
	return versions
}

func (s *Server) olderVersions() []int {
	switch {
	case s.opts.Release == api.Release2015:
		return []int{3, 2, 1, 0}
	case s.opts.OneStore:
		return []int{16, 15, 14, 9, 7, 6, 5, 4, 3, 2, 1, 0}
	}
	return []int{16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
}

// knownVersion is whether a path begins with a version of the API: "v2" or
// one of the minor versions.
func (s *Server) knownVersion(part string) bool {
	if part == "v2" {
		return true
	}
	return slices.ContainsFunc(s.minorVersions(), func(minor int) bool {
		return part == fmt.Sprintf("v2.%d", minor)
	})
}

type apiVersion struct {
	ID     string    `json:"id"`
	Status string    `json:"status"`
	Links  []apiLink `json:"links"`
}

type apiLink struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
}

// versions answers /versions with 200, / and whatever names no known version
// with 300; neither needs a token (measured).
func (c *call) versions(code int) {
	var list []apiVersion
	for n, minor := range c.minorVersions() {
		status := "SUPPORTED"
		if n == 0 {
			status = "CURRENT"
		}
		list = append(list, apiVersion{
			ID:     fmt.Sprintf("v2.%d", minor),
			Status: status,
			Links:  []apiLink{{Rel: "self", Href: c.base() + "/v2/"}},
		})
	}
	c.json(code, map[string]any{"versions": list})
}
