package demo

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// FedoraID is the image of the README's walk through the program: queued, with
// its formats set, waiting for a location.
const FedoraID = "da3b75d9-3f4a-40e7-8a2c-bfab23927dea"

// seed is one image of the data set, as short as it can be said. What is left
// open is what most images have: active, private, of the platform project,
// qcow2 in bare, its data in the file store.
type seed struct {
	id         string // follows from key and name when empty
	key        string // tells seeds of the same name apart
	name       string
	nameless   bool // the name is null
	status     model.Status
	visibility model.Visibility
	owner      *project
	ownerless  bool
	stranger   string // the id of a project that nobody knows any more
	disk       string // "-" for null
	container  string // "-" for null
	size       int64
	virtual    int64
	minDisk    int64
	minRAM     int64
	age        time.Duration // since it was created
	changed    time.Duration // since it was changed
	tags       []string
	properties []string // "name=value"
	null       []string // properties whose value is null
	webOnly    bool     // no copy in the file store
	web        []model.Location
	protected  bool
	hidden     bool
	members    []api.Member // without times
	internal   map[string]string
	// zeros means that the data is there: that many zeros, with these hashes.
	zeros *content
}

const (
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * time.Hour
	year   = 365 * day

	mib = 1 << 20
	gib = 1 << 30
)

// dataSet is all seeds, in no particular order.
func dataSet() []seed {
	return slices.Concat(publicImages(), projectImages(), movingImages(), oddImages(), hostileImages())
}

// seed puts the data set in place.
func (s *Server) seed() {
	for _, d := range dataSet() {
		r := s.record(d)
		s.images.insert(r)
		for _, m := range d.members {
			m.CreatedAt, m.UpdatedAt = r.image.CreatedAt, r.image.UpdatedAt
			s.images.addMember(r.image.ID, m)
		}
		if d.zeros != nil {
			s.files.put(fileURL(r.image.ID), d.zeros)
		}
	}
}

// record is the image of a seed.
func (s *Server) record(d seed) record {
	id := d.id
	if id == "" {
		id = namedID(d.key + d.name)
	}
	late := jitter(id, d.age)
	i := model.Image{
		ID: id, Name: model.Opt[string]{Value: d.name, Set: !d.nameless},
		Status: d.status, Visibility: d.visibility, Owner: d.ownerID(),
		Protected: d.protected, Hidden: d.hidden, MinDisk: d.minDisk, MinRAM: d.minRAM,
		DiskFormat: format(d.disk, "qcow2"), ContainerFormat: format(d.container, "bare"),
		CreatedAt: whole(s.started.Add(-d.age - late)), UpdatedAt: whole(s.started.Add(-d.changed - late)),
		Tags: model.NormalTags(d.tags), LocationsShown: true,
		Properties: make(map[string]model.Opt[string]),
	}
	if i.Status == "" {
		i.Status = model.StatusActive
	}
	if i.Visibility == "" {
		i.Visibility = model.Private
	}
	for _, p := range d.properties {
		name, value, _ := strings.Cut(p, "=")
		i.Properties[name] = model.Some(value)
	}
	for _, name := range d.null {
		i.Properties[name] = model.Null[string]()
	}
	s.fillData(&i, d)
	return record{image: i, internal: maps.Clone(d.internal)}
}

// jitter makes ages of whole days look less made up: some minutes or hours
// that follow from the id.
func jitter(id string, age time.Duration) time.Duration {
	span := int64(5 * hour)
	if age < 2*day {
		span = int64(20 * time.Second)
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	return time.Duration(span * int64(h.Sum32()%10000) / 10000)
}

func (d seed) ownerID() model.Opt[string] {
	switch {
	case d.ownerless:
		return model.Null[string]()
	case d.stranger != "":
		return model.Some(d.stranger)
	case d.owner != nil:
		return model.Some(d.owner.id)
	}
	return model.Some(platform.id)
}

func format(given, usual string) model.Opt[string] {
	switch given {
	case "":
		return model.Some(usual)
	case "-":
		return model.Null[string]()
	}
	return model.Some(given)
}

// fillData gives the image what an upload or a location leaves: locations,
// sizes and hashes. Images on the web alone have no hashes.
func (s *Server) fillData(i *model.Image, d seed) {
	if d.size > 0 {
		i.Size = model.Some(d.size)
	}
	if !hasData(i.Status) {
		return
	}
	if !d.webOnly {
		data := described(i.ID, d.size)
		if d.zeros != nil {
			data = d.zeros
		}
		data.fill(i)
		i.Locations = append(i.Locations, s.fileLocation(i.ID))
	}
	if d.virtual > 0 {
		i.VirtualSize = model.Some(d.virtual)
	}
	for _, l := range d.web {
		l = l.Clone()
		s.nameStore(&l)
		i.Locations = append(i.Locations, l)
	}
}

func hasData(status model.Status) bool {
	switch status {
	case model.StatusActive, model.StatusDeactivated, model.StatusPendingDelete:
		return true
	}
	return false
}

// whole cuts a time to the whole seconds that answers show.
func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// webAt is a location with texts as metadata, given as "name=value".
func webAt(url string, metadata ...string) model.Location {
	l := model.Location{URL: url, Metadata: map[string]any{}}
	for _, m := range metadata {
		name, value, _ := strings.Cut(m, "=")
		l.Metadata[name] = value
	}
	return l
}

// linux are the properties that a cloud image of a distribution usually has.
func linux(distribution, version, machine, login string, more ...string) []string {
	return append([]string{
		"os_type=linux", "os_distro=" + distribution, "os_version=" + version,
		"architecture=" + machine, "os_admin_user=" + login,
		"hw_disk_bus=scsi", "hw_scsi_model=virtio-scsi", "hw_qemu_guest_agent=yes", "hw_rng_model=virtio",
	}, more...)
}
