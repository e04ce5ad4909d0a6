package demo

import (
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// synthesizer makes any number of plausible images. Each follows from its
// number alone, so none is kept in memory until somebody changes it.
type synthesizer struct {
	seed     int64
	start    time.Time
	oneStore bool
}

// namedID is a UUID of version 5: always the same for a name.
func namedID(name string) string {
	sum := sha1.Sum([]byte("glance-tui demo image " + name))
	var b [16]byte
	copy(b[:], sum[:])
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	return uuidText(b)
}

// What synthetic images are put together from.
var (
	distributions = []struct{ name, version, user string }{
		{"ubuntu", "22.04", "ubuntu"}, {"ubuntu", "24.04", "ubuntu"}, {"debian", "12", "debian"},
		{"debian", "13", "debian"}, {"fedora", "43", "fedora"}, {"rocky", "9.6", "rocky"},
		{"almalinux", "10", "almalinux"}, {"opensuse", "15.6", "opensuse"}, {"alpine", "3.22", "alpine"},
		{"windows", "2022", "Admin"}, {"freebsd", "14.3", "freebsd"}, {"centos-stream", "10", "centos"},
	}
	purposes = []string{"server", "minimal", "gpu", "k8s-node", "ci-runner", "db", "desktop", "hardened", "edge", "snapshot"}
	machines = []string{"x86_64", "x86_64", "x86_64", "aarch64"}
	formats  = []string{"qcow2", "qcow2", "qcow2", "raw", "raw", "iso", "vmdk"}
	tagPool  = []string{"lts", "golden", "nightly", "ci", "gpu", "eol", "team-blue", "team-red"}
)

// mix is a number that follows from the seed and the image's number.
func (s synthesizer) mix(n int) uint64 {
	x := uint64(n)*0x9e3779b97f4a7c15 + uint64(s.seed)*0xbf58476d1ce4e5b9
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func (s synthesizer) id(n int) string {
	var b [16]byte
	sum := sha1.Sum(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, uint64(n)), uint64(s.seed)))
	copy(b[:], sum[:])
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	return uuidText(b)
}

// spread is over how long the images were created.
const spread = 6 * 365 * 24 * time.Hour

func (s synthesizer) created(n, total int) time.Time {
	return whole(s.start.Add(-time.Hour - spread/time.Duration(total)*time.Duration(total-n)))
}

// entry is the place of synthetic image n of so many.
func (s synthesizer) entry(n, total int) *entry {
	x := s.mix(n)
	created := s.created(n, total)
	status, visibility := s.states(x)
	return &entry{
		id: s.id(n), created: created, updated: s.updated(x, created),
		status: status, visibility: visibility, owner: projects[x>>40%3].id,
		synthetic: int32(n),
	}
}

func (s synthesizer) updated(x uint64, created time.Time) time.Time {
	age := s.start.Sub(created)
	return whole(created.Add(time.Duration(float64(age) * float64(x>>48%1000) / 1000)))
}

// states: of a hundred images most are active, as in a real cloud.
func (s synthesizer) states(x uint64) (model.Status, model.Visibility) {
	status := model.StatusActive
	switch p := x % 200; {
	case p < 4:
		status = model.StatusQueued
	case p < 6:
		status = model.StatusDeactivated
	}
	visibility := model.Private
	switch p := x >> 8 % 20; {
	case p < 2:
		visibility = model.Public
	case p < 6:
		visibility = model.Shared
	case p < 7:
		visibility = model.Community
	}
	return status, visibility
}

// build makes the image of an entry.
func (s synthesizer) build(e *entry) record {
	i := s.outline(e)
	if e.status != model.StatusQueued {
		described(e.id, i.Size.Value).fill(&i)
		i.Locations = []model.Location{{URL: fileURL(e.id), Metadata: s.fileMetadata()}}
	}
	return record{image: i}
}

// outline is build without hashes and locations, which cost more than the rest.
func (s synthesizer) outline(e *entry) model.Image {
	n := int(e.synthetic)
	x := s.mix(n)
	d := distributions[x>>12%uint64(len(distributions))]
	purpose := purposes[x>>16%uint64(len(purposes))]
	machine := machines[x>>20%uint64(len(machines))]
	format := formats[x>>24%uint64(len(formats))]
	i := model.Image{
		ID:     e.id,
		Name:   model.Some(fmt.Sprintf("%s-%s-%s-%s-%05d", d.name, d.version, purpose, machine, n)),
		Status: e.status, Visibility: e.visibility, Owner: model.Some(e.owner),
		Protected: x>>28%32 == 0, MinDisk: int64(x >> 30 % 5 * 10), MinRAM: int64(x >> 33 % 4 * 512),
		DiskFormat: model.Some(format), ContainerFormat: model.Some("bare"),
		CreatedAt: e.created, UpdatedAt: e.updated,
		Tags: s.tags(x), LocationsShown: true,
		Properties: map[string]model.Opt[string]{
			"os_distro": model.Some(d.name), "os_version": model.Some(d.version),
			"architecture": model.Some(machine), "os_admin_user": model.Some(d.user),
			"hw_disk_bus": model.Some("virtio"),
		},
	}
	if e.status != model.StatusQueued {
		i.Size = model.Some(int64(200<<20 + x>>20%(4<<30)))
	}
	return i
}

func (s synthesizer) fileMetadata() map[string]any {
	if s.oneStore {
		return map[string]any{}
	}
	return map[string]any{"store": localStore}
}

func (s synthesizer) tags(x uint64) []string {
	var tags []string
	for n, tag := range tagPool {
		if x>>(36+uint(n))&7 == 0 {
			tags = append(tags, tag)
		}
	}
	return model.NormalTags(tags)
}
