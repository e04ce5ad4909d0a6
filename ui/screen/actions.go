package screen

import (
	tea "charm.land/bubbletea/v2"

	"github.com/glance-tui/glance-tui/model"
)

// Actions is what a screen asks of the root: to open or leave a screen, to say or
// copy something, to pass news on. A screen embeds it. The root takes the actions
// as soon as Init, Update or Reveal returns and runs them, in order, before
// it takes the next message, so a key is never handled by another screen than the
// one that the key before it opened. A message that a command returns would come
// after keys that arrive in the same packet; commands are for I/O only.
//
// Not safe for use by commands, which run at the same time as Update.
type Actions struct{ asked []tea.Msg }

// Do asks for actions. It returns nil, for use in a return.
func (a *Actions) Do(actions ...tea.Msg) tea.Cmd {
	a.asked = append(a.asked, actions...)
	return nil
}

// Flash asks for a line in the footer. It returns nil, for use in a return.
func (a *Actions) Flash(level Level, text string) tea.Cmd {
	return a.Do(Flash{Level: level, Text: text})
}

// Remark asks for a line in the footer about the screen as it is now; see
// Flash.Here. It returns nil, for use in a return.
func (a *Actions) Remark(level Level, text string) tea.Cmd {
	return a.Do(Flash{Level: level, Text: text, Here: true})
}

// FlashOf asks for a line in the footer about an image that it does not name;
// see Flash.Image. It returns nil, for use in a return.
func (a *Actions) FlashOf(img model.Image, level Level, text string) tea.Cmd {
	return a.Do(Flash{Level: level, Text: text, Image: &img})
}

// TakeActions gives what was asked for since the last call, in order.
func (a *Actions) TakeActions() []tea.Msg {
	asked := a.asked
	a.asked = nil
	return asked
}
