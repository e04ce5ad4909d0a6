package state

import (
	"fmt"
	"hash/crc32"
)

// What tests of the parts reach.
var (
	SealDraft    = sealDraft
	UnsealDraft  = unsealDraft
	EscapeText   = escapeText
	UnescapeText = unescapeText
	PlaceName    = placeName
	ImageName    = imageName
	StoredPlace  = storedPlace
)

const (
	MostEntries   = mostEntries
	MostBytes     = mostBytes
	LargestRecord = largestRecord
	EscapeMark    = escapeMark
)

// ErrDamaged and ErrNewer are why a record is not used.
var (
	ErrDamaged = errDamaged
	ErrNewer   = errNewer
)

// Line is a body with its checksum, whatever it is.
func Line(body string) string {
	return fmt.Sprintf("%s%08x%s%s}\n", sealBefore, crc32.Checksum([]byte(body), castagnoli), sealMiddle, body)
}
