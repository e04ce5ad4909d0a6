// Package config finds out which cloud to connect to and how: from flags, from
// the OS_* variables, and from clouds.yaml with its companions secure.yaml and
// clouds-public.yaml. It reads files and the environment; it never touches the
// network.
//
// Names, places and precedence are those of the openstack client
// (openstacksdk, "Configuring OpenStack SDK Applications"). What it finds
// becomes gophercloud's options for logging in. Why gophercloud's own reader is
// not enough: docs/decisions/0037-own-reading-of-clouds-yaml.md.
//
// No error of this package and no printed value holds a secret.
package config
