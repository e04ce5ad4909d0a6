package conformance

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
)

var (
	seedFlag  = flag.Uint64("seed", numberFrom("GLANCE_TUI_SEED"), "of the random edits (GLANCE_TUI_SEED); 0 takes one from the clock")
	editsFlag = flag.Uint64("edits", numberFrom("GLANCE_TUI_EDITS"), "how many random edits for each server (GLANCE_TUI_EDITS); 0: 2500 for the embedded one, 300 for a real one")
)

func numberFrom(variable string) uint64 {
	n, _ := strconv.ParseUint(os.Getenv(variable), 10, 32) // none is 0
	return n
}

// editsPerImage is how often one image is edited before another one is made.
const editsPerImage = 6

// TestRandomEdits sends random edits as the program does and reads them back.
func TestRandomEdits(t *testing.T) {
	t.Run("demo", func(t *testing.T) { randomEdits(t, demoServer(t)) })
	t.Run("glance", func(t *testing.T) { randomEdits(t, realServer(t)) })
}

func randomEdits(t *testing.T, s *server) {
	seed, edits := *seedFlag, *editsFlag
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1_000_000_000
	}
	if edits == 0 {
		edits = uint64(s.edits)
	}
	few := (edits + 4) / 5
	for _, k := range []struct {
		name  string
		on    Setup
		as    Who
		story func(*editor, *testing.T, uint64)
		edits uint64
	}{
		{"administrator", Main, Admin, (*editor).story, edits},
		{"weighted", Weighted, Admin, (*editor).story, few},
		{"member", Main, Demo, (*editor).ownEdits, few},
		{"stranger", Main, Demo, (*editor).foreignEdits, few},
	} {
		t.Run(k.name, func(t *testing.T) {
			if !k.on.Exists(s.name) {
				t.Skipf("%s cannot be %s", s.name, k.on)
			}
			at := s.need(t, k.on)
			e := &editor{server: s, at: at, client: at.connect(t, k.as), narrow: k.on == Weighted}
			e.rules = e.learnRules(t)
			e.rules.Admin = k.as == Admin
			e.run(t, k.name, k.story, seed, k.edits)
		})
	}
}

// run tells stories, each of a seed of its own.
func (e *editor) run(t *testing.T, name string, story func(*editor, *testing.T, uint64), seed, edits uint64) {
	images := (edits + editsPerImage - 1) / editsPerImage
	s := e.server
	t.Cleanup(func() {
		summed(t, "%s: %d random edits of %d images (%s), %d operations, %d refused as predicted, %d searched for a shorter patch, seed %d",
			s.name, e.edits.Load(), images, name, e.operations.Load(), e.refused.Load(), e.searched.Load(), seed)
	})
	slots := make(chan struct{}, s.parallel)
	for n := range images {
		its := seed + n
		t.Run(fmt.Sprintf("seed %d", its), func(t *testing.T) {
			t.Parallel()
			slots <- struct{}{}
			defer func() { <-slots }()
			story(e, t, its)
		})
	}
}

// editor makes random edits on one server.
type editor struct {
	server *server
	at     *endpoint
	client *client.Client
	rules  rules.Rules
	// spoil changes what is sent, to see a failure; nil but in the test of that.
	spoil func(patch.Patch) patch.Patch
	// narrow says whether only names, tags and locations are edited: a deployment
	// with weights has a schema of its own.
	narrow bool

	edits, operations, searched, refused atomic.Int64
}

// learnRules are the server's rules as the program knows them, and what the
// mirror holds.
func (e *editor) learnRules(t testing.TB) rules.Rules {
	t.Helper()
	schema, err := e.client.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stores, err := e.client.Stores(t.Context())
	if err != nil && e.client.Session().IsAdmin {
		t.Fatal(err)
	}
	return rules.Rules{Schema: schema, RolesKnown: true, Admin: true, Stores: stores, CheckLocation: sizeOnMirror}
}

var mirrorFile = regexp.MustCompile(`/f(\d+)\.raw$`)

func sizeOnMirror(url string) (int64, *patch.Rejection) {
	match := mirrorFile.FindStringSubmatch(url)
	if match == nil {
		return 0, &patch.Rejection{Code: http.StatusBadRequest, Message: "Invalid location", Index: -1}
	}
	kib, _ := strconv.ParseInt(match[1], 10, 32)
	return kib << 10, nil
}

