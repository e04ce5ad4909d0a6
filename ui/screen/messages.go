package screen

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/record"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Intentions: what a screen asks of the root.
type (
	// Open shows one image, by a reading that was asked for then.
	Open struct {
		Image model.Image
		Asked Asked
	}
	// Edit opens the form on an image as it was last read. Where the memory
	// holds a draft of it, the form takes that up.
	Edit struct {
		Image model.Image
		Asked Asked // as in Open
	}
	// Review shows what would be sent to turn Base into Wanted.
	Review struct {
		Base, Wanted model.Image
		Rules        rules.Rules
		DryRun       bool // begin as a dry run
		// Undoes is the entry of the history that this undoes, and Lost what of
		// it cannot come back, in sentences; empty for an ordinary edit.
		Undoes string
		Lost   []string
		// Above says that it is above the screen that asked, which esc leads back
		// to, instead of taking the place of the screens of an edit.
		Above bool
	}
	// Send shows the answers to an edit that was agreed to and goes off: Begin is
	// what comes first.
	Send struct {
		Run   *Run
		Begin tea.Cmd
	}
	// Back leaves the topmost screen.
	Back struct{}
	// Home leaves all but the first screen.
	Home struct{}
	// OpenDrafts shows all edits that were not sent.
	OpenDrafts struct{}
	// GoOn opens the form on one of several drafts; Image is its image as it was
	// last read.
	GoOn struct {
		Draft record.Draft
		Image model.Image
		Asked Asked // as in Open
	}
	// Discard forgets a draft.
	Discard struct{ Draft record.Draft }
	// OpenHistory shows what was sent, of one image where Image is not empty.
	OpenHistory struct{ Image string }
	// OpenDemo connects to the embedded service (from the first screen).
	OpenDemo struct{}
	// Connect connects to a cloud of the configuration by its name, with the
	// secrets that the user was asked for.
	Connect struct {
		Cloud   string
		Answers Answers
	}
	// Copy puts text on the clipboard (OSC 52); What names it for the flash.
	Copy struct{ What, Text string }
	// Flash shows a line in the footer for a few seconds.
	Flash struct {
		Level Level
		Text  string // made safe by the root
		// Image is the image that the text is about without naming it; nil for
		// none. Where another one is visible, its name is before the text.
		Image *model.Image
		// Here says that the text is about the screen as it is now. It goes with
		// the next key, which may change that, and with the screen.
		Here bool
	}
)

// Answers are secrets by the key of what needed them. Printing them shows none.
type Answers map[string]string

// Format prints how many there are, whatever the verb.
func (a Answers) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "%d answers", len(a)) }

// News: what a screen found out and others may want to know.
type (
	// ImageSeen is a fresh reading of an image.
	ImageSeen struct {
		Image model.Image
		Asked Asked
	}
	// ImageGone is an image that the server no longer has.
	ImageGone struct{ ID string }
	// ImagesChanged are images in a list that others changed. A list can be older
	// than an edit that was answered meanwhile.
	ImagesChanged struct {
		Images []model.Image
		Asked  Asked
	}
	// Sent is an edit that the server accepted; After is newer than what was asked
	// for before.
	Sent struct {
		Before, After model.Image
		Asked         Asked
	}
	// Overwritten is an edit that was accepted, and that another one overwrote.
	// Wanted is Now with what was overwritten.
	Overwritten struct{ Before, After, Now, Wanted model.Image }
	// Ignored is an edit that the server accepted, and of which it did not apply
	// all. Wanted is Now with what is missing.
	Ignored struct{ Now, Wanted model.Image }
	// Superseded is an edit that was accepted, and of which something has another
	// value by now, one that this program never saw before.
	Superseded struct{ Before, After, Now model.Image }
	// LeftOpen is an edit of which no one knows what became, and whose screen was
	// left; its entry is open.
	LeftOpen struct{ Entry record.Entry }
	// DraftsChanged says that the memory holds other drafts than before.
	DraftsChanged struct{}
	// HistoryChanged says that the history has other entries than before.
	HistoryChanged struct{}
	// Touched comes with a key, now and then: someone is there.
	Touched struct{}
	// ThemeChanged comes after the terminal told its background.
	ThemeChanged struct{}
)

// Level is how much a flash matters.
type Level int

// The levels of a flash.
const (
	Info Level = iota
	Success
	Warning
	Error
)
