// Package explain puts patches and rejections in words, names what must be confirmed, and
// writes the same edit as curl and openstack commands.
package explain
