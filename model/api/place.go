package api

import "strings"

// ServiceID is an Image service and the user one is there: what a draft and an
// entry of the history belong to.
type ServiceID struct {
	Cloud    string `json:"cloud,omitempty"` // as in Session
	User     string `json:"user,omitempty"`
	Project  string `json:"project,omitempty"`
	Region   string `json:"region,omitempty"`
	Endpoint string `json:"endpoint,omitempty"`
	Demo     bool   `json:"demo,omitempty"`
}

// ServiceID is what of a session outlives it.
func (s Session) ServiceID() ServiceID {
	return ServiceID{Cloud: s.Cloud, User: s.User, Project: s.Project, Region: s.Region, Endpoint: s.Endpoint, Demo: s.Demo}
}

// Key tells Image services apart: it is the endpoint without its last slash,
// and "demo" for the embedded service, whose port is another each time. Two
// users of one service share its images, and so the key.
func (p ServiceID) Key() string {
	if p.Demo {
		return "demo"
	}
	return strings.TrimRight(p.Endpoint, "/")
}
