package form

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/theme"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// rootLines are the lines that the root keeps of a window.
const rootLines = 4

var windows = [][2]int{{80, 24}, {160, 45}, {100, 30}, {60, 15}}

// edited is the form in the middle of the main edit.
func edited(t *testing.T) *Form {
	t.Helper()
	image := uitest.Fedora()
	image.DiskFormat, image.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	f := open(t, image)
	uitest.Run(f, uitest.Type(" Server"))
	goTo(t, f, "tags")
	uitest.Run(f, uitest.Type("lts,"))
	goToAdd(t, f, "locations")
	uitest.Run(f, uitest.Type("http://mirror/f17.qcow2"))
	return f
}

func TestGoldenScreens(t *testing.T) {
	for _, w := range windows {
		size := fmt.Sprintf("%dx%d", w[0], w[1])
		t.Run(size, func(t *testing.T) {
			shot := func(f *Form) string { return uitest.Shot(t, f, w[0], w[1]-rootLines) }
			uitest.Golden(t, "untouched-"+size, shot(open(t, uitest.Active())))
			uitest.Golden(t, "edited-"+size, shot(edited(t)))

			wrong := open(t, uitest.Fedora())
			uitest.Run(wrong, uitest.Type(strings.Repeat("x", 260)))
			goTo(t, wrong, "min_disk")
			uitest.Run(wrong, uitest.Type("x"))
			uitest.Golden(t, "faults-"+size, shot(wrong))

			uitest.Golden(t, "hostile-"+size, shot(open(t, uitest.Hostile())))
		})
	}
}

func TestGoldenStyles(t *testing.T) {
	uitest.GoldenStyled(t, "edited-80x24-styled", uitest.Shot(t, edited(t), 80, 20))
	f := edited(t)
	f.ctx.Theme = theme.New(true, true)
	uitest.Run(f, uitest.Keys("shift+tab", "ctrl+k"), screen.ThemeChanged{})
	uitest.Golden(t, "edited-80x24-ascii", uitest.Shot(t, f, 80, 20))
}

func TestTheWholePatchOnCtrlP(t *testing.T) {
	f := edited(t)
	uitest.Run(f, uitest.Keys("ctrl+p"))
	uitest.Golden(t, "patch-80x24", uitest.Shot(t, f, 80, 20))
	before := patchIn(f)
	uitest.Run(f, uitest.Type("xyz"), uitest.Paste("abc"), uitest.Keys("down", "esc"))
	if patchIn(f) != before {
		t.Errorf("keys went to a field out of sight: %s", patchIn(f))
	}
	seen(t, f, "Name")
}

func TestThePatchScrolls(t *testing.T) {
	f := edited(t)
	first := plain(f)
	uitest.Run(f, uitest.Keys("ctrl+d"))
	if plain(f) == first {
		t.Error("ctrl+d does nothing")
	}
	uitest.Run(f, uitest.Keys("pgup"))
	if plain(f) != first {
		t.Error("pgup does not lead back")
	}
}

// What is above the place where one types stays where it is when a fault comes
// or goes, and so does what is below the group.
func TestAFaultMovesLittle(t *testing.T) {
	image := uitest.Active()
	f := open(t, image)
	goTo(t, f, "min_ram")
	before := strings.Split(plain(f), "\n")
	uitest.Run(f, uitest.Type("x"))
	after := strings.Split(plain(f), "\n")
	moved := 0
	for i := range min(len(before), 13) {
		if before[i] != after[i] {
			moved++
		}
	}
	// The line itself, the fault, and the line of formats between it and the
	// group's empty line.
	if moved > 3 {
		t.Errorf("%d lines changed:\n%s\n\n%s", moved, strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

func TestNoSizeIsTooSmall(t *testing.T) {
	for _, image := range []model.Image{uitest.Fedora(), uitest.Hostile(), uitest.WithProperties(uitest.Active(), 128)} {
		f := open(t, image)
		uitest.Run(f, uitest.Type("日本"), uitest.Keys("tab"), uitest.Type("タグ,"))
		for _, w := range []int{1, 2, 3, 5, 10, 20, 40, 60, 73, 74, 99, 100, 120, 200} {
			for _, h := range []int{1, 2, 3, 5, 6, 7, 9, 11, 18, 41} {
				uitest.Shot(t, f, w, h)
				uitest.Run(f, uitest.Keys("tab"))
			}
		}
	}
}

// A monkey types twenty thousand keys and changes the window as it likes. The
// form must not panic, the view must fit, and a patch that it shows must be one
// that the rules apply.
func TestAMonkeyAtTheKeyboard(t *testing.T) {
	names := []string{
		"tab", "shift+tab", "up", "down", "left", "right", "home", "end", "enter", "space", "backspace", "delete",
		"ctrl+k", "ctrl+r", "ctrl+x", "ctrl+z", "ctrl+y", "ctrl+s", "ctrl+p", "ctrl+d", "ctrl+u", "ctrl+w", "esc",
		"alt+up", "alt+down", "K", "J", "a", "7", "x", "=", ",", "{", "}", "/", ":", "日", "é", "🎉", "ctrl+a", "alt+b",
		"pgup", "pgdown", "shift+up", "ctrl+e", "y", "n", "q",
	}
	random := rand.New(rand.NewPCG(1, 2))
	images := []model.Image{uitest.Fedora(), uitest.Active(), uitest.Hostile(), uitest.WithProperties(uitest.Fedora(), 40)}
	steps := 20_000
	if testing.Short() {
		steps = 2_000
	}
	var f *Form
	for n := range steps {
		if n%500 == 0 {
			f = open(t, images[n/500%len(images)])
		}
		var msg tea.Msg = uitest.Key(names[random.IntN(len(names))])
		switch random.IntN(60) {
		case 0:
			f.SetSize(1+random.IntN(170), 1+random.IntN(50))
		case 1:
			msg = uitest.Paste([]string{"a=b\nc=d", "x,y", "http://m/1\nhttp://m/2", "\x1b[2J\xff", ""}[random.IntN(5)])
		case 2:
			theirs := f.base.Clone()
			theirs.Tags = append(theirs.Tags, fmt.Sprint("t", random.IntN(5)))
			theirs.MinRAM = int64(random.IntN(3))
			theirs.Properties[fmt.Sprint("p", random.IntN(5))] = model.Some("theirs")
			if random.IntN(2) == 0 && len(theirs.Locations) > 1 {
				theirs.Locations = theirs.Locations[1:]
			}
			msg = screen.ImageSeen{Image: theirs}
		}
		f.Update(msg)
		if why := uitest.Fits(f.View(), f.width, f.height); why != "" {
			t.Fatalf("after %d keys, the last %v, at %dx%d: %s", n, msg, f.width, f.height, why)
		}
		if c := f.Cursor(); c != nil && (c.X >= f.width || c.Y >= f.height) {
			t.Fatalf("after %d keys the cursor is outside: %v", n, c)
		}
		if len(f.edit.patch) > 0 {
			if _, err := f.rules.Apply(f.base, f.edit.patch); err != nil {
				t.Fatalf("after %d keys the server would refuse %s: %v", n, f.edit.patch.JSON(), err)
			}
		}
	}
}
