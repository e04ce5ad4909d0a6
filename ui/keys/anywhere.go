package keys

import "charm.land/bubbles/v2/key"

// Anywhere is the group of keys that every screen has.
func Anywhere() Group {
	return Group{Name: "Everywhere", Keys: []key.Binding{Back, Manual, Palette, Quit}}
}

// Moving is the group of keys that every long list has.
func Moving() Group {
	return Group{Name: "Moving", Keys: []key.Binding{Up, Down, PgUp, PgDown, Top, Bottom}}
}
