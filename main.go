// Glance-tui edits OpenStack images in the terminal.
package main

import (
	"os"

	"github.com/glance-tui/glance-tui/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
