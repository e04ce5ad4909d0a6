// Package config finds out which cloud to connect to and how: from flags, from
// the OS_* variables, and from clouds.yaml with its companions secure.yaml and
// clouds-public.yaml. It reads files and the environment; it never touches the
// network.
//
// Names, places and precedence are those of the openstack client
// (openstacksdk, "Configuring OpenStack SDK Applications"). What it finds
// becomes gophercloud's options for logging in. gophercloud's own reader knows
// neither clouds without a token service, nor endpoint overrides, nor the
// variables beside a named cloud, and its errors do not say which file and
// line is wrong: that is what stands here.
//
// No error of this package and no printed value holds a secret.
package config
