// Package summary says at the end of a run what tests tried: how many cases, which
// seed.
package summary

import (
	"errors"
	"fmt"
	"os"
)

// Add prints a line. "go test" shows it with -v alone, so that it also goes to the
// end of the file that GLANCE_TUI_SUMMARY names, whose lines test/run.sh shows. The
// error is of that file.
func Add(format string, a ...any) error {
	line := fmt.Sprintf(format+"\n", a...)
	fmt.Print(line)
	path := os.Getenv("GLANCE_TUI_SUMMARY")
	if path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(line)
	return errors.Join(err, file.Close())
}
