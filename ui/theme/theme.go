// Package theme is the looks of glance-tui, declared once: every color has a
// meaning, every glyph a plain form. Screens take styles from here and never
// name a color themselves.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"github.com/glance-tui/glance-tui/model"
)

// Theme is a set of styles for one background. It is a value handed down by
// pointer; no one changes it after New.
type Theme struct {
	Dark      bool
	FewColors bool // no more than 16
	Glyphs    Glyphs

	Text   lipgloss.Style // ordinary text: the terminal's own color
	Strong lipgloss.Style // what the eye should find first
	Dim    lipgloss.Style // labels, units, what is there but seldom read
	Faint  lipgloss.Style // rules, empty values
	Accent lipgloss.Style // the program's own color: the focus, the title
	Link   lipgloss.Style // URLs, ids

	Selected lipgloss.Style // what is under the cursor: a background
	Lit      lipgloss.Style // what changed a moment ago: a background
	Mark     lipgloss.Style // a marked row's sign
	Match    lipgloss.Style // letters that a filter matched

	Good    lipgloss.Style // it worked, it is new
	Changed lipgloss.Style // it differs from the server's
	Bad     lipgloss.Style // it failed, it goes away
	Warn    lipgloss.Style // a hazard
	Badge   lipgloss.Style // READ-ONLY, INSECURE: set apart from all else

	Key     lipgloss.Style // a key in the footer
	KeyDesc lipgloss.Style // what it does
	Chip    lipgloss.Style // a tag
	ChipNew lipgloss.Style // a tag that the edit adds
	ChipCut lipgloss.Style // a tag that the edit takes away

	Box      lipgloss.Style // a frame
	BoxFocus lipgloss.Style // a frame with the focus in it

	JSONKey, JSONString, JSONOther lipgloss.Style

	status map[model.Status]lipgloss.Style
}

// LongestGround is how many spaces may be in a run on a ground that is a
// color. A longer run is not written but erased, and what GNU screen erases has
// no ground.
const LongestGround = 12

// palette is the colors behind the styles; only New reads it.
//
// What is drawn often has a short name on the wire: ordinary text is the
// terminal's own color (no byte at all), the other colors are of the 256
// that every terminal has alike (11 bytes a change, where one of millions has
// 19). The backgrounds under a few cells are of the millions: among the 256
// there is none so quiet; text on them has a color of its own, since the
// terminal's may be as dark as they are where it did not tell its background.
// Where there are 256 colors the nearest is taken: the grounds are such that
// this is a blue or a gray that words stand out from.
type palette struct {
	on                                    color.Color // text on a background of ours
	dim, faint, accent, link              color.Color
	selected, lit, chip                   color.Color
	green, amber, red, blue, violet, gray color.Color
	badgeText                             color.Color
}

func darkPalette() palette {
	c := lipgloss.Color
	return palette{
		on: c("255"), dim: c("247"), faint: c("243"), accent: c("80"), link: c("111"),
		selected: c("#242c4c"), lit: c("#38342c"), chip: c("#303444"),
		green: c("114"), amber: c("221"), red: c("210"), blue: c("111"), violet: c("182"), gray: c("247"),
		badgeText: c("234"),
	}
}

func lightPalette() palette {
	c := lipgloss.Color
	return palette{
		on: c("232"), dim: c("241"), faint: c("244"), accent: c("23"), link: c("25"),
		selected: c("#d4ecfc"), lit: c("#fdf0c9"), chip: c("#dcdce8"),
		green: c("22"), amber: c("94"), red: c("160"), blue: c("26"), violet: c("91"), gray: c("242"),
		badgeText: c("231"),
	}
}

