// Package merge lets the user decide, field by field, what two sides changed
// differently. Nothing is chosen beforehand: each field waits for a key.
package merge

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/keys"
	"github.com/glance-tui/glance-tui/ui/safe"
	"github.com/glance-tui/glance-tui/ui/screen"
)

// Merge is the screen. It satisfies screen.Screen. Make it with New.
type Merge struct {
	screen.Actions
	ctx       *screen.Context
	msg       screen.Merge
	conflicts []merge.Conflict
	sides     []merge.Side
	decided   []bool
	at        int // the conflict under the cursor

	// What only one side changed, and is merged without asking.
	mine, theirs []merge.Change

	pager         draw.Pager
	firsts        []int // the first line of each conflict
	ends          []int // the line behind it
	full          bool  // the values of one conflict have the whole screen
	fully         draw.Pager
	width, height int
}

// New makes the screen.
func New(ctx *screen.Context, msg screen.Merge) *Merge {
	orElse(&msg.Names.Base, "original")
	orElse(&msg.Names.Mine, "yours")
	orElse(&msg.Names.Theirs, "server")
	orElse(&msg.Why, "Someone else changed this image while you were editing. You both changed:")
	merged, conflicts := merge.Merge(msg.Base, msg.Mine, msg.Theirs)
	m := &Merge{
		ctx: ctx, msg: msg, conflicts: conflicts,
		sides: make([]merge.Side, len(conflicts)), decided: make([]bool, len(conflicts)),
	}
	theirs := make([]merge.Side, len(conflicts))
	for n, c := range conflicts {
		theirs[n] = merge.SideTheirs
		switch {
		case c.Settled:
			m.sides[n], m.decided[n] = merge.SideTheirs, true
		case msg.Holds != nil && msg.Holds(c):
			m.decided[n] = true
		}
	}
	m.mine = merge.Compare(msg.Base, msg.Mine, merge.Decide(msg.Base, msg.Mine, msg.Theirs, theirs)).Applied
	m.theirs = merge.Compare(msg.Base, msg.Theirs, merged).Applied
	m.mine = slices.DeleteFunc(m.mine, func(c merge.Change) bool { return slices.Contains(m.theirs, c) }) // taken from there
	m.at = max(0, m.next(-1))
	return m
}

func orElse(s *string, usual string) {
	if *s == "" {
		*s = usual
	}
}

// Init has nothing to ask for.
func (m *Merge) Init() tea.Cmd { return nil }

// Update takes keys.
func (m *Merge) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if m.full {
			m.keyFull(msg)
			return nil
		}
		return m.key(msg)
	case screen.ThemeChanged:
		m.layOut()
	}
	return nil
}

func (m *Merge) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.Back):
		return m.back()
	case key.Matches(k, keys.Proceed):
		return m.goOn()
	case key.Matches(k, keys.TakeMine):
		return m.decide(m.at, merge.SideMine)
	case key.Matches(k, keys.TakeTheirs):
		return m.decide(m.at, merge.SideTheirs)
	case key.Matches(k, keys.TakeBase):
		return m.decide(m.at, merge.SideBase)
	case key.Matches(k, keys.AllMine):
		m.decideAll(merge.SideMine)
	case key.Matches(k, keys.AllTheirs):
		m.decideAll(merge.SideTheirs)
	case key.Matches(k, keys.InFull) && len(m.conflicts) > 0:
		m.full = true
		m.fully.ToTop()
		m.layOut()
	case key.Matches(k, keys.Down) && m.at+1 < len(m.conflicts):
		m.moveTo(m.at + 1)
	case key.Matches(k, keys.Up) && m.at > 0:
		m.moveTo(m.at - 1)
	default:
		m.pager.Update(k)
	}
	return nil
}

func (m *Merge) keyFull(k tea.KeyPressMsg) {
	if key.Matches(k, keys.Back, keys.InFull) {
		m.full = false
		return
	}
	m.fully.Update(k)
}

// decide takes a decision and keeps it visible; the cursor stays.
func (m *Merge) decide(n int, side merge.Side) tea.Cmd {
	switch {
	case n >= len(m.conflicts):
		return nil
	case m.conflicts[n].Settled:
		return m.Remark(screen.Info, "Cannot choose here: "+m.onlyTheirs(m.conflicts[n]))
	}
	m.sides[n], m.decided[n] = side, true
	m.moveTo(n)
	return nil
}

func (m *Merge) decideAll(side merge.Side) {
	for n, c := range m.conflicts {
		if !c.Settled {
			m.sides[n], m.decided[n] = side, true
		}
	}
	m.layOut()
}

