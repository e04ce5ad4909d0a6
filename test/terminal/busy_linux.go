package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// busy reports whether a thread of the terminal's session runs or waits for a
// processor: then a silence says nothing, however long it is.
func busy(session int) bool {
	of := []byte(strconv.Itoa(session))
	processes, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range processes {
		if f := statFields(p); len(f) < 4 || !bytes.Equal(f[3], of) {
			continue
		}
		threads, _ := filepath.Glob(p + "/task/*")
		for _, t := range threads {
			if f := statFields(t); len(f) > 0 && (f[0][0] == 'R' || f[0][0] == 'D') {
				return true
			}
		}
	}
	return false
}

// statFields are state, parent, group, session and so on of a process or thread.
func statFields(dir string) [][]byte {
	stat, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return nil // it has ended
	}
	return bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]) // a name may hold anything
}
