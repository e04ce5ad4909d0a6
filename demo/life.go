package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// buildEvery is how often a nightly build starts, buildsKept how many of them
// stay until the oldest is deleted.
const (
	buildEvery = 40 * time.Second
	buildsKept = 4
)

// life is what happens without any client: the moving images of the data set
// come to their end, and one nightly build follows another.
type life struct {
	*Server
	builds int
	kept   []string // ids of the nightly images, the oldest first
}

// robot is who builds.
var robot = caller{admin: true, project: platform.id, user: administrator.id}

// startLife plans everything that happens by itself.
func (s *Server) startLife() {
	l := &life{Server: s}
	l.settle()
	// One upload and one import are under way when the server starts.
	l.plan(s.started.Add(-8 * time.Second))
	l.plan(s.started.Add(-4 * time.Second))
	s.agenda.at(s.started.Add(buildEvery/2), l.next)
}

// settle ends what the data set left in motion.
func (l *life) settle() {
	in := func(d time.Duration, name string, do func(saved record, due time.Time)) {
		saved, _ := l.images.find(namedID(name), robot)
		l.agenda.at(l.started.Add(d), func(due, _ time.Time) { do(saved, due) })
	}
	in(15*time.Second, importingName, func(saved record, due time.Time) {
		l.arrive(saved, 704_643_072, due)
	})
	in(26*time.Second, savingName, func(saved record, due time.Time) {
		l.arrive(saved, 3_221_225_472, due)
	})
	in(34*time.Second, uploadingName, func(saved record, due time.Time) {
		next, ok := l.move(saved.image.ID, saved.image.Status, model.StatusImporting, due)
		if ok {
			l.agenda.at(due.Add(24*time.Second), func(due, _ time.Time) { l.arrive(next, 721_420_288, due) })
		}
	})
	in(95*time.Second, pendingName, func(saved record, _ time.Time) { l.destroy(saved.image.ID) })
}

// move puts an image into the next status of its way, if it is still there. It
// gives the image as it is then.
func (l *life) move(id string, from, to model.Status, due time.Time) (moved record, ok bool) {
	ok = l.images.change(id, func(r *record) bool {
		if r.image.Status != from {
			return false
		}
		r.image.Status, r.image.UpdatedAt = to, moment(due)
		if to == model.StatusImporting {
			r.internal[importTaskName] = stuckTask
			r.internal[importingToName], r.internal[failedImportName] = localStore, ""
		}
		moved = r.clone()
		return true
	})
	return moved, ok
}

// arrive makes an image active, if it is still on its way. As any upload does,
// it writes the image as it was when it set out: changes made meanwhile are
// lost (measured).
func (l *life) arrive(saved record, size int64, due time.Time) {
	id := saved.image.ID
	if l.images.status(id) != saved.image.Status {
		return
	}
	next := saved.clone()
	data := described(id, size)
	data.fill(&next.image)
	next.image.Locations = append(next.image.Locations, l.fileLocation(id))
	next.image.Status = model.StatusActive
	next.image.UpdatedAt = moment(due)
	if _, imported := next.internal[importTaskName]; imported {
		delete(next.internal, importTaskName)
		next.internal[importingToName] = ""
	}
	l.files.put(fileURL(id), data)
	l.images.write(next)
}

// next starts a build and plans the one after it. After a long silence it goes
// on from now, and does not catch up on what nobody saw.
func (l *life) next(due, now time.Time) {
	if now.Sub(due) > buildEvery {
		due = now
	}
	l.plan(due)
	l.agenda.at(due.Add(buildEvery), l.next)
}

// nightly is one kind of build.
type nightly struct {
	name, distribution, version, login string
	format                             string
	uri                                string // downloaded from there by an import
	staged                             bool   // uploaded first and then imported; neither is a plain upload
	size                               int64
}

