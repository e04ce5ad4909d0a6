package list

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/watch"
)

// deployment makes image n of a large cloud, with all that a Glance shows.
func deployment(n int) model.Image {
	distribution := []string{"ubuntu", "debian", "fedora", "rocky", "alpine", "windows"}[n%6]
	purpose := []string{"server", "minimal", "gpu", "k8s-node", "ci-runner", "db", "Desktop"}[n/6%7]
	id := fmt.Sprintf("%08x-3f4a-40e7-8a2c-%012x", n*2654435761%(1<<32), n)
	at := uitest.Clock.Add(-time.Duration(n) * 30 * time.Minute)
	img := model.Image{
		ID: id, Name: model.Some(fmt.Sprintf("%s-%s-%s.%d", distribution, purpose, at.Format("20060102"), n%97)),
		Status: model.StatusActive, Visibility: model.Visibilities[n%4], Owner: model.Some(fmt.Sprintf("%032x", n%300)),
		DiskFormat: model.Some("qcow2"), ContainerFormat: model.Some("bare"), Size: model.Some(int64(n)*7919%(9<<30) + 1),
		Checksum: model.Some(fmt.Sprintf("%032x", n)), HashAlgo: model.Some("sha512"), HashValue: model.Some(fmt.Sprintf("%0128x", n)),
		CreatedAt: at, UpdatedAt: at.Add(time.Duration(n%1000) * time.Minute), LocationsShown: true,
		Locations: []model.Location{{URL: "rbd://5ef70662/images/" + id + "/snap", Metadata: map[string]any{"store": "ceph"}}},
		Tags:      model.NormalTags([]string{distribution, []string{"lts", "golden", "nightly", "ci", "team-blue"}[n%5], purpose}),
		Properties: map[string]model.Opt[string]{
			"os_distro": model.Some(distribution), "os_version": model.Some(fmt.Sprint(n % 30)), "architecture": model.Some("x86_64"),
			"hw_disk_bus": model.Some("scsi"), "hw_scsi_model": model.Some("virtio-scsi"), "hw_qemu_guest_agent": model.Some("yes"),
			"os_type": model.Some("linux"), "build_id": model.Some(fmt.Sprintf("%08x", n)),
		},
		Extra: map[string]json.RawMessage{
			"self": json.RawMessage(`"/v2/images/` + id + `"`), "file": json.RawMessage(`"/v2/images/` + id + `/file"`),
			"schema": json.RawMessage(`"/v2/schemas/image"`), "stores": json.RawMessage(`"ceph"`),
			"direct_url": json.RawMessage(`"rbd://5ef70662/images/` + id + `/snap"`),
		},
	}
	if n%11 == 0 {
		img.Status, img.Size = model.Statuses[n/11%len(model.Statuses)], model.Null[int64]()
	}
	return img
}

const hundredThousand = 100_000

// large is a list of 100,000 images that is read to its end, page by page.
func large(tb testing.TB, n int) *List {
	tb.Helper()
	l := New(uitest.Context(&server{}))
	l.SetSize(160, 41)
	page := feed(l, watch.Started{})
	for from := 0; from < n; from += pageSize {
		p := deploymentPage(from, min(n, from+pageSize))
		if from+pageSize >= n {
			p.Marker = ""
		}
		page = feed(l, watch.Responded{Tag: page, Page: p})
	}
	feed(l, watch.Responded{Tag: page}) // none is hidden
	return l
}

const pageSize = 100

func deploymentPage(from, to int) api.Page {
	p := api.Page{Marker: "more"}
	for n := from; n < to; n++ {
		p.Images = append(p.Images, deployment(n))
	}
	return p
}

// feed gives an event to a list without a server, and gives the tag of the page
// that it asks for.
func feed(l *List, ev watch.Event) (page watch.Tag) {
	for _, e := range l.watch.Step(l.ctx.Now(), ev) {
		switch e := e.(type) {
		case watch.Ask:
			page = e.Tag
		case watch.Learned:
			l.learned(e)
		}
	}
	return page
}

// pressed measures keys one by one: the key and the frame after it.
type pressed struct{ took []time.Duration }

