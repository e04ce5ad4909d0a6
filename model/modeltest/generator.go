package modeltest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// Chooser makes the random choices: a *rand.Rand, or what draws them from a
// property-testing library.
type Chooser interface {
	// IntN gives a number from 0 up to but not including n, which is above 0.
	IntN(n int) int
}

// Generator makes images and edits.
type Generator struct {
	Chooser
	// URLs are those that locations are made of; the server must be able to
	// read each of them where the images go to a real one.
	URLs []string
	// Public allows the visibility "public", which needs an administrator.
	Public bool
}

// URLs are the locations of images from Image and Edit. Nothing answers there.
var URLs = func() []string {
	urls := make([]string, 16)
	for n := range urls {
		urls[n] = fmt.Sprintf("http://images.example/%x.img?a=1&b=%d", n, n)
	}
	return urls
}()

// New makes a generator with a seed and the URLs for locations (URLs when none
// are given).
func New(seed uint64, urls ...string) *Generator {
	if len(urls) == 0 {
		urls = URLs
	}
	return &Generator{Chooser: rand.New(rand.NewPCG(seed, 0)), URLs: urls, Public: true}
}

// Image is the random image of a seed.
func Image(seed uint64) model.Image { return New(seed).Image() }

// Wanted is a random draft of an image, as someone might wish it to be: some
// patch leads to it.
func Wanted(seed uint64, base model.Image) model.Image { return New(seed).Wanted(base) }

// chance is true in one of n cases, and never where all choices are 0.
func (g *Generator) chance(n int) bool { return g.IntN(n) == n-1 }

func pick[T any](g *Generator, list []T) T { return list[g.IntN(len(list))] }

// fragments make texts; some are there to trip a careless encoder.
var fragments = []string{
	"a", "fedora", "Ubuntu", "24.04", "lts", "é", "ß", "漢字", "Ω", " ", "-", "_", ".", ":", "%20", "%", "/", "~", "~1", "~0",
	`"`, `\`, "'", "<b>&", "\n", "\t", "{}", "[0]", "null", "0", "\u2028", "\u200b",
}

// text is up to four fragments; it may be empty.
func (g *Generator) text() string {
	var b strings.Builder
	for range g.IntN(5) {
		b.WriteString(pick(g, fragments))
	}
	return b.String()
}

// propertyName is a name that a patch can reach.
func (g *Generator) propertyName() string {
	if g.chance(2) {
		return pick(g, []string{"os_distro", "os_version", "hw_disk_bus", "hw:cpu", "a/b", "a~b", "x y", "é", "123", "-", "..", "properties"})
	}
	name := strings.TrimSpace("p" + g.text() + "q")
	if model.ReservedProperty(name) {
		return "p"
	}
	return name
}

// uuids are values for the properties that must be a UUID or null.
var uuids = []model.Opt[string]{
	model.Null[string](),
	model.Some("da3b75d9-3f4a-40e7-8a2c-bfab23927dea"),
	model.Some("00000000-0000-4000-8000-000000000000"),
}
