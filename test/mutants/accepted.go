//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// readAccepted reads the mutants that may survive: a key and, after two slashes,
// why. A missing file accepts none.
func readAccepted(name string) (map[string]string, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	accepted := map[string]string{}
	for n, line := range strings.Split(string(data), "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndex(line, " // ")
		if at < 0 || strings.TrimSpace(line[at+4:]) == "" {
			return nil, fmt.Errorf("%s:%d: no reason given", name, n+1)
		}
		accepted[strings.TrimSpace(line[:at])] = strings.TrimSpace(line[at+4:])
	}
	return accepted, nil
}
