package packed

import "strings"

// lowerNames keeps names in lower case one behind the other: a filter that is
// typed and an order by name go over all of them, and the time goes into waiting
// for memory that lies apart.
type lowerNames struct{ room strings.Builder }

// lowerRoom is how much is taken from the system at once.
const lowerRoom = 64 << 10

// keep gives the same text, which now lies with the others. What was given out
// stays as it is: a builder only ever adds behind it, and is left when it is full.
func (l *lowerNames) keep(name string) string {
	if l.room.Len()+len(name) > l.room.Cap() {
		l.room = strings.Builder{}
		l.room.Grow(max(lowerRoom, len(name)))
	}
	from := l.room.Len()
	l.room.WriteString(name)
	return l.room.String()[from:]
}
