package draw

import (
	"github.com/charmbracelet/x/ansi"
)

// head is as much of the beginning of safe, unstyled text as fits the width.
func head(s string, width int) string {
	if width <= 0 {
		return ""
	}
	return ansi.Truncate(s, width, "")
}