// fewPalette is of the 16 colors alone, for terminals that have no more, such
// as the console of a server: the nearest of the 16 to a quiet color is another
// one altogether. Only those are in it that can be read with the colors that the
// usual terminals have (sixteen_test.go): on a light background these are black,
// red, blue, magenta and gray, and none at all; on a dark one all bright ones but blue.
func fewPalette(dark bool) palette {
	c := lipgloss.Color
	if dark {
		return palette{
			on: c("15"), dim: c("7"), faint: c("7"), accent: c("14"), link: c("6"),
			chip:  c("4"),
			green: c("10"), amber: c("11"), red: c("9"), blue: c("14"), violet: c("13"), gray: c("7"),
		}
	}
	return palette{
		on: c("0"), dim: c("8"), faint: c("8"), accent: c("4"), link: c("4"),
		chip:  c("7"),
		green: c("4"), amber: lipgloss.NoColor{}, red: c("1"), blue: c("8"), violet: c("5"), gray: c("8"),
	}
}

// New makes the theme for a dark or a light background. With plain, glyphs
// are ASCII (for terminals that draw others too wide, and other locales).
func New(dark, plain bool) *Theme {
	p := lightPalette()
	if dark {
		p = darkPalette()
	}
	return of(p, dark, plain)
}

// WithFewColors is the theme for a terminal that has no more than 16, or none.
// These are its user's: only what is reversed is sure to stand out.
func (t *Theme) WithFewColors() *Theme {
	few := of(fewPalette(t.Dark), t.Dark, t.Glyphs.Plain)
	few.FewColors = true
	few.Selected, few.Lit = lipgloss.NewStyle().Reverse(true), lipgloss.NewStyle().Underline(true)
	few.Changed = few.Changed.Bold(true) // on a light background it has no color
	// Bold is another of the 16 colors on many terminals, and these are on a ground.
	few.Badge = lipgloss.NewStyle().Reverse(true).Bold(true)
	few.ChipNew = few.Chip.Underline(true)
	few.ChipCut = few.Chip.Strikethrough(true)
	return few
}

// Turned is the theme for the other background.
func (t *Theme) Turned() *Theme {
	turned := New(!t.Dark, t.Glyphs.Plain)
	if t.FewColors {
		return turned.WithFewColors()
	}
	return turned
}

func of(p palette, dark, plain bool) *Theme {
	s := lipgloss.NewStyle
	fg := func(c color.Color) lipgloss.Style { return s().Foreground(c) }
	t := &Theme{
		Dark: dark, Glyphs: fine,
		Text: s(), Strong: s().Bold(true), Dim: fg(p.dim), Faint: fg(p.faint),
		Accent: fg(p.accent).Bold(true), Link: fg(p.link),
		Selected: fg(p.on).Background(p.selected), Lit: fg(p.on).Background(p.lit),
		Mark: fg(p.accent).Bold(true), Match: fg(p.accent).Underline(true),
		Good: fg(p.green), Changed: fg(p.amber), Bad: fg(p.red), Warn: fg(p.amber).Bold(true),
		Badge: s().Background(p.amber).Foreground(p.badgeText).Bold(true),
		Key:   fg(p.accent).Bold(true), KeyDesc: fg(p.dim),
		Chip:    fg(p.on).Background(p.chip),
		ChipNew: fg(p.green).Background(p.chip).Bold(true),
		ChipCut: fg(p.red).Background(p.chip).Strikethrough(true),
		Box:     fg(p.faint), BoxFocus: fg(p.accent),
		JSONKey: fg(p.blue), JSONString: fg(p.green), JSONOther: fg(p.violet),
	}
	if plain {
		t.Glyphs = ascii
	}
	t.status = map[model.Status]lipgloss.Style{
		model.StatusQueued:        fg(p.blue),
		model.StatusSaving:        fg(p.amber),
		model.StatusUploading:     fg(p.amber),
		model.StatusImporting:     fg(p.amber),
		model.StatusActive:        fg(p.green),
		model.StatusDeactivated:   fg(p.violet),
		model.StatusPendingDelete: fg(p.red),
		model.StatusDeleted:       fg(p.gray),
		model.StatusKilled:        fg(p.red).Bold(true),
	}
	return t
}

// Status is the color of a status; gray ones for those we do not know.
func (t *Theme) Status(s model.Status) lipgloss.Style {
	if st, ok := t.status[s]; ok {
		return st
	}
	return t.Dim
}
