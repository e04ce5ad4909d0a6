package together

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/merge"
	realglance "github.com/glance-tui/glance-tui/test/real"
	"github.com/glance-tui/glance-tui/test/summary"
)

// scene is an Image service, and an image on it that many edit.
type scene struct {
	name    string
	id      string
	slow    string // a URL with the number of a file, whose size the server learns after 2 seconds
	fast    int    // programs
	connect func(t *testing.T) *client.Client
}

func TestOnTheEmbeddedService(t *testing.T) {
	t.Parallel()
	running := demotest.Start(t, demo.Options{Empty: true})
	connect := func(t *testing.T) *client.Client {
		c := client.New(client.Options{Endpoint: running.URL})
		t.Cleanup(c.Close)
		return c
	}
	together(t, scene{
		name: "embedded service", id: create(t, running.URL, "together"), slow: "http://mirror.example/wait/2/f%d.qcow2", fast: 8, connect: connect,
	})
}

func TestOnARealGlance(t *testing.T) {
	server := realglance.Find(t)
	id := server.Login(t, "admin").Create(map[string]any{
		"name": fmt.Sprintf("together %d", os.Getpid()), "disk_format": "qcow2", "container_format": "bare",
	})
	connect := connectTo(server)
	together(t, scene{name: "glance " + server.Release.Glance, id: id, slow: server.FileServerURL + "/wait/2/f%d.qcow2", fast: 5, connect: connect})
}

// connectTo logs in as the administrator.
func connectTo(server *realglance.Server) func(*testing.T) *client.Client {
	return func(t *testing.T) *client.Client {
		c, err := client.Connect(context.Background(), client.Options{Cloud: "admin", Sources: config.Sources{
			Getenv: func(name string) string { return map[string]string{"OS_CLIENT_CONFIG_FILE": server.CloudsYAML}[name] },
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
}

// together lets several programs edit one image at once. Two of them add
// locations whose size the server learns slowly: all that while it holds a copy
// of the image, which it writes back whole. The claim, of every change of every
// edit that got a yes: it is on the image in the end; or another edit changed
// the same on top of a reading that showed it; or its own program reported that
// it was undone, and offered an edit that puts it back. What is missing beyond
// that is lost. The programs send what is offered, and give way where it conflicts
// with what someone has made of it since.
func together(t *testing.T, s scene) {
	const slow, rounds = 2, 2
	var (
		mu     sync.Mutex
		all    []edit
		merged int
		work   sync.WaitGroup
	)
	reader := s.connect(t)
	begin, err := reader.Get(context.Background(), s.id)
	if err != nil {
		t.Fatal(err)
	}
	programs := map[string]*program{}
	for n := range slow + s.fast {
		c := s.connect(t)
		p := launch(t, fmt.Sprintf("program %d", n), c)
		programs[p.name] = p
		random := rand.New(rand.NewPCG(uint64(n), 7))
		work.Go(func() {
			base := begin // stale from the second round on
			for round := range rounds {
				wanted := base.Clone()
				if n < slow {
					wanted.Locations = append(wanted.Locations, model.Location{URL: fmt.Sprintf(s.slow, 100*n+round+1), Metadata: map[string]any{}})
				} else {
					change(&wanted, random, fmt.Sprintf("%d.%d", n, round))
				}
				done, conflicts := p.edits(base, wanted, "M")
				mu.Lock()
				all = append(all, done...)
				merged += conflicts
				mu.Unlock()
				if len(done) > 0 {
					base = done[len(done)-1].wanted
				}
			}
		})
	}
	work.Wait()
	last, err := reader.Get(context.Background(), s.id)
	if err != nil {
		t.Fatal(err)
	}
	lost, overwritten, superseded, changes := 0, 0, 0, 0
	for n, e := range all {
		changes += len(merge.Changes(e.base, e.wanted))
		if e.reported {
			overwritten++
		}
		for _, l := range merge.Compare(e.base, e.wanted, last).NotApplied {
			switch p := programs[e.by]; {
			case slices.ContainsFunc(all, func(o edit) bool { return o.knewOf(e, l) }):
				superseded++
			case !p.until("the report of a loss", func() bool { return p.hasReported(e, l) }):
				lost++
				t.Errorf("edit %d, by %s, is lost without a word: %s %s → %s", n, e.by, l.Label, l.Before, l.After)
			}
		}
	}
	restores := 0
	for _, p := range programs {
		restores += p.restores
	}
	if restores*2 < overwritten {
		t.Errorf("of %d edits that were undone only %d were offered back when asked for", overwritten, restores)
	}
	if len(all) < slow+s.fast || overwritten == 0 {
		t.Errorf("%d edits, %d overwritten: that tries nothing", len(all), overwritten)
	}
	err = summary.Add("%s: %d concurrent edits by %d programs reconciled (%d changes, %d edits overwritten by others and reported, %d conflicts decided, %d changes overwritten knowingly), %d lost",
		s.name, len(all), slow+s.fast, changes, overwritten, merged, superseded, lost)
	if err != nil {
		t.Error(err)
	}
}

// change changes some of what many change at once, to values of its own.
func change(i *model.Image, random *rand.Rand, value string) {
	shared := func() { i.Properties[fmt.Sprintf("shared_%d", random.IntN(3))] = model.Some(value) }
	for range 1 + random.IntN(3) {
		switch random.IntN(5) {
		case 0:
			i.Name = model.Some("name " + value)
		case 1:
			i.Tags = model.NormalTags(append(slices.Clone(i.Tags), "tag "+value))
		case 2:
			i.MinRAM = int64(random.IntN(4096))
		case 3:
			i.Properties["own_"+value] = model.Some(value)
		default:
			shared()
		}
	}
	shared()
}

// knewOf reports whether an edit changed what another one had made, on top of a
// reading that showed it.
func (e edit) knewOf(other edit, lost merge.Change) bool {
	same := func(c merge.Change) bool { return c.Field.Attr == lost.Field.Attr && c.Field.Key == lost.Field.Key }
	c := merge.Compare(other.base, other.wanted, e.base)
	return slices.ContainsFunc(c.Requested, same) && !slices.ContainsFunc(c.NotApplied, same) &&
		slices.ContainsFunc(merge.Changes(e.base, e.wanted), same)
}

// create makes a queued image on a service that asks for no token.
func create(t *testing.T, url, name string) string {
	t.Helper()
	resp, err := http.Post(url+"/v2/images", "application/json",
		strings.NewReader(`{"name":"`+name+`","disk_format":"qcow2","container_format":"bare"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var image model.Image
	if err := json.NewDecoder(resp.Body).Decode(&image); err != nil || image.ID == "" {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	return image.ID
}
