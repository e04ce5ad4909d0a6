package config

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed vendors.yaml
var vendorsText []byte

// vendor is a cloud that openstacksdk knows by name, nil where it knows none.
// The table is read when a cloud names a profile, which few do.
func vendor(name string) *tree {
	t, err := parse("vendors.yaml", vendorsText)
	if err != nil {
		return nil // a test parses it
	}
	return t.get("public-clouds").get(name)
}

// unusable is why a profile is of no use by itself: it stands elsewhere, or its
// cloud is no more.
func unusable(cloud, profile string, t *tree) (means, advice string) {
	remote := t.get("profile").scalar()
	if strings.Contains(profile, "://") {
		remote = profile
	}
	switch {
	case remote != "":
		return fmt.Sprintf("Cloud %q uses a profile that is a URL, %s; profiles from the network are not supported", cloud, remote),
			"set auth.auth_url of the cloud, or describe the profile in clouds-public.yaml; " + strings.TrimRight(remote, "/") + "/.well-known/openstack/api says what it holds"
	case t.get("status").scalar() == "shutdown":
		return fmt.Sprintf("Cloud %q uses the profile %q, whose cloud no longer exists: %s", cloud, profile, t.get("message").scalar()),
			"use another cloud, or set auth.auth_url if you know better"
	}
	return "", ""
}