func (p *pressed) press(l *List, keys ...tea.Msg) {
	for _, k := range keys {
		begun := time.Now()
		l.Update(k)
		_ = l.View()
		_, _ = l.Aside(80), l.Rule(160)
		p.took = append(p.took, time.Since(begun))
	}
}

func (p *pressed) report(b *testing.B) {
	slices.Sort(p.took)
	at := func(share float64) float64 {
		return float64(p.took[int(share*float64(len(p.took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.5), "ms-median")
	b.ReportMetric(at(0.99), "ms-99%")
	b.ReportMetric(at(1), "ms-most")
}

// BenchmarkKeys is a key and its frame at 100,000 images (160x45), on a list at
// rest and on one in which images change before every key.
func BenchmarkKeys(b *testing.B) {
	l := large(b, hundredThousand)
	next := 0
	for _, busy := range []bool{false, true} {
		for _, c := range []struct {
			name  string
			keys  []tea.Msg
			after []tea.Msg
		}{
			{"move", uitest.Keys("j", "j", "k", "j"), nil},
			{"page", uitest.Keys("ctrl+d", "ctrl+d", "ctrl+u"), nil},
			{"ends", uitest.Keys("G", "g"), nil},
			{"letters-found", slices.Concat(uitest.Keys("/"), uitest.Type("ubuntu-server")), uitest.Keys("esc")},
			{"letters-strewn", slices.Concat(uitest.Keys("/"), uitest.Type("uusrv nr")), uitest.Keys("esc")},
			{"letters-nowhere", slices.Concat(uitest.Keys("/"), uitest.Type("eaeaeaeaxq")), uitest.Keys("esc")},
			{"letters-status", slices.Concat(uitest.Keys("/"), uitest.Type("status:queued !gpu size:>1G")), uitest.Keys("esc")},
			{"letters-property", slices.Concat(uitest.Keys("/"), uitest.Type("prop:os_distro=ubuntu")), uitest.Keys("esc")},
			{"letters-location", slices.Concat(uitest.Keys("/"), uitest.Type("location:~snap")), uitest.Keys("esc")},
			{"sort", uitest.Keys("s", "S", "s", "S", "s", "S", "s", "S", "s", "S", "s", "S", "s", "S"), nil},
			{"mark-all", uitest.Keys("ctrl+a", "ctrl+a", "ctrl+a", "m", "m", "ctrl+a"), nil},
		} {
			name := "at-rest/" + c.name
			if busy {
				name = "busy/" + c.name
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				var p pressed
				for b.Loop() {
					for _, k := range c.keys {
						if busy {
							for _, img := range changedImages(next) {
								feed(l, watch.ImageRead{Image: img})
							}
							next += 7
						}
						p.press(l, k)
					}
					for _, k := range c.after {
						l.Update(k)
					}
				}
				p.report(b)
			})
		}
	}
}

// changedImages are a few of a large list that changed.
func changedImages(n int) []model.Image {
	var out []model.Image
	for i := range 5 {
		img := deployment((n + i*1000) % hundredThousand)
		img.Status = model.Statuses[n%len(model.Statuses)]
		img.UpdatedAt = uitest.Clock.Add(time.Duration(n) * time.Second)
		out = append(out, img)
	}
	return out
}

// BenchmarkPage is a page of 100 that comes in when 100,000 images are there,
// and the frame after it, in each order.
func BenchmarkPage(b *testing.B) {
	l := large(b, hundredThousand)
	tag := feed(l, watch.Reloaded{})
	from := hundredThousand
	for order := range orders {
		b.Run(orders[order].name, func(b *testing.B) {
			l.rows.sortBy(order, false)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				page := deploymentPage(from, from+pageSize)
				from += pageSize
				b.StartTimer()
				tag = feed(l, watch.Responded{Tag: tag, Page: page})
				_ = l.View()
			}
		})
	}
}

// BenchmarkMemory is what a list of 100,000 keeps: bytes an image.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		before := modeltest.Heap()
		l := large(b, hundredThousand)
		b.ReportMetric(float64(modeltest.Heap()-before)/hundredThousand, "bytes/image")
		runtime.KeepAlive(l)
	}
}
