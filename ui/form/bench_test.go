package form

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// atAllQuotas is an image with as much of everything as a server lets it have,
// each value so long.
func atAllQuotas(length int) model.Image {
	i := uitest.WithProperties(uitest.Active(), 128)
	for name, value := range i.Properties {
		i.Properties[name] = model.Some(value.Value + strings.Repeat("x", max(0, length-len(value.Value))))
	}
	i.Tags, i.Locations = nil, nil
	for n := range 128 {
		i.Tags = append(i.Tags, fmt.Sprintf("tag-%03d", n))
	}
	for n := range 10 {
		i.Locations = append(i.Locations, model.Location{URL: fmt.Sprintf("http://mirror/%d", n), Metadata: map[string]any{"n": "x"}})
	}
	return i
}

// changeAll changes everything about the image that the form shows.
func (f *Form) changeAll() {
	f.change(group{}, func(s *state) {
		for n := range s.tags {
			s.tags[n].going = true
		}
		for n := range s.properties {
			s.properties[n].value += "y"
		}
		for n := range s.locations[1:] {
			s.locations[n+1].going = true
		}
	})
}

// BenchmarkKey is one key in a text, with all that follows from it: the wanted
// image, its faults, the patch in words and as JSON, the frame.
func BenchmarkKey(b *testing.B) {
	for _, c := range []struct {
		name  string
		image model.Image
		all   bool // everything is changed already
		in    spot // where the key is typed
	}{
		{name: "ordinary", image: uitest.Active()},
		{name: "largest", image: atAllQuotas(1)},
		{name: "largest, all changed", image: atAllQuotas(1), all: true},
		{name: "values of 64 KB", image: atAllQuotas(64 << 10)},
		{name: "values of 64 KB, in one of them", image: atAllQuotas(64 << 10), in: spot{attr: "properties", part: partValue}},
		{name: "values of 64 KB, all changed", image: atAllQuotas(64 << 10), all: true},
	} {
		b.Run(c.name, func(b *testing.B) {
			f := benchForm(c.image)
			if c.all {
				f.changeAll()
			}
			if c.in != (spot{}) {
				c.in.id = f.state.properties[5].id
				f.setFocus(c.in)
			}
			x, back := uitest.Key("x"), uitest.Key("backspace")
			b.ReportAllocs()
			for b.Loop() {
				for _, k := range []tea.Msg{x, back} {
					f.Update(k)
					_ = f.View()
					_ = f.Cursor()
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(2*b.N), "µs/key")
		})
	}
}

// TestKeyAllocations holds a key in the form to the memory that it takes now,
// with some slack: the more is made with every key, the longer it waits.
func TestKeyAllocations(t *testing.T) {
	for _, c := range []struct {
		name string
		form func() *Form
		most float64
	}{
		{"ordinary", func() *Form { return benchForm(uitest.Active()) }, 1500},
		{"largest", func() *Form { return benchForm(atAllQuotas(1)) }, 6000},
		{"values of 64 KB, all changed", func() *Form { f := benchForm(atAllQuotas(64 << 10)); f.changeAll(); return f }, 13000},
	} {
		f, key := c.form(), uitest.Key("x")
		if n := testing.AllocsPerRun(3, func() {
			f.Update(key)
			_ = f.View()
		}); n > c.most {
			t.Errorf("%s: %v allocations, at most %v wanted", c.name, n, c.most)
		} else {
			t.Logf("%s: %v of %v", c.name, n, c.most)
		}
	}
}

func benchForm(i model.Image) *Form {
	f := New(uitest.Context(fakeservice.New(i)), i)
	f.SetSize(160, 41)
	return f
}
