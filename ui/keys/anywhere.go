package keys

import "charm.land/bubbles/v2/key"

// Anywhere is the group of keys that every screen has; while text is typed, letters
// and ctrl+z are not among them.
func Anywhere(typing bool) Group {
	all := []key.Binding{Back, Manual, Palette, Quit, Log, Suspend, Redraw}
	if typing {
		all = []key.Binding{Back, HelpTyping, Abort, Redraw}
	}
	return Group{Name: "Everywhere", Keys: all}
}

// Moving is the group of keys that every long list has.
func Moving() Group {
	return Group{Name: "Moving", Keys: []key.Binding{Up, Down, PgUp, PgDown, Top, Bottom}}
}
