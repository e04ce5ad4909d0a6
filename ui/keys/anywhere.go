package keys

import "charm.land/bubbles/v2/key"

// Anywhere is the group of keys that every screen has.
func Anywhere() Group {
	return Group{"Everywhere", []key.Binding{Back, Manual, Palette, Quit}}
}

// Moving is the group of keys that every long list has.
func Moving() Group {
	return Group{"Moving", []key.Binding{Up, Down, PgUp, PgDown, Top, Bottom}}
}
