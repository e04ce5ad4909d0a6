package config

import (
	"slices"
)

// CloudEntry is one cloud of clouds.yaml, for a list to choose from. It holds no
// secret.
type CloudEntry struct {
	Name     string
	AuthURL  string
	User     string
	Project  string
	Region   string
	Endpoint string // where the catalogue is not asked
	From     string // the file
	// Trouble says why the cloud could not be used as it is configured: one
	// sentence; "" when nothing is missing.
	Trouble string
}

// List gives the clouds of clouds.yaml by name. Without such a file it is
// empty. An error is a *api.Failure: a file that cannot be understood.
func List(src Sources) ([]CloudEntry, error) {
	found, _, err := src.load("clouds", "OS_CLIENT_CONFIG_FILE", src.dirs())
	if err != nil || found == nil {
		return nil, err
	}
	entries, err := found.clouds()
	if err != nil {
		return nil, err
	}
	list := make([]CloudEntry, 0, len(entries.keys))
	for _, name := range slices.Sorted(slices.Values(entries.keys)) {
		one := src
		one.Cloud = name
		c, err := Load(one)
		e := CloudEntry{Name: name, From: found.path, AuthURL: c.AuthURL, User: c.User, Project: c.Project, Region: c.Region, Endpoint: c.Endpoint}
		if err != nil {
			e.Trouble = sentence(err)
		}
		list = append(list, e)
	}
	return list, nil
}