// story makes an image and edits it a few times. Every third one has data in
// the file store, which must outlive all edits that do not remove it.
func (e *editor) story(t *testing.T, seed uint64) {
	r := &trial{TB: t, at: e.at, who: Admin}
	r.places = places{"$mirror": e.server.mirror, "$run": fmt.Sprint("random-", seed)}
	defer r.clean()
	r.prepare(queued(nil))
	if seed%3 == 0 {
		r.prepare(upload(someData))
	}
	random := modeltest.New(seed, urlsOnMirror(e.server.mirror)...)
	base := e.get(r)
	wanted := random.Image()
	if seed%3 == 0 {
		wanted = random.Wanted(base)
	}
	for n := range editsPerImage {
		wanted = likeWanted(base, wanted)
		if e.narrow {
			wanted = narrowed(base, wanted)
		}
		now, fault := e.edit(r, base, wanted)
		if fault != nil {
			t.Errorf("edit %d of seed %d: go test ./test/conformance -run 'TestRandomEdits/%s' -seed %d -edits %d\n%s",
				n+1, seed, strings.Fields(e.server.name)[0], seed, editsPerImage, fault)
			e.shrink(t, modeltest.Pair{Before: base, After: wanted}, fault)
			return
		}
		base = now
		wanted = random.Wanted(base)
	}
	e.checkFile(r, base)
}

func urlsOnMirror(mirror string) []string {
	return many(16, func(n int) string { return fmt.Sprintf("%s/f%d.raw", mirror, n) })
}

// likeWanted gives an image that was made from nothing what only the server
// sets.
func likeWanted(base, wanted model.Image) model.Image {
	if wanted.ID == base.ID {
		return wanted
	}
	draft := wanted.Clone()
	draft.ID, draft.Status, draft.Owner, draft.Extra = base.ID, base.Status, base.Owner, base.Extra
	draft.Size, draft.CreatedAt, draft.UpdatedAt = base.Size, base.CreatedAt, base.UpdatedAt
	return draft
}

// narrowed is an edit of name, tags and locations alone.
func narrowed(base, wanted model.Image) model.Image {
	draft := base.Clone()
	draft.Name, draft.Tags, draft.Locations = wanted.Name, wanted.Tags, wanted.Locations
	return draft
}

func (e *editor) get(r *trial) model.Image {
	r.Helper()
	image, err := e.client.Get(r.Context(), r.places["$image"])
	if err != nil {
		r.Fatal(err)
	}
	return image
}

// object is an image as the API writes it.
func object(r *trial, image model.Image) map[string]any {
	r.Helper()
	body, err := json.Marshal(image)
	if err != nil {
		r.Fatal(err)
	}
	value, err := decode(body)
	if err != nil {
		r.Fatal(err)
	}
	o, _ := value.(map[string]any)
	return o
}

// byServer are the attributes that no edit sets.
var byServer = []string{"status", "size", "virtual_size", "checksum", "os_hash_algo", "os_hash_value", "created_at", "self", "file", "schema"}

// unlike says where an image is not what it should be.
func unlike(what string, want, got map[string]any, settable bool) (faults []string) {
	names := maps.Clone(want)
	maps.Copy(names, got)
	for _, name := range sorted(names) {
		if slices.Contains(derived, name) || settable && slices.Contains(byServer, name) {
			continue
		}
		if w, g := plain(name, want[name]), plain(name, got[name]); w != g {
			faults = append(faults, fmt.Sprintf("%s is %s, %s %s", name, g, what, w))
		}
		_, wanted := want[name]
		if _, is := got[name]; wanted != is {
			faults = append(faults, fmt.Sprintf("%s is there: %t, %s: %t", name, is, what, wanted))
		}
	}
	return faults
}

// plain writes a value without what does not count: the order of tags,
// the store of a location.
func plain(name string, value any) string {
	list, _ := value.([]any)
	switch name {
	case "tags":
		tags := make([]string, len(list))
		for n := range list {
			tags[n], _ = list[n].(string)
		}
		slices.Sort(tags)
		return text(tags)
	case "locations":
		for _, l := range list {
			o, _ := l.(map[string]any)
			metadata, _ := o["metadata"].(map[string]any)
			delete(metadata, "store")
		}
	}
	return text(value)
}

// checkFile brings the data in the file store to the front, if it is still
// there, and downloads it. Where weights put it last, all others go.
func (e *editor) checkFile(r *trial, base model.Image) {
	r.Helper()
	at := slices.IndexFunc(base.Locations, model.Location.HoldsData)
	if at < 0 {
		return
	}
	wanted := base.Clone()
	wanted.Locations = append([]model.Location{base.Locations[at]}, slices.Delete(wanted.Locations, at, at+1)...)
	if e.narrow {
		wanted.Locations = wanted.Locations[:1]
	}
	if _, fault := e.edit(r, base, wanted); fault != nil {
		r.Errorf("%s", fault)
	}
	r.checkData(someData)
}
