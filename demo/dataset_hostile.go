package demo

import "github.com/glance-tui/glance-tui/model"

// hostileImages have texts that attack a terminal or the eye. Anybody with an
// account can name an image like this, and administrators look at it. They are
// older than most, so that they are not the first thing one sees of the demo.
func hostileImages() []seed {
	return []seed{
		{
			name: "\x1b[31mred alert\x1b[0m \x1b[2J\x1b[H", visibility: model.Shared, owner: analytics,
			size: 66_000_000, age: 142 * day, changed: 142 * day,
			tags:       []string{"\x1b[5mblink\x1b[0m"},
			properties: []string{"note=\x1b]0;a new window title\x07", "\x1b[7mreverse=\x1b[0m"},
		},
		{
			name: "\x1b]52;c;cm0gLXJmIH4K\x07copied", owner: analytics,
			size: 67_000_000, age: 142 * day, changed: 142 * day,
		},
		{
			name: "invoice-\u202egnp.owc\u202c.iso", visibility: model.Shared, owner: demoTeam, disk: "iso",
			size: 68_000_000, age: 141 * day, changed: 141 * day,
			tags: []string{"\u2066isolated\u2069"},
		},
		{
			name: "ubu\u200bntu-24.04-ser\u200dver", owner: analytics,
			size: 612_106_240, age: 140 * day, changed: 140 * day, tags: []string{"l\u200bts"},
		},
		{
			name: "two\nlines\tand a tab\r", owner: demoTeam, size: 69_000_000, age: 140 * day, changed: 140 * day,
			properties: []string{"motd=first\nsecond\nthird"},
		},
		{
			name: "\u009b32mC1 control\u009b0m and \u0085 and \x7f", owner: analytics,
			size: 70_000_000, age: 139 * day, changed: 139 * day,
		},
		{
			name: "z\u0338\u0334a\u0335\u0336l\u0337\u0321g\u0322\u0323o\u0324 \u0301\u0302\u0303\u0304", owner: demoTeam,
			size: 71_000_000, age: 139 * day, changed: 139 * day,
		},
		{
			name: `$(reboot); 'single' "double" \back & <b>bold</b> %s %n`, owner: demoTeam,
			size: 72_000_000, age: 138 * day, changed: 138 * day,
			tags: []string{"'; DROP TABLE images; --"}, properties: []string{`q"u'o$te="$HOME"`},
		},
		{
			name: "صورة الخادم العربية", owner: analytics, size: 73_000_000, age: 138 * day, changed: 138 * day,
			tags: []string{"עברית"},
		},
	}
}
