package record

import (
	"encoding/json"
	"time"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// Draft is an edit that was not sent.
type Draft struct {
	// ID names the draft where it is kept. Who keeps it sets it; it is empty for
	// one that was not kept yet.
	ID      string
	Service api.ServiceID
	// Base is the image as it was when the edit began, Wanted what it is to be.
	Base, Wanted model.Image
	// Typed is the edit as its form holds it, for the form alone: with texts that
	// no image can hold, such as a number that is none. May be nil.
	Typed json.RawMessage
	Saved time.Time
	// OwnedBy says which living program has the draft open, "process 4711 on
	// bastion": no one else can take it up. Empty for one that no one has.
	OwnedBy string
}
