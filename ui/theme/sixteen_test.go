package theme

import (
	"image/color"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
)

// sixteen is what the usual terminals have for the 16 colors: black, red, green,
// yellow, blue, magenta, cyan, white, and the same bright. Read from their sources
// and manuals in November 2026.
var sixteen = map[string]string{
	"xterm":           "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
	"Linux's console": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
	"PuTTY":           "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
	"Terminal.app":    "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
	"Windows console": "000000 800000 008000 808000 000080 800080 008080 c0c0c0 808080 ff0000 00ff00 ffff00 0000ff ff00ff 00ffff ffffff",
	"Windows 10":      "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}

// Every style can be read with 16 colors, whatever usual terminal they are of, on a
// dark and on a light background: 3 to 1 at least (WCAG 2.1 asks that of large text
// and of signs), and what a danger or an edit is told in 4.5 to 1.
func TestSixteenColorsCanBeRead(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := New(dark, false).WithFewColors()
		styles := map[string]lipgloss.Style{}
		for v, n := reflect.ValueOf(*th), 0; n < v.NumField(); n++ {
			if style, ok := v.Field(n).Interface, v.Type().Field(n).Type == reflect.TypeFor[lipgloss.Style](); ok {
				styles[v.Type().Field(n).Name] = style().(lipgloss.Style)
			}
		}
		if len(styles) < 25 {
			t.Fatalf("%d styles", len(styles))
		}
		for _, s := range model.Statuses {
			styles[string(s)] = th.Status(s)
		}
		for name, style := range styles {
			for terminal, list := range sixteen {
				c := contrastIn(strings.Fields(list), style, dark)
				least := 3.0
				if name == "Warn" || name == "Changed" || name == "Badge" || name == "Chip" || name == "ChipNew" || name == "ChipCut" {
					least = 4.5
				}
				if c < least {
					t.Errorf("%s, dark %v: %s has a contrast of %.1f", terminal, dark, name, c)
				}
			}
		}
	}
}

// contrastIn is the contrast of a style's words on their ground, in the terminal's
// colors. Where a style is bold many terminals take the bright color for one of the
// first eight: the worse of the two counts.
func contrastIn(palette []string, style lipgloss.Style, dark bool) float64 {
	at := func(n int) color.Color { return lipgloss.Color("#" + palette[n]) }
	number := func(c color.Color, none int) int {
		for n := range palette {
			if c == lipgloss.ANSIColor(n) || c == lipgloss.Color([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"}[n]) {
				return n
			}
		}
		return none
	}
	paper, ink := 15, 0
	if dark {
		paper, ink = 0, 15
	}
	ground := at(number(style.GetBackground(), paper))
	if _, own := style.GetBackground().(lipgloss.NoColor); own && !dark {
		ground = color.White // the background is no color of the 16
	}
	n := number(style.GetForeground(), ink)
	c := contrast(at(n), ground)
	if _, own := style.GetForeground().(lipgloss.NoColor); style.GetBold() && n < 8 && !own {
		c = min(c, contrast(at(n+8), ground))
	}
	return c
}