var nightlies = []nightly{
	{name: "debian-sid-daily", distribution: "debian", version: "sid", login: "debian", format: "raw", size: 3_221_225_472},
	{name: "rocky-10-nightly", distribution: "rocky", version: "10", login: "rocky", format: "qcow2", staged: true, size: 684_982_272},
	{name: "fedora-rawhide-nightly", distribution: "fedora", version: "rawhide", login: "fedora", format: "qcow2",
		uri: "https://download.fedoraproject.org/pub/fedora/linux/development/rawhide/Cloud/x86_64/images/Fedora-Cloud-Base-Rawhide.qcow2"},
	{name: "ubuntu-26.04-daily", distribution: "ubuntu", version: "26.04", login: "ubuntu", format: "qcow2",
		uri: "https://cloud-images.ubuntu.com/daily/server/26.04/current/ubuntu-26.04-server-cloudimg-amd64.img"},
	{name: "alpine-edge-nightly", distribution: "alpine", version: "edge", login: "alpine", format: "qcow2",
		uri: "https://dl-cdn.alpinelinux.org/alpine/edge/releases/cloud/missing/alpine-edge-x86_64.qcow2"},
}

// plan begins a build at a time; every step of it has its own.
func (l *life) plan(begin time.Time) {
	n := nightlies[l.builds%len(nightlies)]
	l.builds++
	number := l.builds
	id := namedID(fmt.Sprintf("%s %d", n.name, number))
	at := func(d time.Duration, do func(due time.Time)) {
		l.agenda.at(begin.Add(d), func(due, _ time.Time) { do(due) })
	}
	at(0, func(due time.Time) { l.create(id, n, number, due) })
	imported := func(due time.Time, from model.Status) {
		if l.images.status(id) == from {
			l.planImport(due, id, n.request(), 20*time.Second, robot, "req-"+namedID("request "+id))
		}
	}
	switch {
	case n.uri != "":
		at(3*time.Second, func(due time.Time) { imported(due, model.StatusQueued) })
	case n.staged:
		at(2*time.Second, func(due time.Time) { l.stageBuild(id, n.size, due) })
		at(9*time.Second, func(due time.Time) { imported(due, model.StatusUploading) })
	default:
		at(2*time.Second, func(due time.Time) {
			saving, ok := l.move(id, model.StatusQueued, model.StatusSaving, due)
			if ok {
				l.agenda.at(due.Add(14*time.Second), func(due, _ time.Time) { l.arrive(saving, n.size, due) })
			}
		})
	}
}

// stageBuild uploads a build's data to where an import finds it.
func (l *life) stageBuild(id string, size int64, due time.Time) {
	if _, ok := l.move(id, model.StatusQueued, model.StatusUploading, due); !ok {
		return
	}
	l.files.put(stagedName(id), described(id, size))
	l.images.change(id, func(r *record) bool {
		r.image.Size = model.Some(size)
		return true
	})
}

// request is how a build is imported.
func (n nightly) request() importRequest {
	q := importRequest{method: glanceDirect, stores: []string{localStore}, mustAll: true}
	q.document = map[string]any{"name": glanceDirect}
	if n.uri != "" {
		q.method, q.uri = webDownload, n.uri
		q.document = map[string]any{"name": webDownload, "uri": n.uri}
	}
	return q
}

// create makes the queued image of a build and deletes the oldest one.
func (l *life) create(id string, n nightly, number int, due time.Time) {
	d := seed{
		id: id, name: fmt.Sprintf("%s-%s.%d", n.name, due.UTC().Format("20060102"), number),
		status: model.StatusQueued, disk: n.format, tags: []string{"nightly", n.distribution},
		properties: linux(n.distribution, n.version, "x86_64", n.login),
	}
	r := l.record(d)
	r.image.CreatedAt, r.image.UpdatedAt = moment(due), moment(due)
	if !l.images.insert(r) {
		return
	}
	l.kept = append(l.kept, id)
	for len(l.kept) > buildsKept {
		// What somebody protected meanwhile stays.
		if old, found := l.images.find(l.kept[0], robot); found && !old.image.Protected {
			l.destroy(l.kept[0])
		}
		l.kept = slices.Delete(l.kept, 0, 1)
	}
}
