package theme

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/glance-tui/glance-tui/model"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	line := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*line(r) + 0.7152*line(g) + 0.0722*line(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Words stand out 4.5 to 1 (WCAG 2.1, AA) from what terminals have for a
// background, and nearly as much from the grounds that a row can have, also
// where a terminal has 256 colors.
func TestWordsStandOutFromTheirGround(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		th := New(dark, false)
		grounds := map[string]color.Color{"a terminal": color.White}
		if dark {
			grounds["a terminal"] = color.RGBA{0x1e, 0x1e, 0x1e, 0xff}
		}
		grounds["the selection"], grounds["a lit row"] = th.Selected.GetBackground(), th.Lit.GetBackground()
		words := map[string]color.Color{
			"faint":       th.Faint.GetForeground(),
			"on a ground": th.Selected.GetForeground(), "accent": th.Accent.GetForeground(), "dim": th.Dim.GetForeground(),
		}
		for _, s := range model.Statuses {
			words[string(s)] = th.Status(s).GetForeground()
		}
		for ground, g := range grounds {
			for word, w := range words {
				least := 4.0
				switch {
				case ground == "a terminal" && word == "faint": // what is not there
					least = 3
				case ground == "a terminal":
					least = 4.5
				case word == "faint":
					continue
				}
				if ground == "a terminal" && word == "on a ground" {
					continue
				}
				for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
					if c := contrast(p.Convert(w), p.Convert(g)); c < least {
						t.Errorf("%s, %v: %s on %s has a contrast of %.1f", name, p, word, ground, c)
					}
				}
			}
		}
	}
}

// The 16 colors are their user's: all that can be held is that what differs in
// kind differs in color, and that no word is on a ground of ours.
func TestFewColorsAreToldApart(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		th := New(dark, false).WithFewColors()
		if th.Dark != dark || th.Turned().Dark == dark || !th.Turned().FewColors {
			t.Errorf("%s: is for %v, turned for %v", name, th.Dark, th.Turned().Dark)
		}
		if !th.Selected.GetReverse() || th.Selected.GetBackground() != (lipgloss.NoColor{}) {
			t.Errorf("%s: the selection has a ground of its own", name)
		}
		kinds := map[color.Color]model.Status{}
		for _, s := range []model.Status{model.StatusQueued, model.StatusSaving, model.StatusActive, model.StatusKilled, model.StatusDeactivated} {
			c := th.Status(s).GetForeground()
			if other, ok := kinds[c]; ok {
				t.Errorf("%s: %s has the color of %s", name, s, other)
			}
			kinds[c] = s
		}
	}
}