// onlyTheirs is why a conflict is settled.
func (m *Merge) onlyTheirs(c merge.Conflict) string {
	if m.msg.Theirs.Unread[c.Field.Attr] != nil {
		return "the server's value is not known, and a change would overwrite it unseen"
	}
	if !m.msg.Theirs.LocationsShown {
		return "the server now hides the locations, and hidden locations cannot be changed"
	}
	return "the data was deleted and cannot be restored"
}

// moveTo puts the cursor on a conflict.
func (m *Merge) moveTo(n int) {
	m.at = n
	m.layOut()
	if n < len(m.firsts) {
		m.pager.Show(m.firsts[n], m.ends[n])
	}
}

// next is the first conflict behind n that is to be decided, else the first
// of all; -1 when all are decided.
func (m *Merge) next(n int) int {
	for i := range m.decided {
		if at := (n + 1 + i) % len(m.decided); !m.decided[at] {
			return at
		}
	}
	return -1
}

// left counts what is not decided.
func (m *Merge) left() (n int) {
	for _, d := range m.decided {
		if !d {
			n++
		}
	}
	return n
}

// goOn hands the decided image on, or goes to what is still to be decided.
func (m *Merge) goOn() tea.Cmd {
	if n := m.next(m.at - 1); n >= 0 {
		m.moveTo(n)
		return m.Remark(screen.Info, fmt.Sprintf("%s unresolved", draw.Count(m.left(), "field")))
	}
	news := m.news()
	var next tea.Msg = screen.Review{Base: m.msg.Theirs, Wanted: news.Wanted, Rules: m.msg.Rules}
	if m.msg.Next != nil {
		next = m.msg.Next(m.sides, news.Wanted)
	}
	return m.Do(news, next)
}

// back leaves; what was decided so far stays so in the form.
func (m *Merge) back() tea.Cmd {
	if m.left() == len(m.conflicts) {
		return m.Do(screen.Back{})
	}
	return m.Do(m.news(), screen.Back{})
}

func (m *Merge) news() screen.Decided {
	d := screen.Decided{Base: m.msg.Base, Mine: m.msg.Mine, Theirs: m.msg.Theirs}
	sides := slices.Clone(m.sides)
	for n, c := range m.conflicts {
		// A form can go on from my value or theirs, while others are open.
		if !m.decided[n] || m.left() > 0 && m.sides[n] == merge.SideBase {
			sides[n] = merge.SideMine
			d.Left = append(d.Left, c)
		}
	}
	d.Wanted = merge.Decide(m.msg.Base, m.msg.Mine, m.msg.Theirs, sides)
	return d
}

// About is the image.
func (m *Merge) About() string { return m.msg.Theirs.ID }

// Title is the breadcrumb.
func (m *Merge) Title() string { return "Merge " + draw.Name(m.msg.Theirs) }

// Aside is how much is left to decide.
func (m *Merge) Aside(width int) string {
	t := m.ctx.Theme
	if n := m.left(); n > 0 {
		return safe.Cut(t.Warn.Render(fmt.Sprintf("%d of %d unresolved", n, len(m.conflicts))), width)
	}
	return safe.Cut(t.Good.Render(t.Glyphs.OK+" all resolved"), width)
}

// Cursor is nil: nothing is typed here.
func (m *Merge) Cursor() *tea.Cursor { return nil }

// Typing is false: letters are keys here.
func (m *Merge) Typing() bool { return false }

// Unsaved is empty: the edit is in the form beneath.
func (m *Merge) Unsaved() string { return "" }

// Keys are what can be pressed now.
func (m *Merge) Keys() keys.Help {
	if m.full {
		back := keys.Back
		back.SetHelp(back.Help().Key, "all fields")
		return keys.Help{
			Footer: append([]key.Binding{back}, draw.ScrollKeys()...),
			Groups: []keys.Group{{Name: "Move", Keys: draw.ScrollKeys()}},
		}
	}
	named := func(b key.Binding, name string) key.Binding {
		b.SetHelp(b.Help().Key, safe.Text(name))
		return b
	}
	mine, theirs, base := named(keys.TakeMine, m.msg.Names.Mine), named(keys.TakeTheirs, m.msg.Names.Theirs), named(keys.TakeBase, m.msg.Names.Base)
	goOn := keys.Proceed
	if m.left() > 0 {
		goOn.SetHelp(goOn.Help().Key, "next conflict")
	}
	decide := []key.Binding{mine, theirs, base, keys.AllMine, keys.AllTheirs}
	return keys.Help{
		Footer: append([]key.Binding{goOn, mine, theirs, base, keys.InFull, keys.Back}, decide[3:]...),
		Groups: []keys.Group{
			{Name: "Resolve", Keys: decide},
			{Name: "Continue", Keys: []key.Binding{goOn, keys.InFull, keys.Back}},
			{Name: "Move", Keys: draw.ScrollKeys()},
		},
	}
}
