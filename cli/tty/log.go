package tty

import (
	"bytes"
	"strings"
	"sync"

	"github.com/glance-tui/glance-tui/ui/safe"
)

// Log is what libraries said: lines made safe, the last ones of them. They may
// quote a server.
type Log struct {
	mu    sync.Mutex
	lines []string
	half  []byte // a line without its end
}

// The bounds of a log.
const (
	longestLog  = 1000 // lines
	longestLine = 1000 // bytes
)

// Write takes whole lines, or parts of one.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		if room := longestLine - len(l.half); room > 0 {
			l.half = append(l.half, line[:min(room, len(line))]...)
		}
		if ended {
			l.end()
		}
		rest = after
	}
	return len(p), nil
}

func (l *Log) end() {
	line := safe.Text(strings.TrimRight(string(l.half), "\r"))
	l.half = l.half[:0]
	if len(l.lines) == longestLog {
		l.lines = append(l.lines[:0], l.lines[longestLog/10:]...)
	}
	l.lines = append(l.lines, line)
}

// Lines are what was said, the latest last. They are safe.
func (l *Log) Lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := append([]string(nil), l.lines...)
	if len(l.half) > 0 {
		all = append(all, safe.Text(string(l.half)))
	}
	return all
}
