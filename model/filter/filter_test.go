package filter_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
)

var filterNow = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

func filterImage() model.Image {
	return model.Image{
		ID:              "da3b75d9-3f4a-40e7-8a2c-bfab23927dea",
		Name:            model.Some("Fedora 17 Größe"),
		Status:          model.StatusQueued,
		Visibility:      model.Public,
		Owner:           model.Some("5ef70662f8b34079a6eddb8da9d75fe8"),
		Protected:       true,
		MinDisk:         20,
		MinRAM:          2048,
		DiskFormat:      model.Some("qcow2"),
		ContainerFormat: model.Some("bare"),
		Size:            model.Some[int64](3 << 30),
		CreatedAt:       time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC),
		UpdatedAt:       filterNow.Add(-36 * time.Hour),
		Tags:            []string{"LTS", "two words", "weird:tag"},
		LocationsShown:  true,
		Locations:       []model.Location{{URL: "http://mirror.example/f17.qcow2"}},
		Properties:      map[string]model.Opt[string]{"os_distro": model.Some("Ubuntu"), "a b": model.Some("x=~y"), "kernel_id": model.Null[string]()},
		Extra:           map[string]json.RawMessage{"os_glance_failed_import": json.RawMessage(`"ceph"`)},
	}
}

func filterSession() api.Session {
	return api.Session{
		ProjectID:    "5ef70662f8b34079a6eddb8da9d75fe8",
		ProjectNames: map[string]string{"5ef70662f8b34079a6eddb8da9d75fe8": "platform"},
	}
}

func TestFilterMatches(t *testing.T) {
	img, who := filterImage(), filterSession()
	bare := model.Image{ID: "0", Status: "weird", LocationsShown: true}
	for _, c := range []struct {
		filter     string
		full, bare bool // does it match the image with everything, the one with nothing
	}{
		{"", true, true},
		{"   ", true, true},
		{"!", true, true},
		{`""`, true, true},
		{"fedora", true, false},
		{"FEDORA 17", true, false},
		{"größe", true, false},
		{"GRÖSSE", false, false},
		{"fedora debian", false, false},
		{"!debian", true, true},
		{"!fedora", false, true},
		{"lts", true, false},
		{"3f4a-40e7", false, false},
		{"DA3B75d9-3f4a", true, false},
		{"st:q vis:pub", true, false},
		{"PROT:y min_d:20", true, false},
		{"disk_f:qcow2 cont:bare", true, false},
		{"two", true, false},
		{`"two words"`, true, false},
		{`"weird:tag"`, true, false},
		{`"two words`, true, false}, // still being typed
		{"status:queued", true, false},
		{"STATUS:Queued", true, false},
		{"status:q", true, false},
		{"status:active,queued", true, false},
		{"status:active,", false, false},
		{"!status:queued", false, true},
		{"status:~eir", false, true},
		{"visibility:p", true, false}, // private or public
		{"visibility:pri", false, false},
		{"tag:lts", true, false},
		{"tag:lt", false, false},
		{"tag:~lt", true, false},
		{`tag:"two words"`, true, false},
		{"tag:weird:tag", true, false},
		{`tag:""`, false, true},
		{"size:>1G", true, false},
		{"size:>3G", false, false},
		{"size:>=3G", true, false},
		{"size:3G", true, false},
		{"size:<3.5GiB", true, false},
		{"size:<=3072MB", true, false},
		{"size:=3221225472", true, false},
		{`size:""`, false, true},
		{"!size:>1G", false, true},
		{`name:"fedora 17 größe"`, true, false},
		{"name:fedora", false, false},
		{"name:~fedora", true, false},
		{`name:""`, false, true},
		{`name:"~fedora"`, false, false},
		{`name:~"a 17"`, true, false},
		{"owner:me", true, false},
		{"owner:platform", true, false},
		{"owner:~plat", true, false},
		{"owner:5EF70662f8b34079a6eddb8da9d75fe8", true, false},
		{"owner:admin", false, false},
		{"updated:<2d", true, false},
		{"updated:>2d", false, false},
		{"updated:>1.4d", true, false},
		{"updated:2d", true, false},
		{"updated:36h", true, false},
		{"updated:>=36h", true, false},
		{"updated:<1mo", true, false},
		{"updated:<5m", false, false},
		{"created:2026-01-31", true, false},
		{"created:>2026-01-31", false, false},
		{"created:>2026-01-30", true, false},
		{"created:<=2026-01-31", true, false},
		{"created:<2026-01-31T12:00:01Z", true, false},
		{"created:2026-01-31T12:00:00Z", true, false},
		{"prop:os_distro", true, false},
		{"prop:os_distro=ubuntu", true, false},
		{"prop:os_distro=ub", false, false},
		{"prop:os_distro=~ub", true, false},
		{"prop:OS_DISTRO", false, false},
		{`prop:"a b"`, true, false},
		{`prop:"a b"=x=~y`, true, false},
		{`prop:"a b"=~=~`, true, false},
		{`prop:kernel_id=""`, true, false},
		{"prop:kernel_id=", true, false},
		{"prop:os_glance_failed_import=ceph", true, false},
		{"prop:os_glance_failed_import", true, false},
		{"format:qcow2", true, false},
		{"disk_format:raw", false, false},
		{`format:""`, false, true},
		{"container:bare", true, false},
		{"location:~mirror", true, false},
		{`location:""`, false, true},
		{"protected:yes", true, false},
		{"protected:n", false, true},
		{"hidden:false", true, true},
		{"min_disk:>10", true, false},
		{"min_disk:20", true, false},
		{"min_ram:<=2047", false, true},
		{"id:da3b", true, false},
		{"id:3f4a", false, false},
		{"id:~3F4A", true, false},
		{"status:queued visibility:public tag:lts size:>1G name:~fedora owner:me updated:<2d prop:os_distro=ubuntu", true, false},
	} {
		f, err := filter.Parse(c.filter, filterNow)
		if err != nil {
			t.Errorf("%s: %v", c.filter, err)
			continue
		}
		if got := f.Match(&img, who); got != c.full {
			t.Errorf("%s: the full image: %v", c.filter, got)
		}
		if got := f.Match(&bare, api.Session{}); got != c.bare {
			t.Errorf("%s: the bare image: %v", c.filter, got)
		}
	}
	if f, _ := filter.Parse(`location:""`, filterNow); f.Match(&model.Image{}, who) {
		t.Error("hidden locations are taken for none")
	}
}

func TestFilterFaultsSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ filter, want string }{
		{"status:quued", "status:quued: no such status; did you mean queued?"},
		{"lts !status:fine", "!status:fine: no such status (one of queued uploading"},
		{"visibility:publik", "visibility:publik: no such visibility; did you mean public?"},
		{"statsu:queued", "statsu:queued: unknown key; did you mean status:? (keys: status visibility tag "},
		{"http://mirror/x", "http://mirror/x: unknown key (keys: "},
		{"http://mirror/x", "quote it"},
		{":x", ":x: unknown key"},
		{"size:>big", "size:>big: a size, such as 500M"},
		{"size:1e9", "a size, such as 500M"},
		{"size:999999999P", "a size, such as 500M"},
		{"size:-1", "a size, such as 500M"},
		{"updated:<soon", "an age, such as 90m"},
		{"updated:<99999999999y", "an age, such as 90m"},
		{"protected:maybe", "protected:maybe: yes or no"},
		{"min_disk:1G", "a whole number"},
		{"prop:=x", "name the property"},
	} {
		_, err := filter.Parse(c.filter, filterNow)
		var fault *filter.Error
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.want) || fault.Begun {
			t.Errorf("%s\n got %v\nwant %s", c.filter, err, c.want)
		}
	}
}

func TestFilterTellsBegunFromWrong(t *testing.T) {
	for _, s := range []string{"status:", "status:,", "tag:~", "size:", "size:>", "updated:<", "prop:", "prop:a=~", "min_ram:>=", "!owner:"} {
		_, err := filter.Parse(s, filterNow)
		var fault *filter.Error
		if !errors.As(err, &fault) || !fault.Begun {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestFilterKeepsNarrowingBesideAFault(t *testing.T) {
	f, err := filter.Parse("fedora status:quued", filterNow)
	img, other := filterImage(), model.Image{Name: model.Some("debian")}
	if err == nil || !f.Match(&img, api.Session{}) || f.Match(&other, api.Session{}) {
		t.Errorf("%v, %v", f, err)
	}
}

func TestFilterPartsFreeWordsFromKeys(t *testing.T) {
	f, err := filter.Parse(`Fedora !debian status:queued "Two Words"`, filterNow)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Free(); !slices.Equal(got, []string{"fedora", "two words"}) {
		t.Errorf("free words: %q", got)
	}
	keyed := f.Keyed()
	img := model.Image{Name: model.Some("whatever"), Status: model.StatusQueued}
	if keyed.Empty() || keyed.Free() != nil || !keyed.Match(&img, api.Session{}) || f.Match(&img, api.Session{}) {
		t.Errorf("keyed: %v", keyed)
	}
	img.Name = model.Some("debian")
	if keyed.Match(&img, api.Session{}) {
		t.Error("a negated free word is no longer asked")
	}
}

func TestFilterReads(t *testing.T) {
	for text, want := range map[string]filter.Reads{
		"":                         {},
		"prop:a=~x !prop:b":        {Properties: []string{"a", "b"}},
		"location:~mirror":         {Locations: true},
		"status:q prop:a":          {Properties: []string{"a"}, Attributes: true},
		`!fedora location:""`:      {Locations: true, Attributes: true},
		"fedora":                   {Attributes: true},
		"prop:a location:x size:1": {Properties: []string{"a"}, Locations: true, Attributes: true},
	} {
		if got := parsed(t, text).Reads(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q reads %+v, not %+v", text, got, want)
		}
	}
}

func TestOwnerMeNeedsAProject(t *testing.T) {
	f, _ := filter.Parse("owner:me", filterNow)
	if f.Match(&model.Image{}, api.Session{}) {
		t.Error("an image without owner belongs to a session without project")
	}
}

func TestFilterAsksTheServer(t *testing.T) {
	for _, c := range []struct{ filter, want string }{
		{"", ""},
		{"fedora tag:lts name:x prop:a=b updated:<2d", ""},
		{"status:queued", "status=queued"},
		{"status:q,killed", "status=in%3Aqueued%2Ckilled"},
		{"!status:queued", ""},
		{"status:~eue", ""},
		{"visibility:community", "visibility=community"},
		{"visibility:p", ""}, // private or public: the server takes one
		{"owner:me", "owner=" + filterSession().ProjectID},
		{"owner:platform", ""},
		{"hidden:yes protected:no", "os_hidden=true&protected=false"},
		{"size:>1G size:<=2G size:>3G", "size_max=2147483648&size_min=1073741824"},
		{"size:5", "size=5"},
		{`size:""`, ""},
	} {
		f, err := filter.Parse(c.filter, filterNow)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Query(filterSession()).Encode(); got != c.want {
			t.Errorf("%s: %s, want %s", c.filter, got, c.want)
		}
	}
}

// Every form shown in the help must be one that the parser takes.
func TestFilterTermsAreTrue(t *testing.T) {
	for _, term := range filter.Terms() {
		if _, err := filter.Parse(term.Form, filterNow); err != nil {
			t.Error(err)
		}
		for _, v := range term.Values {
			if _, err := filter.Parse(term.Key+":"+v, filterNow); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestContainsFold(t *testing.T) {
	for _, c := range []struct {
		s, part string
		want    bool
	}{
		{"", "", true}, {"a", "", true}, {"", "a", false},
		{"Fedora", "DOR", true}, {"Fedora", "x", false}, {"aab", "ab", true},
		{"ÄÖÜ", "öü", true}, {"日本語", "本", true}, {"\u212a8s", "k8s", true}, {"\xff", "\ufffd", false},
	} {
		if got := filter.ContainsFold(c.s, strings.ToLower(c.part)); got != c.want {
			t.Errorf("%q in %q: %v", c.part, c.s, got)
		}
	}
}

func TestFilterAllocatesNothing(t *testing.T) {
	img, who := filterImage(), filterSession()
	f, err := filter.Parse(`fed größe status:q visibility:pub tag:~lt size:>1G name:~17 owner:platform updated:<2d prop:os_distro=ubuntu location:~mirror id:da3`, filterNow)
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() {
		if !f.Match(&img, who) {
			t.Fatal("no match")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, t := range filter.Terms() {
		f.Add(t.Form, "Fedora")
	}
	f.Add(`!name:~"a\"b" prop:"x y"=~"z`, "a")
	f.Add("\u0130 \u212a", "\u0130K")
	f.Fuzz(func(t *testing.T, s, name string) {
		img := filterImage()
		img.Name = model.Some(name)
		theFilter, err := filter.Parse(s, filterNow)
		var fault *filter.Error
		if err != nil && (!errors.As(err, &fault) || fault.Text == "" || !strings.Contains(s, fault.Term)) {
			t.Fatalf("%q: %v", s, err)
		}
		again, _ := filter.Parse(s, filterNow)
		if theFilter.Match(&img, api.Session{}) != again.Match(&img, api.Session{}) {
			t.Fatalf("%q does not match the same twice", s)
		}
		for _, word := range theFilter.Free() {
			if word != strings.ToLower(word) {
				t.Fatalf("free word %q", word)
			}
		}
	})
}

func FuzzContainsFold(f *testing.F) {
	f.Add("Fedora \u212a \u0130", "k")
	f.Fuzz(func(t *testing.T, s, part string) {
		s, lower := strings.ToValidUTF8(s, ""), strings.ToLower(strings.ToValidUTF8(part, ""))
		if got, want := filter.ContainsFold(s, lower), strings.Contains(strings.ToLower(s), lower); got != want {
			t.Fatalf("%q in %q: %v", lower, s, got)
		}
	})
}

// One key press in the list asks this of every image.
func BenchmarkFilter100000(b *testing.B) {
	images := make([]model.Image, 100_000)
	for i := range images {
		images[i] = filterImage()
		images[i].ID = fmt.Sprintf("%08x-3f4a-40e7-8a2c-bfab23927dea", i)
		images[i].Name = model.Some(fmt.Sprintf("ubuntu-24.04-server-%d", i))
	}
	who := filterSession()
	for _, s := range []string{"9999", "zz", "status:active zz", "name:~server size:>1G"} {
		f, err := filter.Parse(s, filterNow)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range images {
					f.Match(&images[i], who)
				}
			}
		})
	}
}
