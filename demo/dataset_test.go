package demo

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/glance-tui/glance-tui/model"
)

// seeded is a still service with the data set, and all its images.
func seeded(t *testing.T) (*Server, map[string]record) {
	t.Helper()
	s := New(Options{Still: true})
	records := make(map[string]record)
	for _, e := range s.images.order {
		records[e.id] = s.images.load(e)
	}
	if len(records) != len(dataSet()) {
		t.Fatalf("%d seeds made %d images", len(dataSet()), len(records))
	}
	return s, records
}

func TestTheDataSetShowsEverything(t *testing.T) {
	_, records := seeded(t)
	statuses := make(map[model.Status]int)
	visibilities := make(map[model.Visibility]int)
	owners := make(map[string]bool)
	var properties, locations, name, hidden, protected, nullName int
	oldest, newest := time.Duration(0), year
	now := time.Now()
	for _, r := range records {
		i := r.image
		statuses[i.Status]++
		visibilities[i.Visibility]++
		owners[i.Owner.Or("none")] = true
		properties = max(properties, len(i.Properties))
		locations = max(locations, len(i.Locations))
		name = max(name, utf8.RuneCountInString(i.Name.Value))
		hidden += boolInt(i.Hidden)
		protected += boolInt(i.Protected)
		nullName += boolInt(!i.Name.Set)
		oldest, newest = max(oldest, now.Sub(i.CreatedAt)), min(newest, now.Sub(i.CreatedAt))
	}
	for _, status := range model.Statuses {
		if statuses[status] == 0 {
			t.Errorf("no image is %s", status)
		}
	}
	for _, visibility := range model.Visibilities {
		if visibilities[visibility] == 0 {
			t.Errorf("no image is %s", visibility)
		}
	}
	if len(owners) < 5 || properties < 60 || locations != 10 || name < 200 || hidden == 0 || protected == 0 || nullName == 0 {
		t.Errorf("%d owners, %d properties, %d locations, names of %d characters, %d hidden, %d protected, %d without a name",
			len(owners), properties, locations, name, hidden, protected, nullName)
	}
	if oldest < 6*year || newest > 5*minute {
		t.Errorf("created between %v and %v ago", oldest, newest)
	}
}

func TestTheDataSetCouldStandOnARealServer(t *testing.T) {
	_, records := seeded(t)
	four := regexp.MustCompile(`[\x{10000}-\x{10ffff}]`)
	for _, r := range records {
		i := r.image
		what := i.Name.Or(i.ID)
		texts := append([]string{i.Name.Value}, i.Tags...)
		for name, value := range i.Properties {
			texts = append(texts, name, value.Value)
			if model.ReservedProperty(name) {
				t.Errorf("%s: property %q", what, name)
			}
		}
		for _, text := range texts {
			if !utf8.ValidString(text) || four.MatchString(text) {
				t.Errorf("%s: %q could not be stored", what, text)
			}
		}
		if utf8.RuneCountInString(i.Name.Value) > 255 || len(i.Tags) > 128 || len(i.Properties) > 128 || len(i.Locations) > 10 {
			t.Errorf("%s is over a limit", what)
		}
		if !slices.IsSorted(i.Tags) || i.UpdatedAt.Before(i.CreatedAt) {
			t.Errorf("%s: tags %q, created %v, updated %v", what, i.Tags, i.CreatedAt, i.UpdatedAt)
		}
		if hasData(i.Status) != (len(i.Locations) > 0) || hasData(i.Status) && i.Size.Value == 0 {
			t.Errorf("%s is %s with %d locations and size %v", what, i.Status, len(i.Locations), i.Size)
		}
		for _, l := range i.Locations {
			if l.Metadata["store"] != storeOf(l.URL) || len(l.URL) > 255 {
				t.Errorf("%s: %v", what, l)
			}
		}
	}
}

func TestHostileTextsAreInTheDefaultList(t *testing.T) {
	s, _ := seeded(t)
	page, err := s.images.page(&listQuery{who: caller{admin: true}, limit: 1000, sort: completeSort(nil, nil)})
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, r := range page {
		all.WriteString(r.image.Name.Value)
	}
	for name, text := range map[string]string{
		"an escape sequence": "\x1b[", "an OSC sequence": "\x1b]", "a right-to-left override": "\u202e",
		"a zero-width space": "\u200b", "a newline": "\n", "a C1 control": "\u009b", "a combining character": "\u0338",
		"a wide character": "日",
	} {
		if !strings.Contains(all.String(), text) {
			t.Errorf("no listed name has %s in it", name)
		}
	}
}

func TestIDsStayTheSame(t *testing.T) {
	_, first := seeded(t)
	_, second := seeded(t)
	form := regexp.MustCompile(uuidPattern)
	for id := range first {
		if _, again := second[id]; !again || !form.MatchString(id) {
			t.Errorf("%s is not there again, or no UUID", id)
		}
	}
	fedora, found := first[FedoraID]
	if !found || fedora.image.Name != model.Some("Fedora 17") || fedora.image.DiskFormat != model.Some("qcow2") ||
		fedora.image.ContainerFormat != model.Some("bare") {
		t.Errorf("the image of the README: %+v", fedora.image)
	}
}

func TestTheImageThatCanBeDownloaded(t *testing.T) {
	data, err := ingest(zerosOf20MiB.reader(0, zerosOf20MiB.size))
	if err != nil {
		t.Fatal(err)
	}
	if data.md5 != zerosOf20MiB.md5 || data.sha512 != zerosOf20MiB.sha512 {
		t.Errorf("its hashes are %s and %s", data.md5, data.sha512)
	}
	s, _ := seeded(t)
	r, found := s.images.find(namedID("cirros-0.6.3-x86_64-disk"), robot)
	if !found {
		t.Fatal("it is gone")
	}
	held := s.dataOf(r)
	if held == nil || r.image.Checksum != model.Some(data.md5) {
		t.Fatalf("%+v", r.image)
	}
	if n, err := io.Copy(io.Discard, held.reader(5, 100)); n != 100 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}
