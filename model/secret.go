package model

import "strings"

// Hidden replaces, in a text of a server, a secret of this run that the server
// sent back: a token or a password. What the server really has there is not
// known, so no patch may hold it: see [patch.Patch.HoldsHidden].
const Hidden = "[hidden by glance-tui]"

// TextHoldsHidden reports whether a text contains the placeholder for a secret.
func TextHoldsHidden(text string) bool { return strings.Contains(text, Hidden) }
